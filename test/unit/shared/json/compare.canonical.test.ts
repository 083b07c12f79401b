import * as fc from 'fast-check';

import { canonical } from '../../../../nodes/shared/json/compare';

describe('canonical JSON', () => {
	it('is the same for the same content in any order', () => {
		expect(canonical({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
			'{"a":true,"b":[1,{"c":"x","d":null}]}',
		);
	});

	it('differs wherever the content differs', () => {
		const texts = [
			{},
			[],
			null,
			'',
			0,
			'0',
			false,
			'null',
			{ a: 1 },
			[1],
			['a', 1],
			{ a: [1] },
			[[1]],
			[1, 1],
		];
		expect(new Set(texts.map(canonical)).size).toBe(texts.length);
	});

	it('can be read back as what it was made of', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				// JSON itself knows no -0.
				const content = JSON.parse(JSON.stringify(value)) as unknown;
				expect(JSON.parse(canonical(content))).toEqual(content);
			}),
		);
	});
});
