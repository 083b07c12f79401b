import fc from 'fast-check';

import { plainText, textOf } from '../../../../nodes/shared/json/text';

describe('The text of a value', () => {
	it.each([
		['Bob', 'Bob'],
		[0, '0'],
		[12345678901234567890n, '12345678901234567890'],
		[false, 'false'],
		['', ''],
	])('writes the plain value %p as it is', (value, text) => {
		expect(textOf(value)).toBe(text);
		expect(plainText(value)).toBe(text);
	});

	it.each([null, undefined, {}, [], { toString: 'no function' }, Object.create(null), Symbol('s')])(
		'has no text for anything else',
		(value: unknown) => {
			expect(textOf(value)).toBe('');
			expect(plainText(value)).toBeUndefined();
		},
	);

	it('never throws', () => {
		fc.assert(
			fc.property(
				fc.anything({ withNullPrototype: true }),
				(value) => typeof textOf(value) === 'string',
			),
		);
	});
});
