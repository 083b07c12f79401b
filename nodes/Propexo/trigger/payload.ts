import type { IDataObject } from 'n8n-workflow';

import { isObject, picked } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import type { Columns } from '../../shared/read/output';
import { inColumns } from '../../shared/read/output';
import { eventColumns } from '../events/read';
import type { RecordType } from '../records/record';
import { recordTypes } from '../records/recordTypes';
import { COLUMN_OF } from '../records/whose';
import { modelNamed } from './events';

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
 * A delivery in one shape. Propexo documents two: `{ trigger, data: { event, … }, meta }` and `{ event, …, meta }`. `DATA_UPDATE`
 * may come without its name, and with integration and model only in `meta`.
 *
 * `job_id` is the ID of the job that failed or read the record. A failed write has only `root_job_id`, which is the
 * `job_id` in the reply to the write.
 *
 * @param chosen the events that the node is set to; they decide between two events of the same form
 * @returns undefined for anything that is not an event of Propexo
 */
export function readPayload(body: Record<string, unknown>, chosen: string[]): IDataObject | undefined {
	const { data: inner, ...outer } = body;
	const { event: named, trigger, ...data } = isObject(inner) ? { ...outer, ...inner } : body;
	const event = text(named) ?? text(trigger) ?? text(body.trigger) ?? eventBy(data, chosen);
	if (event === undefined) return undefined;
	const meta = [data.meta, body.meta].find(isObject) ?? {};
	const object = text(data.object) ?? text(meta.object);
	const facts = {
		integration_id: text(data.integration_id) ?? text(meta.integration_id),
		vendor: text(data.vendor),
		object: object && modelNamed(object),
		job_id: text(data.job_id) ?? text(data.root_job_id),
	};
	const known = picked(facts, (_, value) => value !== undefined);
	// `known` comes first for the order of the keys, and again at the end for their values.
	return { event, ...known, ...(data as IDataObject), ...known };
}

/** Propexo's name of a type of records, as lists of models have it: "event_types". */
const modelOf = ({ path }: RecordType): string => modelNamed(path.split('/').at(-2) ?? '');

/** The columns of each type of records, by its model: the same as *Simplified* of the node gives. */
const COLUMNS = new Map<string, Columns>([
	...recordTypes.flatMap((type): Array<[string, Columns]> =>
		type.columns ? [[modelOf(type), type.columns]] : [],
	),
	['events', eventColumns],
]);

/** A record in those of the columns that it tells: what Propexo leaves out is not null. */
function toldIn(columns: Columns, record: IDataObject): IDataObject {
	const names = Object.keys(columns).filter((name) => record[COLUMN_OF[name] ?? name] !== undefined);
	return inColumns(columns, record, names);
}

/**
 * A delivery about one record, simplified; any other is given as it is.
 * - created: the record, in those of its columns in the node that Propexo tells; of a type that the node does not know, all its
 *   fields
 * - updated: its ID, its property, the names of the fields that changed, and these fields as they were and as they are
 *
 * Source of `payload`, `record_id`, `diff`, and of the property in `context`: Propexo's pages on the webhooks DATA_NEW and
 * DATA_UPDATE. Lists that the API puts into a record, such as whose an event is, are not in its payload (guide to the design).
 */
export function simplified(delivery: IDataObject): IDataObject {
	const { event, object, payload, diff, record_id: id, integration_id, context } = delivery;
	const known = { event, ...(object !== undefined && { object }) };
	const place = { integration_id, ...(isObject(context) && (context as IDataObject)) };
	if (event === 'DATA_NEW' && isObject(payload)) {
		const record = { id, ...place, ...(payload as IDataObject) };
		const columns = COLUMNS.get(textOf(object));
		// `known` comes first for the order of the keys, and again at the end for its values.
		return { ...known, ...(columns ? toldIn(columns, record) : record), ...known };
	}
	if (event === 'DATA_UPDATE' && isObject(diff)) {
		const [before, now] = [diff.previous, diff.new].map((side) =>
			isObject(side) ? (side as IDataObject) : {},
		);
		const changed = [...new Set([...Object.keys(before ?? {}), ...Object.keys(now ?? {})])];
		return { ...known, id, ...place, changed, previous: before, new: now };
	}
	return delivery;
}
