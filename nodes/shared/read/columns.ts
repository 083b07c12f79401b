import type { IDataObject } from 'n8n-workflow';

import type { Schema } from '../json/schema';
import { objectOf } from '../json/schema';

/** A column whose value is computed from the record. */
export interface MadeColumn {
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
export function schemaOf(columns: Columns): Schema {
	return objectOf(
		Object.fromEntries(
			Object.entries(columns).map(([name, column]) => [name, isMade(column) ? column.schema : column]),
		),
	);
}
