import type { ContestantId } from '../contestants/list.ts';
import type { Run, Task } from '../measure.ts';
import { range, ratio, seconds, whole } from '../numbers.ts';
import type { Case, Column, Row, Verdict } from './case.ts';
import { besideCeiling, creations, itemsOf, medianOf, rowOf, rowsOf } from './case.ts';

/** The limit of cases (a), (d) and (e): Propexo's 150, in windows of 2 s instead of a minute. */
const LIMIT = 150;
const WINDOW_MS = 2_000;

const LIMITED: Task['settings'] = { limit: LIMIT, windowMs: WINDOW_MS, resetHeader: true };

/** Propexo's real limit: a minute, and no header tells when it ends. */
const REAL: Task['settings'] = { limit: LIMIT, windowMs: 60_000, resetHeader: false };

/** The shortest time without a request over the limit, in ms: the first window needs none, each further one all of it. */
const idealMs = (task: Task): number =>
	(Math.ceil(itemsOf(task) / (task.settings.limit ?? LIMIT)) - 1) * (task.settings.windowMs ?? WINDOW_MS);

const tally =
	(figure: keyof Run['tally']): Column['cell'] =>
	(row) =>
		range(row.runs.map((run) => run.tally[figure]));

const timesIdeal = (row: Row): number => medianOf(row, ({ ms }) => ms) / idealMs(row.task);

/** What the user is told, in the worst round. */
function tells({ runs, task }: Row): string {
	const worst = runs.map(({ told }) => told).toSorted((left, right) => left.done - right.done)[0];
	if (!worst) return '';
	const executions = task.processes * task.executions;
	if (worst.stopped > 0 && executions === 1) return 'the run failed';
	const parts = [`${whole(worst.done)} done`];
	if (worst.failed > 0) parts.push(`${whole(worst.failed)} failed`);
	if (worst.stopped > 0) parts.push(`${whole(worst.stopped)} of ${whole(executions)} runs failed`);
	return parts.join(', ');
}

function moreThanOnce({ runs }: Row): string {
	const extra = Math.max(...runs.map((run) => run.tally.extra));
	const twice = range(runs.map((run) => run.tally.twice));
	return extra > 0 ? `${twice} (${whole(extra)} too many)` : twice;
}

const columns: Column[] = [
	{
		head: 'Time ÷ ideal',
		// The time of a run that left events out says nothing.
		cell: (row) =>
			row.runs.every(({ tally: { missing } }) => missing === 0) ? ratio(timesIdeal(row)) : '–',
	},
	{ head: 'Created', cell: tally('created') },
	{ head: 'More than once', cell: moreThanOnce },
	{ head: 'Not created', cell: tally('missing') },
	{ head: '429s', cell: tally('limited') },
	{ head: 'The user is told', cell: tells },
	{ head: 'Time', cell: (row) => seconds(medianOf(row, ({ ms }) => ms)) },
];

function verdicts(row: Row, most: number): Verdict[] {
	const all = itemsOf(row.task);
	const sum = (figure: (run: Run) => number) => range(row.runs.map(figure));
	const times = timesIdeal(row);
	return [
		{
			promise: `${whole(all)} created, none twice, none failed`,
			measured: `${sum((run) => run.tally.created)} created, ${sum((run) => run.tally.extra)} too many, ${sum((run) => all - run.told.done)} failed`,
			kept: row.runs.every(
				(run) => run.tally.created === all && run.tally.extra === 0 && run.told.done === all,
			),
		},
		{
			promise: `at most ${most} × the ideal ${seconds(idealMs(row.task))}`,
			measured: `${ratio(times)} ×`,
			kept: times <= most,
			why: 'the rest is CPU time: n8n starts the executions, all items are read before the first is sent, and the requests of the last window',
		},
	];
}

function limited(
	description: Pick<Case, 'letter' | 'title' | 'about' | 'notes'>,
	task: Omit<Task, 'settings'> & Partial<Pick<Task, 'settings'>>,
	most: number,
	rounds: Partial<Record<ContestantId, number>>,
): Case {
	const rows = rowsOf({ settings: LIMITED, ...task }, rounds);
	return {
		...description,
		rows,
		columns,
		came: creations,
		verdicts: () => [
			...verdicts(rowOf(rows, 'node'), most),
			...('host' in rounds
				? [
						besideCeiling(
							rows,
							'whenever n8n starts an execution, it works through all fields of the node, more than 200; the ceiling has five',
						),
					]
				: []),
		],
	};
}

export const bulk = limited(
	{
		letter: 'a',
		title: '600 items, 150 allowed in each 2 s',
		about: 'One execution with 600 items. That takes four windows, and the last can begin after 6 s.',
		notes: 'Batching tuned by hand does well here: for this one limit, while nothing else uses the token (case e), and when one execution has all the items (case d).',
	},
	{ processes: 1, executions: 1, items: 600 },
	1.05,
	{ node: 3, http: 1, httpContinue: 1, httpRetry: 1, httpBatches: 3, twin: 1, pool: 1 },
);

export const webhooks = limited(
	{
		letter: 'd',
		title: '500 executions of one item, started at once',
		about: 'What 500 webhooks at the same moment are: 500 executions in one n8n process, under the limit of case (a).',
		notes: 'Batching is not among them: an execution of one item has no batches.',
	},
	{ processes: 1, executions: 500, items: 1 },
	1.05,
	{ node: 5, host: 5, http: 1, httpRetry: 1, twin: 1 },
);

export const workers = limited(
	{
		letter: 'e',
		title: 'Two processes, one token, one limit',
		about: 'Two n8n processes (workers, say) with 300 items each, started at once. Neither knows of the other.',
	},
	{ processes: 2, executions: 1, items: 300 },
	1.15,
	{ node: 3, http: 1, httpRetry: 1, httpBatches: 1 },
);

export const realMinute = limited(
	{
		letter: 'g',
		title: "Propexo's real minute: 310 items, 150 allowed in each 60 s",
		about: 'One execution with 310 items, and no header that tells when the minute ends. The last of three windows can begin after two minutes.',
	},
	{ processes: 1, executions: 1, items: 310, settings: REAL },
	1.01,
	{ node: 1 },
);
