import type { IDataObject } from 'n8n-workflow';

import type { Schema } from '../json/schema';
import { objectOf } from '../json/schema';

/** A column that is made from a record. */
export interface MadeColumn {
	schema: Schema;
	of(row: IDataObject): unknown;
}

/** What *Simplify* gives of a record, by name and in this order: its own fields, and what is made from it. */
export type Columns = Readonly<Record<string, Schema | MadeColumn>>;

const isMade = (column: Schema | MadeColumn): column is MadeColumn => 'of' in column;

/** A record in its columns; null where it has none, so that all rows are alike. */
export function inColumns(columns: Columns, row: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(columns).map(([name, column]) => [
			name,
			(isMade(column) ? column.of(row) : row[name]) ?? null,
		]),
	) as IDataObject;
}

/** The schema of such a row. */
export function schemaOf(columns: Columns): Schema {
	return objectOf(
		Object.fromEntries(
			Object.entries(columns).map(([name, column]) => [name, isMade(column) ? column.schema : column]),
		),
	);
}
