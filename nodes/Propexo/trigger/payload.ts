import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/json/objects';

/** By which field an event is known whose name was left out. */
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
 * What Propexo tells, in one shape whichever of its documented forms it came in: `{ trigger, data: { event, … } }` or
 * `{ event, … }`, where `DATA_UPDATE` may leave its name out and `meta` holds the integration and the model.
 *
 * `job_id` is the ID of the job that failed or read the record. A failed write is told by `root_job_id` alone, which
 * is the `job_id` that the write was answered with.
 *
 * @param chosen the events the node is set to: they decide between two events of the same form
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
	const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
	// Twice: the first for the order of the keys, the second for their values.
	return { event, ...known, ...(data as IDataObject), ...known };
}
