import { checkValue } from '../../../../../nodes/shared/fields/values';
import type { KindRow } from './kinds.ts';

/** Tests that fields take and refuse what a table of kinds says. */
export function holdTo(kinds: Record<string, KindRow>): void {
	describe.each(Object.entries(kinds))('A field of kind %s', (_kind, { field, taken, refused }) => {
		const check = (value: unknown) => checkValue(field, value, { zone: 'America/Chicago' });

		it.each(taken.map(({ given, sent }) => [given.shown ?? given.value, given.value, sent]))(
			'takes %p',
			(_shown, value, sent) => expect(check(value)).toMatchObject({ value: sent }),
		);

		if (refused.length > 0) {
			it.each(refused.map(({ given, message }) => [given.shown ?? given.value, given.value, message]))(
				'refuses %p',
				(_shown, value, message) =>
					expect(check(value)).toEqual({ wrong: expect.stringContaining(message) }),
			);
		}

		it('takes nothing for nothing: it is left out, or refused as a filter', () => {
			for (const value of [undefined, null, '', ' \n', '\u0000', '\ufeff\u200b'])
				expect(check(value)).toEqual({});
		});
	});
}
