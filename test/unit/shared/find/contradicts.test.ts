import { contradicts } from '../../../../nodes/shared/find/contradicts';

/*
 * What a service may write of what it was sent. A record that is wrongly taken for another one lets its event be created twice.
 */

const LONG = 'She asked for two bedrooms with a balcony, and moves in June';

/** What a record says, and what was sent. */
type Pair = [record: unknown, sent: unknown];

const MAY_BE_THE_SAME: Record<string, Pair[]> = {
	'is missing on one side': [
		...[undefined, null, ''].map((blank): Pair => [blank, 'Call']),
		[[], ['Call']],
		[['Call'], []],
		[null, { lead_id: 'lead_1' }],
		[{ other: 1 }, { lead_id: 'lead_1' }],
	],
	'is written in another way': [
		['PHONE_CALL', 'Phone Call'],
		['Jose', 'José'],
		['Tour 5 ❤️', 'Tour 5 ❤'],
		['مُحَمَّد', 'محمد'],
		['7.00', 7],
		['<p>Tom &amp; Ann&#39;s</p>', "Tom & Ann's"],
		['(512) 555-0142', '+15125550142'],
		['2:30 p.m.', '14:30:00'],
		['12:30 AM', '00:30'],
		['12:30 PM', '12:30'],
		['09:05', '9:05'],
	],
	'has a form that cannot be compared': [
		['???', 'Call'],
		['19:30:00Z', '14:30'],
		['19:30+00:00', '14:30'],
		['03/01/2026', '2026-03-01'],
		[{ text: 'Call' }, 'Call back'],
	],
	'is a time without its seconds': [['2026-03-01T14:30:00Z', '2026-03-01T14:30:59Z']],
	'may be the same moment in another zone': [
		['2026-03-02T16:29:00Z', '2026-03-01T14:30:00'],
		['2026-03-01T08:30:00-06:00', '2026-03-01T14:30:00Z'],
		['2026-03-01 14:30:00+00', '2026-03-01T14:30:00Z'],
	],
	'is the day of a time': [['2026-03-01', '2026-03-03T01:59:00Z']],
	'is the beginning of a long text': [[LONG.slice(0, 52), LONG]],
	'has one entry in common': [
		[['a', 'b'], ['b']],
		[['b', 'c'], 'a, b'],
		[['a, b'], 'a, b'],
		['a, b', ['b', 'c']],
		['["a"]', ['a']],
	],
	'has another spelling of its name': [
		[{ leadId: 'lead_1' }, { lead_id: 'lead_1' }],
		['{"lead_id":"lead_1"}', { lead_id: 'lead_1' }],
		['{Call', 'Call'],
	],
};

const IS_ANOTHER: Record<string, Pair[]> = {
	'is another text': [
		['Call', 'Email'],
		[LONG.slice(0, 30), LONG],
		[`${LONG.slice(0, 30)} ${LONG}`, LONG],
		['a, b', 'b'],
		['राम', 'रमा'],
		['バス', 'ハス'],
	],
	'is another number': [
		['7.5', 7],
		['(512) 555-0143', '+15125550142'],
		['5125550142 Ann', '5125550142 Maria'],
	],
	'is another time': [
		['2026-03-01T14:31:00Z', '2026-03-01T14:30:00Z'],
		['2026-03-01T14:31:00', '2026-03-01T14:30:00'],
		['2026-03-02T16:30:00Z', '2026-03-01T14:30:00'],
		['2:30 PM', '02:30'],
		['14:31', '14:30:00'],
		['2:30 today', '2:30 tomorrow'],
		['2026-03-01T14:30:00-06:00', '2026-03-01T14:30:00Z'],
		['2026-03-01T14:30:00-0600', '2026-03-01T14:30:00Z'],
		['2026-03-01 15:30:00+00', '2026-03-01T14:30:00Z'],
		['soon', '2026-03-01'],
	],
	'is another day': [
		['2026-03-02', '2026-03-01'],
		['2026-03-01', '2026-03-03T02:01:00Z'],
	],
	'has no entry in common': [
		[['a'], ['b', 'c']],
		[['a'], 'b, c'],
		['a, b', ['c']],
	],
	'is another record': [
		[{ lead_id: undefined, leadId: 'lead_2' }, { lead_id: 'lead_1' }],
		['{"lead_id":"lead_2"}', { lead_id: 'lead_1' }],
		[
			{ lead_id: 'lead_1', notes: 'x' },
			{ lead_id: 'lead_1', notes: 'y' },
		],
	],
};

const isPlain = (value: unknown): boolean => typeof value !== 'object';

/** Plain values can be exchanged: it does not matter which side says what. */
const bothWays = (pairs: Pair[]): Pair[] =>
	pairs.flatMap(([one, other]): Pair[] =>
		isPlain(one) && isPlain(other)
			? [
					[one, other],
					[other, one],
				]
			: [[one, other]],
	);

describe('A record may be the one that was sent, if what it says', () => {
	it.each(Object.entries(MAY_BE_THE_SAME))('%s', (_, pairs) => {
		for (const [record, sent] of bothWays(pairs))
			expect([record, sent, contradicts(record, sent)]).toEqual([record, sent, false]);
	});
});

describe('A record is another one, if what it says', () => {
	it.each(Object.entries(IS_ANOTHER))('%s', (_, pairs) => {
		for (const [record, sent] of bothWays(pairs))
			expect([record, sent, contradicts(record, sent)]).toEqual([record, sent, true]);
	});
});
