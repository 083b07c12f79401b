import type { ChoicesField, Field } from '../../../shared/fields/field';
import { allFields } from '../../../shared/fields/collections';
import { apiName } from '../../../shared/fields/names';
import type { ReadItem } from '../../../shared/fields/item';
import type { Problem } from '../../../shared/fields/problem';
import { placeFields, source, sourceFields } from './where';
import { ifPlaceholders, nameAndContact, personFields } from './who';
import { stateFields, wishFields } from './wishes';

/*
 * What can be changed of a lead, and *Clear Fields*: an empty value never overwrites what the PMS holds; a field on this list is
 * emptied there.
 */

const numbers = { ofUpdate: true };

/** What can be changed of a lead. */
export const CHANGES = {
	// It would overwrite a name.
	fields: [...ifPlaceholders(nameAndContact), source],
	collections: [personFields, placeFields, sourceFields([]), wishFields(numbers), stateFields(numbers)],
};

const NAME = 'clearFields';

/** The names of the fields to empty. */
const cleared = ({ values }: ReadItem): string[] =>
	Array.isArray(values[NAME]) ? (values[NAME] as string[]) : [];

/** Offers the fields for which the API takes null. */
export const clearFields: ChoicesField = {
	name: NAME,
	label: 'Clear Fields',
	kind: 'choices',
	options: allFields(CHANGES)
		.filter(({ nullable }) => nullable)
		.map(({ name, label }) => ({ name: label, value: name })),
	local: true,
	description:
		'What to empty in the PMS. A field that is only left empty keeps what the PMS holds. Of all fields of a lead, Propexo can empty only these.',
};

/** The problems of fields that are to be emptied and filled in at once. */
export const clearedAndFilled = (item: ReadItem): Problem[] =>
	fieldsIn(item)
		.filter(({ name }) => item.values[name] !== undefined)
		.map(({ label }) => ({
			label,
			/**
			 * @cause The same field is filled in and listed in _Clear Fields_.
			 * @cure Choose one of the two.
			 */
			wrong: "is filled in, and listed in 'Clear Fields' too. Choose one",
		}));

/** The nulls that empty fields. */
export const nulls = (item: ReadItem): ReadItem['body'] =>
	Object.fromEntries(fieldsIn(item).map((field) => [apiName(field), null]));

const fieldsIn = (item: ReadItem): Field[] =>
	allFields(CHANGES).filter(({ name }) => cleared(item).includes(name));
