import type { Session } from '../../demo/rest.ts';
import { until } from './until.ts';

/** A saved execution as the editor gets it. */
export interface Execution {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	retryOf?: string | null;
	retrySuccessId?: string | null;
}

/** The parts of a saved execution's data that are used here. */
export interface ExecutionData {
	resultData: {
		error?: { message?: string };
		runData: Record<string, Array<{ data?: object; error?: object; [field: string]: unknown }>>;
		[field: string]: unknown;
	};
	executionData?: { nodeExecutionStack?: Array<Record<string, unknown>>; [field: string]: unknown };
	[field: string]: unknown;
}

/**
 * All executions that were saved, newest first. n8n asks for those under way and for those that have ended at the same time,
 * so that one which is just ending comes twice: it counts once, as ended.
 */
export async function executionsOf(session: Session, workflowId?: string): Promise<Execution[]> {
	const all = new Map<string, Execution>();
	const filter = encodeURIComponent(JSON.stringify(workflowId ? { workflowId } : {}));
	let cursor: string | undefined;
	do {
		const path = `/executions?limit=100&filter=${filter}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
		const page = await session.get<{ results: Execution[]; nextCursor?: string | null }>(path);
		for (const execution of page.results) all.set(execution.id, execution);
		cursor = page.nextCursor ?? undefined;
	} while (cursor);
	return [...all.values()];
}

/** Waits until at least `count` executions of a workflow are saved and all of them have ended. */
export async function idle(session: Session, workflowId: string, count = 1): Promise<void> {
	await until(`${count} executions to end`, async () => {
		const executions = await executionsOf(session, workflowId);
		const isGoingOn = ({ status }: Execution) => ['new', 'running', 'waiting'].includes(status);
		return executions.length >= count && !executions.some(isGoingOn);
	});
}

/** What n8n saved of one execution: as text, and as an object. */
export async function savedDataOf(
	session: Session,
	id: string,
): Promise<{ text: string; data: ExecutionData }> {
	const { data } = await session.get<{ data: string }>(`/executions/${id}`);
	return { text: data, data: unflattened(data) as ExecutionData };
}

/** n8n saves a list of values. Inside a value, each text is the position of another value in the list. */
export function unflattened(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const made = new Map<number, unknown>();
	const at = (position: number): unknown => {
		if (made.has(position)) return made.get(position);
		const value = values[position];
		if (typeof value !== 'object' || value === null) return value;
		const target: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		made.set(position, target);
		for (const [key, inner] of Object.entries(value)) {
			Object.assign(target, { [key]: typeof inner === 'string' ? at(Number(inner)) : inner });
		}
		return target;
	};
	return at(0);
}
