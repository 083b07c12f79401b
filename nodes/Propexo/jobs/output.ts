import type { IDataObject } from 'n8n-workflow';

import type { FieldsOwner } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/collections';
import { apiName, apiNames, topNames } from '../../shared/fields/names';
import type { ReadItem } from '../../shared/fields/item';
import type { Schema } from '../../shared/json/schema';
import { objectOf, TEXT } from '../../shared/json/schema';
import { WRITE_STATUS } from './status';

const TYPES: Partial<Record<Field['kind'], string>> = {
	boolean: 'boolean',
	dollars: 'integer',
	ids: 'array',
	number: 'number',
	wholeNumber: 'integer',
};

/** The columns of a field. One within a list, such as `events.0.notes`, is a part of a column. */
const columnsOf = (field: Field): Array<[string, Schema]> =>
	topNames(field).map((name) => {
		const isWhole = apiNames(field).includes(name);
		return [name, { type: [isWhole ? (TYPES[field.kind] ?? 'string') : 'array', 'null'] }];
	});

/** The fields that say whom or what a write is about, as columns. */
export const whoColumns = (write: FieldsOwner, about: string[]): Record<string, Schema> =>
	Object.fromEntries(named(write, about).map((field) => [apiName(field), TEXT]));

/** Whom or what an item is about, by the API's names. */
export const whoOf = (write: FieldsOwner, about: string[], { values }: ReadItem): IDataObject =>
	Object.fromEntries(named(write, about).map((field) => [apiName(field), values[field.name]]));

const named = (write: FieldsOwner, names: string[]): Field[] =>
	names.flatMap((name) => allFields(write).filter((field) => field.name === name));

/**
 * What a write gives out: its job, whom it is about, its result, and what was sent as Propexo repeats it (null where nothing
 * was, unless it is simplified).
 *
 * @param who its `whoColumns`
 * @param more columns that only some writes have
 */
export function outputOfJob(
	write: FieldsOwner,
	who: Record<string, Schema>,
	more: Record<string, Schema> = {},
): Schema {
	const { created_record_id, ...status } = WRITE_STATUS;
	const sent = allFields(write).filter(({ local }) => !local);
	const data = sent.flatMap(columnsOf);
	return objectOf({
		job_id: TEXT,
		created_record_id,
		...who,
		...more,
		...status,
		// Last, because it is long, and n8n shows only the first fields until the user scrolls.
		...(sent.length > 0 && { data: objectOf(Object.fromEntries(data)) }),
	});
}
