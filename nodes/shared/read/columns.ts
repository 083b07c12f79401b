import type { IDataObject } from 'n8n-workflow';

import type { Schema } from '../json/schema';
import { objectOf } from '../json/schema';

/** A column whose value is computed from the record. */
export interface MadeColumn {
	schema: Schema;
	of(row: IDataObject): unknown;
}

/** The columns that *Simplify* gives of a record, in this order: its own fields, and computed ones. */
export type Columns = Readonly<Record<string, Schema | MadeColumn>>;

const isMade = (column: Schema | MadeColumn): column is MadeColumn => 'of' in column;

/** A record in its columns. A missing value is null, so that all rows have the same columns. */
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
