import { allFields } from '../../shared/fields/collections';
import type { ChoicesField, Field } from '../../shared/fields/field';
import type { ReadItem } from '../../shared/fields/item';
import { apiName } from '../../shared/fields/names';
import type { Problem } from '../../shared/fields/problem';
import { missing } from '../rules/checkedWrite';
import { placeFields, source, sourceFields, stateFields, wishFields } from './fieldsOfInquiry';
import { ADDRESS, ifPlaceholders, nameAndContact, personFields } from './fieldsOfPerson';

/*
 * The fields of a lead that can be changed, and how some of them are emptied.
 */

const numbers = { ofUpdate: true };

/** What can be changed of a lead. */
export const CHANGES = {
	// It would overwrite a name.
	fields: [...ifPlaceholders(nameAndContact), source],
	collections: [personFields, placeFields, sourceFields([]), wishFields(numbers), stateFields(numbers)],
};

/** Offers the fields for which the API takes null. */
export const clearFields: ChoicesField = {
	name: 'clearFields',
	label: 'Clear Fields',
	kind: 'choices',
	options: allFields(CHANGES)
		.filter(({ nullable }) => nullable)
		.map(({ name, label }) => ({ name: label, value: name })),
	local: true,
	description:
		'What to empty in the PMS; a field left empty keeps what the PMS holds. Propexo can empty only these.',
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

/** The fields that an item empties. */
const fieldsIn = ({ values }: ReadItem): Field[] =>
	allFields(CHANGES).filter(({ name }) => [values[clearFields.name]].flat().includes(name));

/** Source: `address_type_id` of the schema, "This is required when updating the address". */
export function addressWithoutType({ values }: ReadItem): Problem[] {
	if (values.addressTypeId !== undefined || ADDRESS.every((name) => values[name] === undefined)) return [];
	return [
		/**
		 * @cause A part of the address is changed, and its type is missing.
		 * @cure Fill in _Address Type_.
		 */
		missing(CHANGES, 'addressTypeId', 'is empty, and Propexo requires it when an address is changed'),
	];
}
