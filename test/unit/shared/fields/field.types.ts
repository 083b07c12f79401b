import type { Field } from '../../../../nodes/shared/fields/field';

/*
 * What a kind would ignore does not compile. `npm run typecheck` holds it: each comment below expects an error in the
 * line after it, and is one itself where there is none.
 */

const said = { name: 'x', label: 'X', description: 'x' };
const options = [{ name: 'One', value: 'ONE' }];
const refine = (value: string) => ({ value });
const written = { as: 'a number', read: Number, schema: { type: 'integer' } };
const own = { control: () => ({ type: 'string', default: '' }) as const, read: () => ({}) };

/** Each kind with everything that it may say. */
export const right: Field[] = [
	{ ...said, kind: 'text', rows: 3, maxLength: 256, placeholder: 'x' },
	{ ...said, kind: 'text', maxLength: 256, searchMethod: 'search' },
	{ ...said, kind: 'record', record: 'an ID', written, searchMethod: 'search' },
	{ ...said, kind: 'number', max: 5 },
	{ ...said, kind: 'wholeNumber', min: 0, max: 5, default: 3 },
	{ ...said, kind: 'boolean', default: true },
	{ ...said, kind: 'choice', options, default: 'ONE' },
	{ ...said, kind: 'choices', options },
	{ ...said, kind: 'phone', refine, placeholder: 'x' },
	{ ...said, kind: 'timeOfDay', dayOf: 'y' },
	{ ...said, kind: 'own', own, placeholder: 'x' },
	{ ...said, kind: 'notice', local: true },
];

export const wrong: Field[] = [
	// @ts-expect-error a number is not refined
	{ ...said, kind: 'number', refine },
	// @ts-expect-error a number has no length
	{ ...said, kind: 'number', maxLength: 5 },
	// @ts-expect-error the default of a number is a number: left out, the field is empty
	{ ...said, kind: 'number', default: '' },
	// @ts-expect-error a field of its service's own kind has no length
	{ ...said, kind: 'own', own, maxLength: 256 },
	// @ts-expect-error it says how it is read
	{ ...said, kind: 'own' },
	// @ts-expect-error a text has no limits
	{ ...said, kind: 'text', max: 5 },
	// @ts-expect-error a text that is chosen from a list has one row
	{ ...said, kind: 'text', rows: 3, searchMethod: 'search' },
	// @ts-expect-error the editor would empty a list that depends on other fields
	{ ...said, kind: 'record', record: 'an ID', searchMethod: 'search', dependsOn: ['y'] },
	// @ts-expect-error messages say what a record is
	{ ...said, kind: 'record' },
	// @ts-expect-error a choice has options
	{ ...said, kind: 'choice' },
	// @ts-expect-error a switch has none
	{ ...said, kind: 'boolean', options },
	// @ts-expect-error a date has no length
	{ ...said, kind: 'dateTime', maxLength: 256 },
	// @ts-expect-error only a time of day belongs to a day
	{ ...said, kind: 'dateTime', dayOf: 'y' },
	// @ts-expect-error an address has no list
	{ ...said, kind: 'email', searchMethod: 'search' },
	// @ts-expect-error a notice is never sent
	{ ...said, kind: 'notice' },
];
