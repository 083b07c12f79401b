import { holdsAll } from '../../../../nodes/shared/json/compare';
import { isObject } from '../../../../nodes/shared/json/objects';

describe('a record', () => {
	const record = {
		id: 7,
		notes: 'Asked for parking',
		at: '2026-03-01T20:30:00.000Z',
		duration: 95,
		context: { assignedToUserIds: ['b', 'a'], role: 'manager' },
		none: null,
	};

	it.each([
		['everything that was sent', { notes: 'Asked for parking', duration: 95 }],
		['nothing, when nothing was sent', {}],
		['the same moment written in another way', { at: '2026-03-01T14:30:00-06:00' }],
		['a number that became a text', { duration: '95' }],
		['a list in another order', { context: { assignedToUserIds: ['a', 'b'] } }],
	])('holds %s', (_, sent) => expect(holdsAll(record, sent)).toBe(true));

	it.each([
		['another text', { notes: 'Asked for parking.' }],
		['a text in other letters', { notes: 'asked for parking' }],
		['another moment', { at: '2026-03-01T14:30:01-06:00' }],
		['a field that it lacks', { title: 'x' }],
		['more in a list', { context: { assignedToUserIds: ['a', 'b', 'c'] } }],
		['less in a list', { context: { assignedToUserIds: ['a'] } }],
		['the same twice in a list', { context: { assignedToUserIds: ['a', 'a'] } }],
		['an object where it has a text', { notes: {} }],
		['a text where it has an object', { context: 'x' }],
		['a list where it has a text', { notes: [] }],
		['the word null where it has nothing', { none: 'null' }],
		['the word undefined where it has no field', { title: 'undefined' }],
	])('does not hold %s', (_, sent) => expect(holdsAll(record, sent)).toBe(false));

	it('that is no record holds nothing', () => {
		for (const other of [undefined, null, [], 'x', 1]) expect(holdsAll(other, { a: 1 })).toBe(false);
	});
});

describe('an object', () => {
	it('is neither a list nor nothing', () => {
		expect([{}, [], null, undefined, 'x', 1].map(isObject)).toEqual([
			true,
			false,
			false,
			false,
			false,
			false,
		]);
	});
});
