import type { FieldKind } from '../../../../nodes/shared/fields/field';
import { booleanIn } from '../../../../nodes/shared/fields/damage';
import { check } from './support/check.ts';

const KINDS: FieldKind[] = [
	...(['text', 'record', 'ids', 'email', 'phone', 'url'] as const),
	...(['number', 'wholeNumber', 'dollars'] as const),
	...(['date', 'dateTime', 'timeOfDay', 'timeZone', 'dateFormat'] as const),
];

describe('false, which some systems give for an empty field', () => {
	it.each(KINDS)('is no value of kind %s, nor is true', (kind) => {
		for (const raw of [false, true])
			expect(check(kind, raw)).toEqual({
				wrong: expect.stringMatching(
					raw
						? /^is true instead of a value\. If yes or no is meant, put it into words$/
						: /^is false instead of a value\. Some systems give false for an empty field\. Leave such a value out/,
				),
			});
	});

	it('is no entry of a list of IDs', () => {
		expect(check('ids', [false])).toEqual({ wrong: expect.stringContaining('holds false') });
	});

	it.each([
		['a record', 'record', {}],
		['a phone number', 'phone', {}],
		['an ID of another system', 'text', { isId: true }],
		['a list of IDs', 'ids', {}],
	] as const)('is no %s as a text either', (_what, kind, more) => {
		for (const raw of ['false', 'False', ' TRUE '])
			expect(check(kind, raw, more)).toEqual({ wrong: expect.stringContaining('instead of a value') });
	});

	it('may be a word of a text, and is a value of a switch', () => {
		expect(check('text', 'false positive')).toEqual({ value: 'false positive' });
		expect(check('text', 'falsehood', { isId: true })).toEqual({ value: 'falsehood' });
		expect(check('boolean', false)).toEqual({ value: false });
	});

	it('is no part of an ID, an address or a number; the word is', () => {
		const pieces = (value: unknown) => () => [{ code: '$json.id', value, shows: String(value) }];
		expect(booleanIn('call-false', pieces(false))).toContain('holds false in place of {{ $json.id }}');
		expect(booleanIn('call-true', pieces('true'))).toBeUndefined();
		for (const [kind, text, more] of [
			['text', 'call-false', { isId: true }],
			['record', 'lead_false', {}],
			['phone', '+1false', {}],
			['email', 'false@example.com', {}],
		] as const)
			expect(check(kind, text, more, pieces(false))).toEqual({
				wrong: expect.stringContaining('holds false in place of {{ $json.id }}'),
			});
	});
});
