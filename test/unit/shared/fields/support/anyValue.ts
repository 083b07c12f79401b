import fc from 'fast-check';

import type { Field } from '../../../../../nodes/shared/fields/field';
import { checkValue } from '../../../../../nodes/shared/fields/values';
import { partOfRuns } from '../../../../support/effort.ts';

export const zones = fc.constantFrom(
	'America/Chicago',
	'Europe/London',
	'Australia/Lord_Howe',
	'Asia/Kolkata',
	'UTC',
);

/** Texts that look like something: whole, cut and with things stuck to them. */
const lookalikes = fc
	.tuple(
		fc.constantFrom(
			'2026-03-08T02:30:00',
			'1259ef6e-61ee-42cb-b6bd-7fe547569d7c',
			'nathan.fletcher@example.com',
			'+1 (512) 555-0100',
			'https://example.com/calls/1.mp3',
			'{"key": "value"}',
			'America/Chicago',
			'23:59:59',
		),
		fc.nat(40),
		fc.string(),
	)
	.map(([text, cut, more]) => text.slice(0, cut) + more);

const raw = fc.oneof(
	fc.anything({
		withBigInt: true,
		withDate: true,
		withMap: true,
		withNullPrototype: true,
		withSparseArray: true,
	}),
	fc.string({ unit: 'binary' }),
	lookalikes,
	fc.date({ noInvalidDate: false }),
	fc.double(),
	fc.record({ __rl: fc.constant(true), mode: fc.string(), value: fc.anything() }),
);

export const settings = { ...partOfRuns(1_500), seed: 20_261_120 };

/** Tests what holds for any value in these fields. */
export function holdForAnyValue(fields: Field[]): void {
	const anyField = fc.constantFrom(...fields);

	describe('any value in any field', () => {
		it('is either taken, left out or refused, and nothing is thrown', () => {
			fc.assert(
				fc.property(anyField, raw, zones, (field, value, zone) => {
					const checked = checkValue(field, value, { zone });
					if ('wrong' in checked)
						expect(checked.wrong).toMatch(/^(must|has|holds|is|does|exists) /);
					else
						expect([undefined, 'string', 'number', 'boolean', 'object']).toContain(
							checked.value === undefined ? undefined : typeof checked.value,
						);
				}),
				settings,
			);
		});

		it('is not repeated by the complaint about it', () => {
			const marked = fc
				.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), lookalikes)
				.map(([before, after, like]) => `${like}${before}Zq7#Fletcher${after}`);
			const shapes = fc.oneof(
				marked,
				marked.map((text) => [text]),
				marked.map((text) => ({ name: text })),
				marked.map((text) => JSON.stringify([text])),
				marked.map((text) => ({ __rl: true, mode: 'id', value: text })),
			);
			fc.assert(
				fc.property(anyField, shapes, zones, (field, value, zone) => {
					const checked = checkValue(field, value, { zone });
					if ('wrong' in checked) expect(checked.wrong).not.toContain('Fletcher');
				}),
				settings,
			);
		});

		it('once taken, is taken again as it is', () => {
			fc.assert(
				fc.property(anyField, raw, zones, (field, value, zone) => {
					const checked = checkValue(field, value, { zone });
					if ('wrong' in checked || checked.value === undefined) return;
					expect(checkValue(field, checked.value, { zone })).toEqual(checked);
				}),
				settings,
			);
		});
	});
}
