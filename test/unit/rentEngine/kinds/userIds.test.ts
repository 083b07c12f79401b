import { userIds } from '../../../../nodes/RentEngine/kinds/userIds';
import { checkOwn } from './fields.ts';

const check = (raw: unknown) => checkOwn(userIds, raw);
const wrong = { wrong: expect.any(String) };

describe('the IDs of users', () => {
	const first = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';
	const second = '6f9619ff-8b86-4d01-b42d-00c04fc964ff';

	it.each([
		['a list', [first, second]],
		['a text with commas', `${first}, ${second}`],
		['lines', `${first}\n${second}\n`],
		['lists of texts', [`${first},${second}`]],
		['capital letters, and the same twice', [first.toUpperCase(), first, second]],
		['JSON', JSON.stringify([first, second])],
	])('are read from %s', (_, raw) => expect(check(raw)).toEqual({ value: [first, second] }));

	it.each([
		['a text', `Jordan = ${first}, Lee Ann=${second}`],
		['lines', `Jordan = ${first}\nLee Ann = ${second.toUpperCase()}`],
		['a list', [`Jordan=${first}`, `Lee Ann = ${second}`]],
		['a list, the same user twice', [first, `Jordan = ${first}`, `Lee Ann = ${second}`]],
	])('may have names before them, in %s', (_, raw) => {
		expect(check(raw)).toEqual({
			value: [first, second],
			names: { [first]: 'Jordan', [second]: 'Lee Ann' },
		});
	});

	it.each([`= ${first}`, first, ` ${first} `, `'${first}`, `="${first}"`])('may have none: %p', (raw) => {
		expect(check(raw)).toEqual({ value: [first] });
	});

	it('are none in a text with nothing but commas; an empty list is one that is sent', () => {
		expect(check(' , ')).toEqual({});
		for (const raw of [[], '[]', ' [] ']) expect(check(raw)).toEqual({ value: [] });
	});

	it('are told apart by their place when one is not right', () => {
		const { wrong: told } = check([first, 'Jordan']) as { wrong: string };
		expect(told).toContain('its second entry is something else');
		for (const raw of [{ id: first }, [null], [[first]], 12, `${first}x`])
			expect(check(raw)).toEqual(wrong);
	});
});
