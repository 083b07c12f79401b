import type { Session } from '../../../demo/rest.ts';
import { unflattened, type ExecutionData } from '../../support/executions.ts';
import type { Postgres } from './servers.ts';
import { EVENT_OF_EXECUTION } from './trace.ts';
import { until } from '../../support/until.ts';

/** What one execution came to, by the data that n8n saved. */
export interface Ended {
	id: string;
	status: string;
	/** Of the event whose webhook started it, or that it is a retry of. */
	eventId: string;
	/**
	 * `created`, `skipped`, `refused`, `not sent`, `unknown`, or `broken off` where n8n says that the execution
	 * crashed or failed before the node had ended.
	 */
	outcome: string;
	/** The message of the error that it ended with. */
	error?: string;
}

const AT_ONCE = 200;

/** Waits until no execution of a workflow is waiting or running. */
export async function allEnded(postgres: Postgres, workflowId: string, seconds: number): Promise<void> {
	await until(
		`the executions of ${workflowId} to end`,
		async () => {
			const [left] = await postgres.query(
				`select count(*) from execution_entity where "workflowId" = '${workflowId}' and status in ('new', 'running', 'waiting', 'unknown')`,
			);
			return left === '0';
		},
		seconds,
		1_000,
	);
}

/** Reads what all executions of a workflow came to. `node` is the one that sends. */
export async function outcomesOf(postgres: Postgres, workflowId: string, node: string): Promise<Ended[]> {
	const ended: Ended[] = [];
	for (let last = 0; ;) {
		const rows = await postgres.query(
			`select json_build_object('id', e.id, 'status', e.status, 'eventId', ${EVENT_OF_EXECUTION}, 'data', d.data) from execution_entity e join execution_data d on d."executionId" = e.id where e."workflowId" = '${workflowId}' and e.id > ${last} order by e.id limit ${AT_ONCE}`,
		);
		for (const row of rows) ended.push(read(JSON.parse(row) as Row, node));
		if (rows.length < AT_ONCE) return ended;
		last = Number(ended.at(-1)?.id);
	}
}

interface Row {
	id: number;
	status: string;
	eventId: string | null;
	data: string;
}

function read({ id, status, eventId, data }: Row, node: string): Ended {
	const { resultData } = unflattened(data) as ExecutionData;
	const task = resultData.runData[node]?.at(-1);
	const [json] = jsonOf(task?.data);
	const error: { message?: string } | undefined = task?.error ?? resultData.error;
	const told = /"outcome":"(refused|not sent|unknown)"/.exec(JSON.stringify(task?.error ?? {}))?.[1];
	const outcome =
		json?.skipped === true ? 'skipped' : json?.job_id !== undefined ? 'created' : (told ?? 'broken off');
	return {
		id: String(id),
		status,
		eventId: eventId ?? '',
		outcome,
		...(error?.message !== undefined && { error: error.message }),
	};
}

function jsonOf(data: object | undefined): Array<Record<string, unknown>> {
	const { main = [] } = (data ?? {}) as { main?: Array<Array<{ json: Record<string, unknown> }> | null> };
	return main.flatMap((items) => items ?? []).map(({ json }) => json);
}

/**
 * Presses *Retry* for each execution, as somebody would in n8n's list; gives when all have begun.
 *
 * n8n answers when the retry has ended, and where it has overwritten the input, perhaps never: nobody waits for that.
 */
export async function retryAll(session: Session, postgres: Postgres, executions: Ended[]): Promise<void> {
	let next = 0;
	const presser = async () => {
		for (let index = next++; index < executions.length; index = next++) {
			const { id } = executions[index] ?? {};
			if (id === undefined) return;
			session.post(`/executions/${id}/retry`, { loadWorkflow: false }).catch(() => undefined);
			const begun = async () =>
				(await postgres.query(`select 1 from execution_entity where "retryOf" = '${id}'`)).length > 0;
			await until(`the retry of execution ${id} to begin`, begun);
		}
	};
	await Promise.all(Array.from({ length: 10 }, presser));
}

/** How many there are of each, e.g. "1,990 created, 8 skipped, 2 unknown". */
export function tally(values: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}
