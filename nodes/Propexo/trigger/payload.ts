import type { IDataObject } from 'n8n-workflow';

import { isObject, picked } from '../../shared/json/objects';

/** The field that shows which event it is, where the name of the event is left out. */
const TELLTALES: Array<[field: string, events: string[]]> = [
	['write_status', ['WRITE_OPERATION_FAILURE']],
	['diff', ['DATA_UPDATE']],
	['payload', ['DATA_NEW']],
	['is_sync_finished', ['SYNC_COMPLETE', 'FIRST_SYNC_COMPLETE']],
	['job_type', ['JOB_FAILURE']],
];

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function eventBy(data: Record<string, unknown>, chosen: string[]): string | undefined {
	const events = TELLTALES.find(([field]) => field in data)?.[1] ?? [];
	return events.find((event) => chosen.includes(event)) ?? events[0];
}

/**
 * A delivery in one shape. Propexo documents two: `{ trigger, data: { event, … } }` and `{ event, … }`. `DATA_UPDATE` may
 * come without its name, with integration and model in `meta`.
 *
 * `job_id` is the ID of the job that failed or read the record. A failed write has only `root_job_id`, which is the
 * `job_id` in the reply to the write.
 *
 * @param chosen the events that the node is set to; they decide between two events of the same form
 * @returns undefined for anything that is not an event of Propexo
 */
export function readPayload(body: Record<string, unknown>, chosen: string[]): IDataObject | undefined {
	const { event: named, trigger, ...data } = isObject(body.data) ? body.data : body;
	const event = text(named) ?? text(trigger) ?? text(body.trigger) ?? eventBy(data, chosen);
	if (event === undefined) return undefined;
	const meta = isObject(data.meta) ? data.meta : {};
	const facts = {
		integration_id: text(data.integration_id) ?? text(meta.integration_id),
		vendor: text(data.vendor),
		object: text(data.object) ?? text(meta.object),
		job_id: text(data.job_id) ?? text(data.root_job_id),
	};
	const known = picked(facts, (_, value) => value !== undefined);
	// `known` comes first for the order of the keys, and again at the end for their values.
	return { event, ...known, ...(data as IDataObject), ...known };
}
