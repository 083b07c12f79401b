import type { Field } from '../../../../../nodes/shared/fields/field';
import { checkValue } from '../../../../../nodes/shared/fields/values';
import { declared } from '../support/declared.ts';
import type { Forms } from './forms';
import { dateFormatForms, dateTimeForms, timeOfDayForms, timeZoneForms, ZONE } from './forms';

const KINDS: Array<['dateTime' | 'timeOfDay' | 'timeZone' | 'dateFormat', Forms]> = [
	['dateTime', dateTimeForms],
	['timeOfDay', timeOfDayForms],
	['timeZone', timeZoneForms],
	['dateFormat', dateFormatForms],
];

describe.each(KINDS)('A field of kind %s', (kind, { taken, refused }) => {
	const field = { ...declared({ kind: 'dateTime' }), kind } as Field;
	const read = (value: unknown, format?: string) =>
		checkValue(field, value, {
			zone: ZONE,
			offersFormat: true,
			...(format !== undefined && { format }),
		});

	it.each(taken)('takes $form: $value', ({ value, format, readAs }) => {
		expect(read(value, format)).toEqual({ value: readAs });
	});

	it.each(refused)('refuses $form: $value', ({ value, format, says }) => {
		const { wrong } = read(value, format) as { wrong: string };
		for (const words of says) expect(wrong).toContain(words);
	});
});
