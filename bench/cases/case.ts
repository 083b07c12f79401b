import type { ContestantId } from '../contestants/list.ts';
import { CONTESTANTS } from '../contestants/list.ts';
import type { Run, Task } from '../measure.ts';
import { median, whole } from '../numbers.ts';

/** A row of a table: one contestant at one task. */
export interface Row {
	label: string;
	contestant: ContestantId;
	task: Task;
	/** How often it is measured. */
	rounds: number;
	/** Its runs, as they come in. */
	runs: Run[];
}

/** What was promised for this package's node, and whether it was kept. */
export interface Verdict {
	promise: string;
	measured: string;
	kept: boolean;
	/** Why it may not be kept, as profiles of the node show; shown only when it is not. */
	why?: string;
}

/** A column of a table: its head, and its text for a row. */
export interface Column {
	head: string;
	cell(row: Row): string;
}

export interface Case {
	letter: string;
	title: string;
	/** What is done, in Markdown. */
	about: string;
	rows: Row[];
	/** Ratios first. */
	columns: Column[];
	verdicts(): Verdict[];
	/** The result of a run, in a few words for the terminal. */
	came(run: Run): string;
	/** What the table does not show, in Markdown. */
	notes?: string;
}

/** Contestants at one task, each with the number of its rounds. */
export function rowsOf(task: Task, rounds: Partial<Record<ContestantId, number>>): Row[] {
	return Object.entries(rounds).map(([id, count]) => {
		const contestant = id as ContestantId;
		return { label: CONTESTANTS[contestant], contestant, task, rounds: count, runs: [] };
	});
}

/** The result of a run that creates events. */
export const creations = ({ tally: { created, extra, missing, limited } }: Run): string =>
	`${whole(created)} created, ${extra} too many, ${missing} missing, ${limited} × 429`;

export const itemsOf = ({ processes, executions, items }: Task): number => processes * executions * items;

/** The median of a figure over the rounds. */
export const medianOf = (row: Row, figure: (run: Run) => number): number => median(row.runs.map(figure));

/** @throws Error when the contestant is not in the case */
export function rowOf(rows: Row[], contestant: ContestantId): Row {
	const row = rows.find((one) => one.contestant === contestant);
	if (!row) throw new Error(`'${contestant}' is not in this case`);
	return row;
}

/** How much of the most that any node can do this node must reach. */
const OF_CEILING = 0.97;

/** This node's throughput beside the host's ceiling: the median over the rounds, since a machine is not as fast in each. */
export function besideCeiling(rows: Row[], why: string): Verdict {
	const ceiling = rowOf(rows, 'host').runs;
	const reached = median(
		rowOf(rows, 'node').runs.flatMap(({ ms }, round) => {
			const beside = ceiling[round];
			return beside ? [beside.ms / ms] : [];
		}),
	);
	return {
		promise: `at least ${OF_CEILING} of the host's ceiling`,
		measured: reached.toFixed(2),
		kept: reached >= OF_CEILING,
		why,
	};
}
