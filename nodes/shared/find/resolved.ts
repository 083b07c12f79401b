import type { IDataObject } from 'n8n-workflow';

import type { FieldsOwner } from '../fields/field';
import { allFields, apiName } from '../fields/field';
import type { ReadItem } from '../fields/item';
import type { Schema } from '../json/schema';
import { TEXT } from '../json/schema';
import { findableOf } from './findable';

/** Where the output of a write tells what was found. */
const RESOLVED = 'resolved';

/** The IDs that were found, and the modes by which: `{ lead_id, unit_id, found_by: "email, number" }`. */
function resolvedOf({ found }: ReadItem): IDataObject | undefined {
	const entries = Object.entries(found);
	if (entries.length === 0) return undefined;
	const ids = Object.fromEntries(entries.map(([name, { id }]) => [name, id]));
	return { ...ids, found_by: [...new Set(entries.map(([, { by }]) => by))].join(', ') };
}

/** Puts something behind the first of some entries: what comes first tells what was made, and what comes last is long. */
const second = <T>(entries: Record<string, T>, name: string, value: T): Record<string, T> => {
	const [first, ...others] = Object.entries(entries);
	return Object.fromEntries([...(first ? [first] : []), [name, value], ...others]);
};

/** Tells in the output rows of a write for whom they are, where that was found rather than given. */
export function tellResolved(read: ReadItem): (rows: IDataObject[]) => IDataObject[] {
	const resolved = resolvedOf(read);
	return (rows) => (resolved ? rows.map((row) => second(row, RESOLVED, resolved)) : rows);
}

/** The schema of such a row. */
export function schemaWithResolved(owner: FieldsOwner, schema: Schema): Schema {
	const fields = allFields(owner).filter((field) => findableOf(field) !== undefined);
	if (fields.length === 0) return schema;
	const ids = fields.map((field) => [
		apiName(field),
		{ type: field.kind === 'record' && field.numeric ? 'integer' : 'string' },
	]);
	const properties = { ...(Object.fromEntries(ids) as Record<string, Schema>), found_by: TEXT };
	return {
		...schema,
		properties: second(schema.properties ?? {}, RESOLVED, { type: 'object', properties }),
	};
}
