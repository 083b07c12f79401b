import type { IDataObject } from 'n8n-workflow';

import type { FieldsOwner } from './collections';
import { allFields } from './collections';
import type { Field } from './field';

/*
 * The names of a field: the API's, under which it goes out, and its label, by which people know it.
 */

/** The API's name of a field: `callPhoneNumberFrom` → `call_phone_number_from`. */
export function apiName(field: Pick<Field, 'name' | 'api'>): string {
	return field.api ?? field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The API's names of all that a field sends: of a date-time in two parts both. */
export const apiNames = (field: Field): readonly string[] =>
	(field.kind === 'dateTime' ? field.parts : undefined) ?? [apiName(field)];

/** The names that a field stands under in the request: of `events.0.notes` it is `events`. */
export const topNames = (field: Field): string[] => apiNames(field).map((name) => name.split('.')[0] ?? '');

/** Puts the value of a field among those of an item, and into its request. A date-time in two parts waits for its clock. */
export function put(
	{ values, body }: { values: IDataObject; body: IDataObject },
	field: Field,
	value: IDataObject[string],
): void {
	values[field.insteadOf ?? field.name] = value;
	if (!field.local && !(field.kind === 'dateTime' && field.parts)) body[apiName(field)] = value;
}

/** How the editor names what the API names otherwise. */
export interface PanelWords {
	/** The label of a field; undefined for a name that is no field's. */
	labelOf(apiName: string): string | undefined;
	/** Words about a field, with the names of its choices for their values: "ABANDONED or ANSWER" → "Abandoned or Answered". */
	inPanelWords(apiName: string, words: string): string;
}

/** How the editor names the fields and choices of an operation. */
export function panelWordsOf(owner: FieldsOwner): PanelWords {
	const labels = new Map(
		allFields(owner).flatMap((field) => apiNames(field).map((name) => [name, field.label] as const)),
	);
	return {
		labelOf: (name) => labels.get(name),
		inPanelWords(name, words) {
			const field = allFields(owner).find((one) => apiName(one) === name);
			if (field?.kind !== 'choice' && field?.kind !== 'choices') return words;
			const names = new Map(field.options.map(({ name: shown, value }) => [value, shown]));
			return words.replace(/[\p{L}\d_]+/gu, (word) => names.get(word) ?? word);
		},
	};
}
