import type { IDataObject } from 'n8n-workflow';

import type { Choice, Field } from '../fields/field';
import type { Columns } from './columns';
import { inColumns } from './columns';

/*
 * *Output* of a read: what of each record is given. The names and values are those of n8n's own nodes.
 */

/** What a record can be given as. */
export interface RecordFields {
	/** What *Simplified* gives. */
	columns: Columns;
	/** The API's names of the record's other fields, which *Selected Fields* offers besides the columns. */
	others: readonly string[];
	/** A row of the service with what it leaves unsaid; *Raw* is without that. */
	asTold?(row: IDataObject): IDataObject;
}

/** "x_property_id" → "X Property ID" */
const shownName = (name: string): string =>
	name
		.split('_')
		.map((word) => (word === 'id' ? 'ID' : word.charAt(0).toUpperCase() + word.slice(1)))
		.join(' ');

/** Every field of the record, by name as people look for it. */
function offered({ columns, others }: RecordFields): Choice[] {
	const names = new Set([...Object.keys(columns), ...others]);
	return [...names]
		.map((value) => ({ name: shownName(value), value }))
		.sort((a, b) => a.name.localeCompare(b.name));
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
