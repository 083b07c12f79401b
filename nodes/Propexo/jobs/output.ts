import type { Field, FieldsOwner } from '../../shared/fields/field';
import { allFields, apiNames, topNames } from '../../shared/fields/field';
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

/** What a write gives out: its job, what was sent as Propexo repeats it (null where nothing was), and its result. */
export function outputOfJob(write: FieldsOwner): Schema {
	const sent = allFields(write).filter(({ local }) => !local);
	const data = sent.flatMap(columnsOf);
	return objectOf({
		job_id: TEXT,
		...WRITE_STATUS,
		// Last, because it is long, and n8n shows only the first fields until the user scrolls.
		...(sent.length > 0 && { data: objectOf(Object.fromEntries(data)) }),
	});
}
