import fc from 'fast-check';

import type { Field } from '../../../../nodes/shared/fields/field';
import { checkValue } from '../../../../nodes/shared/fields/values';
import { holdForAnyValue, settings, zones } from './support/anyValue.ts';
import { declared } from './support/declared.ts';

const options = [
	{ name: 'One', value: 'ONE' },
	{ name: 'Two', value: 'TWO' },
];

/** One field of every kind, with every limit that a field can have. */
const fields: Field[] = [
	declared({ kind: 'text', maxLength: 40 }),
	declared({ kind: 'record', record: "a lead's ID" }),
	declared({ kind: 'dateTime' }),
	declared({ kind: 'timeOfDay' }),
	declared({ kind: 'wholeNumber', min: 0, max: 86_400 }),
	declared({ kind: 'number', min: 0 }),
	declared({ kind: 'boolean' }),
	declared({ kind: 'choice', options }),
	declared({ kind: 'choices', options }),
	declared({ kind: 'url' }),
	declared({ kind: 'email' }),
	declared({ kind: 'phone' }),
	declared({ kind: 'timeZone' }),
];

holdForAnyValue(fields);

describe('a date and time that is taken', () => {
	it('is the moment that the clocks of the zone show', () => {
		const field = fields.find(({ kind }) => kind === 'dateTime') as Field;
		const minute = fc.date({
			min: new Date('2020-01-01'),
			max: new Date('2035-01-01'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(minute, zones, (date, zone) => {
				const wall = date.toISOString().slice(0, 16);
				const checked = checkValue(field, wall, { zone });
				if ('wrong' in checked) return;
				const shown = new Intl.DateTimeFormat('sv-SE', {
					timeZone: zone,
					dateStyle: 'short',
					timeStyle: 'short',
				}).format(new Date(String(checked.value)));
				expect(shown.replace(' ', 'T')).toBe(wall);
			}),
			settings,
		);
	});
});
