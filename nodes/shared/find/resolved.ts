import type { IDataObject } from 'n8n-workflow';

import type { FieldsOwner } from '../fields/collections';
import { allFields } from '../fields/collections';
import { apiName } from '../fields/names';
import type { ReadItem } from '../fields/item';
import type { Schema } from '../json/schema';
import { TEXT } from '../json/schema';
import { findableOf } from './findable';

/** The output column of a write that shows which records were found. */
const RESOLVED = 'resolved';

/** The IDs that were found, and the modes they were found by: `{ lead_id, unit_id, found_by: "email, number" }`. */
export function resolvedOf({ found }: ReadItem): IDataObject | undefined {
	const entries = Object.entries(found);
	if (entries.length === 0) return undefined;
	const ids = Object.fromEntries(entries.map(([name, { id }]) => [name, id]));
	return { ...ids, found_by: [...new Set(entries.map(([, { by }]) => by))].join(', ') };
}

/** Adds that column after the first one, which shows what was created; the last one is long. */
const added = <T>(columns: Record<string, T>, resolved: T): Record<string, T> => {
	const [first, ...others] = Object.entries(columns);
	return Object.fromEntries([...(first ? [first] : []), [RESOLVED, resolved], ...others]);
};

/** Adds to the output rows of a write the IDs that were found rather than given. */
export function withResolved(read: ReadItem): (rows: IDataObject[]) => IDataObject[] {
	const resolved = resolvedOf(read);
	return (rows) => (resolved ? rows.map((row) => added(row, resolved)) : rows);
}

/** The schema of an output row with that column. */
export function schemaWithResolved(owner: FieldsOwner, schema: Schema): Schema {
	const fields = allFields(owner).filter((field) => findableOf(field) !== undefined);
	if (fields.length === 0) return schema;
	const ids = fields.map((field) => [
		apiName(field),
		(field.kind === 'record' && field.written?.schema) || TEXT,
	]);
	const properties = { ...(Object.fromEntries(ids) as Record<string, Schema>), found_by: TEXT };
	return {
		...schema,
		properties: added(schema.properties ?? {}, { type: 'object', properties }),
	};
}
