import type { IDataObject } from 'n8n-workflow';

import { choicesOf } from '../fields/choices';
import type { Choice, Field } from '../fields/field';
import type { Schema } from '../json/schema';
import { objectOf } from '../json/schema';

/*
 * *Output* of a read: what of each record is given. The names and values are those of n8n's own nodes.
 */

/** A column whose value is computed from the record. */
interface MadeColumn {
	schema: Schema;
	of(row: IDataObject): unknown;
}

/** The columns of a simplified record, in this order: its own fields, and computed ones. */
export type Columns = Readonly<Record<string, Schema | MadeColumn>>;

const isMade = (column: Schema | MadeColumn): column is MadeColumn => 'of' in column;

/**
 * A record in its columns. A missing value is null, so that all rows have the same columns.
 *
 * @param names which of them, and other fields of the record
 */
export function inColumns(columns: Columns, row: IDataObject, names = Object.keys(columns)): IDataObject {
	const entries = names.map((name) => {
		const column = columns[name];
		return [name, (column && isMade(column) ? column.of(row) : row[name]) ?? null];
	});
	return Object.fromEntries(entries) as IDataObject;
}

/** The schema of such a row. */
export const schemaOf = (columns: Columns): Schema =>
	objectOf(
		Object.fromEntries(
			Object.entries(columns).map(([name, column]) => [name, isMade(column) ? column.schema : column]),
		),
	);

/** What a record can be given as. */
export interface RecordFields {
	/** What *Simplified* gives. */
	columns: Columns;
	/** The API's names of the record's other fields, which *Selected Fields* offers besides the columns. */
	others: readonly string[];
	/** A row of the service with what it leaves unsaid; *Raw* is without that. */
	asTold?(row: IDataObject): IDataObject;
}

/** Every field of the record, by name as people look for it. */
function offered({ columns, others }: RecordFields): Choice[] {
	const names = new Set([...Object.keys(columns), ...others]);
	return choicesOf(...names).sort((a, b) => a.name.localeCompare(b.name));
}

/** *Output* and *Fields*: on every read whose records have columns (`operation.ts`). */
export const outputFields = (record: RecordFields): Field[] => [
	{
		name: 'output',
		label: 'Output',
		kind: 'choice',
		default: 'simple',
		options: [
			{
				name: 'Simplified',
				value: 'simple',
				description: 'The fields that people and AI agents need most',
			},
			{ name: 'Raw', value: 'raw', description: 'The record exactly as the API gives it' },
			{ name: 'Selected Fields', value: 'fields', description: 'Only the fields that you choose' },
		],
		description: 'What to return for each record',
		local: true,
	},
	{
		name: 'fields',
		label: 'Fields',
		kind: 'choices',
		options: offered(record),
		shownFor: { output: ['fields'] },
		required: true,
		description: 'The fields to return for each record. A field that a record lacks is null.',
		local: true,
	},
];

/** The rows as the *Output* of their item asks for them. */
export function asWanted(
	{ columns, asTold = (row) => row }: RecordFields,
	{ output, fields }: IDataObject,
	rows: IDataObject[],
): IDataObject[] {
	if (output === 'raw') return rows;
	const names = output === 'fields' ? (fields as string[]) : undefined;
	return rows.map((row) => inColumns(columns, asTold(row), names));
}
