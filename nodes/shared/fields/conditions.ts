import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../json/text';
import type { Condition, Field } from './field';

/*
 * What a field is for an item depends on the values of the fields before it.
 */

function holds(condition: Condition, values: IDataObject): boolean {
	return Object.entries(condition).every(([name, wanted]) => wanted.includes(textOf(values[name])));
}

/** A field with the limit that it has for an item with these values. */
export const limited = (field: Field, values: IDataObject): Field =>
	field.kind === 'text' && field.limitedFor && !holds(field.limitedFor, values)
		? { ...field, maxLength: undefined }
		: field;

/** Whether a field belongs to an item with these values. */
export const isShown = ({ shownFor }: Field, values: IDataObject): boolean =>
	shownFor === undefined || holds(shownFor, values);

/** Whether a field that belongs to an item with these values must be filled in. */
export const isRequired = ({ required }: Field, values: IDataObject): boolean =>
	required === true || (required !== undefined && holds(required, values));
