import { anyJson, json, jsonList } from '../../../../nodes/RentEngine/kinds/json';
import { editorProperties } from '../../../../nodes/shared/fields/editor';
import { checkOwn, ownField } from './fields.ts';

const check = (raw: unknown) => checkOwn(json, raw);
const wrong = { wrong: expect.any(String) };

describe('JSON', () => {
	it('is an object, or a text of one', () => {
		expect(check('{"a": [1]}')).toEqual({ value: { a: [1] } });
		expect(check({ a: null })).toEqual({ value: { a: null } });
		// As files begin that Windows wrote.
		expect(check('\ufeff{"a": 1}')).toEqual({ value: { a: 1 } });
	});

	it('is nothing when it is empty', () => {
		for (const raw of [{}, '{}']) expect(check(raw)).toEqual({});
	});

	it('may hold true and false', () => {
		expect(check({ answered: false })).toEqual({ value: { answered: false } });
	});

	it('has a box of its own in the editor', () => {
		for (const own of [json, jsonList, anyJson])
			expect(editorProperties(ownField(own), {}, [])[0]).toMatchObject({
				type: 'json',
			});
	});

	it.each(['{a: 1}', '[1]', 'null', '"a"', '12', [1], 12, true])('is not %p', (raw) => {
		expect(check(raw)).toEqual(wrong);
	});

	it.each([
		[
			{ score: Number.NaN },
			'holds the text NaN: a calculation was made with something that is not a number',
		],
		[{ scores: [1, Number.NaN] }, 'holds the text NaN'],
		[{ score: 1 / 0 }, 'holds Infinity instead of a value: a number was divided by 0, or is too big'],
	])('of %j, which an expression gave, would be null in the request, and is refused', (raw, told) =>
		expect(check(raw)).toEqual({ wrong: expect.stringContaining(told) }),
	);

	it('may be declared as a list of objects, which may be empty', () => {
		expect(checkOwn(jsonList, '[{"a": "b\\u0000c"}]')).toEqual({ value: [{ a: 'bc' }] });
		expect(checkOwn(jsonList, [{ a: 1 }])).toEqual({ value: [{ a: 1 }] });
		for (const raw of ['[]', []]) expect(checkOwn(jsonList, raw)).toEqual({ value: [] });
		for (const raw of ['{"a": 1}', '[1]', '["a"]', '[null]', '[[]]', 'null', '[{a: 1}]', 12, true])
			expect(checkOwn(jsonList, raw)).toEqual(wrong);
		expect(checkOwn(jsonList, [{ id: 9_007_199_254_740_994 }])).toEqual(wrong);
		expect(checkOwn(jsonList, [{ a: 'undefined' }])).toEqual(wrong);
	});

	it('takes any JSON value where the API does not say which it takes', () => {
		const taken: Array<[raw: unknown, value: unknown]> = [
			...[12, true, { a: 1 }, [1], { a: 0, id: 5 }, { keep: false }].map((raw): [unknown, unknown] => [
				raw,
				raw,
			]),
			['12', 12],
			['"event_1"', 'event_1'],
			['[{"a": 1}]', [{ a: 1 }]],
		];
		for (const [raw, value] of taken) expect(checkOwn(anyJson, raw)).toEqual({ value });
		expect(checkOwn(anyJson, ' null ')).toEqual(wrong);
		const bare = [false, 0, [false], { id: 0 }, [{ a: '' }, { eventId: 'False' }]];
		for (const raw of ['{}', '[]', '""', '" "', '"0"', 'false', '0', {}, [], ...bare])
			expect(checkOwn(anyJson, raw)).toEqual({ wrong: expect.stringContaining('holds nothing') });
		for (const raw of ['event_1', '{a: 1}', '9007199254740994', '"undefined"', '[null]'])
			expect(checkOwn(anyJson, raw)).toEqual(wrong);
	});
});
