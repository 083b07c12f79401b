import fc from 'fast-check';

import { nth, plainText, textOf } from '../../../../nodes/shared/json/text';

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

describe('the place of an entry', () => {
	it('is told as a person says it', () => {
		expect([0, 1, 9, 10, 11, 12, 20, 21, 22, 110].map(nth)).toEqual([
			...['first', 'second', 'tenth', '11th', '12th', '13th', '21st', '22nd', '23rd', '111th'],
		]);
	});
});
