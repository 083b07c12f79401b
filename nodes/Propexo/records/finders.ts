import {
	emailAlike,
	emailSpellings,
	idAlike,
	idSpellings,
	nameAlike,
	phoneAlike,
	unitAlike,
} from '../../shared/find/alike';
import { tenDigits } from '../../shared/fields/phone';
import type { RecordFinder } from './record';

const EMAIL = /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/;

/*
 * The finders of Propexo's records: what people hold, and the filter of the list. `noun` names the record in
 * descriptions.
 */

/** Source: the filter `email_1` of the lists of people. */
export const byEmail = (noun: string): RecordFinder => ({
	mode: 'email',
	is: 'the email address',
	field: {
		name: 'email1',
		api: 'email_1',
		label: 'Email',
		kind: 'email',
		placeholder: 'e.g. nathan@example.com',
		description: `The ${noun}'s primary address, as the PMS holds it`,
	},
	alike: emailAlike,
	of: ({ email_1 }) => [email_1],
	query: (email_1) => ({ email_1 }),
	spellings: emailSpellings,
	typed: (text) => (EMAIL.test(text) ? text : undefined),
});

/** Of leads alone, also by the second address. Source: the filter `email_2`, which no other list has. */
export function byEitherEmail(noun: string): RecordFinder {
	const first = byEmail(noun);
	const second: RecordFinder = {
		...first,
		mode: 'email2',
		of: ({ email_2 }) => [email_2],
		query: (email_2) => ({ email_2 }),
		spellings: undefined,
	};
	return { ...first, second };
}

/** Source: the filter `phone_1` of the list of leads, "10 digit format only", `^[2-9]\d{9}$`. */
export const byPhone = (noun: string): RecordFinder => ({
	mode: 'phone',
	is: 'the phone number',
	field: {
		name: 'phone1',
		api: 'phone_1',
		label: 'Phone Number',
		kind: 'phone',
		placeholder: 'e.g. (512) 555-0100',
		refine: (written) => {
			const digits = tenDigits(written);
			return digits === undefined
				? {
						/**
						 * @cause Propexo finds people only by numbers of ten digits, or there are several numbers.
						 * @cure Give one number with its area code. For one of another country, find the person by
						 * email address.
						 */
						wrong: 'must be a number in the USA or Canada with its area code, such as (512) 555-0100',
					}
				: { value: digits };
		},
		description: `The ${noun}'s primary number, in any common form`,
	},
	alike: phoneAlike,
	of: ({ phone_1 }) => [phone_1],
	query: (phone_1) => ({ phone_1 }),
	typed: tenDigits,
});

/** It has no `typed`: any text may be an ID of a PMS, so a typed text is not taken for one. */
export const byPmsId = (noun: string, example: string): RecordFinder => ({
	mode: 'pmsId',
	is: 'the PMS ID',
	field: {
		name: 'xId',
		api: 'x_id',
		label: 'PMS ID',
		kind: 'text',
		isId: true,
		placeholder: `e.g. ${example}`,
		description: `The ID of the ${noun} in the PMS. Add an integration too, and a property if each has its own numbers.`,
	},
	alike: idAlike,
	of: ({ x_id }) => [x_id],
	query: (x_id) => ({ x_id }),
	spellings: idSpellings,
	// Source: Propexo's guide on filtering.
	needs: 'Integration',
	lacks: ({ integration_id }) =>
		integration_id === undefined
			? /**
				 * @cause IDs of two PMSs may be the same, so the ID alone does not say who is meant.
				 * @cure Choose the integration too.
				 */
				"is an ID of the PMS, and needs an 'Integration' beside it"
			: undefined,
});

/** It has no `query`: no list has a filter by name. */
export const byName = (noun: string, example: string): RecordFinder => ({
	mode: 'name',
	is: 'the name',
	field: {
		name: 'name',
		label: 'Name',
		kind: 'text',
		placeholder: `e.g. ${example}`,
		description: `The whole name of the ${noun}; letter case and accents do not matter`,
	},
	alike: nameAlike,
	of: ({ name }) => [name],
});

/** For employees. It has no `query`: their list has no filter by it. */
export const byWorkEmail: RecordFinder = {
	mode: 'email',
	is: 'the email address',
	field: {
		name: 'email',
		label: 'Email',
		kind: 'email',
		placeholder: 'e.g. jordan@example.com',
		description: "The employee's address, as the PMS holds it",
	},
	alike: emailAlike,
	of: ({ email }) => [email],
};

/** Source: the filter `unit_number`, which needs `property_id`. */
export const byUnitNumber: RecordFinder = {
	mode: 'number',
	is: 'the number',
	field: {
		name: 'number',
		api: 'unit_number',
		label: 'Unit Number',
		kind: 'text',
		isId: true,
		placeholder: 'e.g. 204',
		description: 'The number of the unit, as the PMS holds it',
	},
	alike: unitAlike,
	of: ({ number }) => [number],
	needs: 'Property',
	query: (unit_number, { property_id }) => (property_id === undefined ? undefined : { unit_number }),
	spellings: 'any',
};
