import type { Schema } from '../../shared/json/schema';
import { TEXT, TEXT_OR_NULL } from '../../shared/json/schema';
import type { Columns } from '../../shared/read/columns';

/** Columns that hold texts. Propexo guarantees only `id` and `integration_id`; all others may be null. */
export const texts = (...names: string[]): Columns =>
	Object.fromEntries(
		names.map((name) => [name, name === 'id' || name === 'integration_id' ? TEXT : TEXT_OR_NULL]),
	);

/** Columns of other kinds, which may be null like all others. */
export const YES_NO: Schema = { type: ['boolean', 'null'] };
export const WORDS: Schema = { type: ['array', 'null'], items: TEXT };
