import type { Field, FieldsOwner } from '../../shared/fields/field';
import { allFields, apiName, topName } from '../../shared/fields/field';
import type { Schema } from '../../shared/json/schema';
import { objectOf, TEXT } from '../../shared/json/schema';
import { WRITE_STATUS } from './status';

const TYPES: Partial<Record<Field['kind'], string>> = {
	boolean: 'boolean',
	ids: 'array',
	number: 'number',
	wholeNumber: 'integer',
};

const typeOf = (field: Field): string =>
	topName(field) === apiName(field) ? (TYPES[field.kind] ?? 'string') : 'array';

/** What a write gives out: its job, what was sent as Propexo repeats it (null where nothing was), and its result. */
export function outputOfJob(write: FieldsOwner): Schema {
	const sent = allFields(write).filter(({ local }) => !local);
	const data = sent.map((field) => [topName(field), { type: [typeOf(field), 'null'] }]);
	return objectOf({
		job_id: TEXT,
		...WRITE_STATUS,
		// Last, because it is long, and n8n shows only the first fields until the user scrolls.
		...(sent.length > 0 && { data: objectOf(Object.fromEntries(data) as Record<string, Schema>) }),
	});
}
