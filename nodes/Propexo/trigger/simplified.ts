import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import type { Columns } from '../../shared/read/output';
import { inColumns } from '../../shared/read/output';
import { eventColumns } from '../events/read';
import type { RecordType } from '../records/record';
import { recordTypes } from '../records/recordTypes';

/** Propexo's name of a type of records, as deliveries and lists of models have it: "event_types". */
const modelOf = ({ path }: RecordType): string => path.split('/').at(-2)?.replaceAll('-', '_') ?? '';

/** The columns of each type of records, by its model: the same as *Simplified* of the node gives. */
const COLUMNS = new Map<string, Columns>([
	...recordTypes.flatMap((type): Array<[string, Columns]> =>
		type.columns ? [[modelOf(type), type.columns]] : [],
	),
	['events', eventColumns],
]);

/**
 * A delivery about one record, simplified; any other is given as it is.
 * - created: the record, in the columns that it has in the node; of a type that the node does not know, all its fields
 * - updated: its ID, the names of the fields that changed, and these fields as they were and as they are
 *
 * Source of `payload`, `record_id` and `diff`: Propexo's pages on the webhooks DATA_NEW and DATA_UPDATE.
 */
export function simplified(delivery: IDataObject): IDataObject {
	const { event, object, payload, diff, record_id: id, integration_id } = delivery;
	const known = { event, ...(object !== undefined && { object }) };
	if (event === 'DATA_NEW' && isObject(payload)) {
		const record = { id, integration_id, ...(payload as IDataObject) };
		const columns = COLUMNS.get(textOf(object));
		// `known` comes first for the order of the keys, and again at the end for its values.
		return { ...known, ...(columns ? inColumns(columns, record) : record), ...known };
	}
	if (event === 'DATA_UPDATE' && isObject(diff)) {
		const [before, now] = [diff.previous, diff.new].map((side) =>
			isObject(side) ? (side as IDataObject) : {},
		);
		const changed = [...new Set([...Object.keys(before ?? {}), ...Object.keys(now ?? {})])];
		return { ...known, id, integration_id, changed, previous: before, new: now };
	}
	return delivery;
}
