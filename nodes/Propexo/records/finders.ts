import type { Finder } from './record';
import { tenDigits } from './phone';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/*
 * What people hold of a person or a thing, and how Propexo's lists find it. `noun` names the record in descriptions.
 */

export const byEmail = (noun: string): Finder => ({
	filter: {
		name: 'email1',
		api: 'email_1',
		label: 'Email',
		kind: 'email',
		placeholder: 'e.g. nathan@example.com',
		description: `The ${noun}'s primary address, as the PMS holds it`,
	},
	read: (typed) => (EMAIL.test(typed) ? typed : undefined),
});

/** Source: the filter `phone_1`, "10 digit format only". */
export const byPhone = (noun: string): Finder => ({
	filter: {
		name: 'phone1',
		api: 'phone_1',
		label: 'Phone Number',
		kind: 'phone',
		placeholder: 'e.g. (512) 555-0100',
		refine: (written) => {
			const digits = tenDigits(written);
			return digits === undefined
				? {
						wrong: 'must be a number in the USA or Canada with its area code, such as (512) 555-0100',
					}
				: { value: digits };
		},
		description: `The ${noun}'s primary number, in any common form`,
	},
	read: tenDigits,
});

/** Any text may be an ID of a PMS, so nothing that is typed is taken for one. */
export const byPmsId = (noun: string, example: string): Finder => ({
	filter: {
		name: 'xId',
		api: 'x_id',
		label: 'PMS ID',
		kind: 'text',
		isId: true,
		placeholder: `e.g. ${example}`,
		description: `The ID of the ${noun} in the PMS. It needs an integration too.`,
	},
	read: () => undefined,
});
