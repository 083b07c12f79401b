import { readServiceTime, sinceBy } from '../../../../nodes/shared/http/serviceTime';
import type { Exchange } from '../../../../nodes/shared/http/exchange';

const NOW = Date.parse('2026-03-01T12:00:00.400Z');
beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => jest.useRealTimers());

/** A reply of a service whose clock is that many ms ahead. */
function reply(aheadMs?: number): Extract<Exchange, { kind: 'replied' }> {
	const headers = aheadMs === undefined ? {} : { date: new Date(NOW + aheadMs).toUTCString() };
	return { kind: 'replied', status: 200, headers };
}

const begun = NOW - 10_000;
const at = (ms: number) => new Date(ms).toISOString();

describe.each([
	['goes with ours', 0],
	['is an hour ahead', 3_600_000],
	['is a day behind', -86_400_000],
])('by the clock of a service that %s', (_, ahead) => {
	const when = () => sinceBy(reply(ahead), begun, NOW);

	it('a record made after the request began is after it', () => {
		for (const ms of [0, 1, 5_000]) expect(when()(at(begun + ms + ahead))).toBe('after');
	});

	it('a record made well before is before it', () => {
		for (const ms of [3_001, 60_000]) expect(when()(at(begun - ms + ahead))).toBe('before');
	});

	it('a time without a zone is UTC', () => {
		expect(when()(at(begun + 5_000 + ahead).replace('Z', ''))).toBe('after');
		expect(when()(at(begun - 5_000 + ahead).replace('Z', ''))).toBe('before');
	});

	it('a time with another offset is the moment it names', () => {
		const text = new Date(begun + 5_000 + ahead - 5 * 3_600_000).toISOString().replace('Z', '-05:00');
		expect(when()(text)).toBe('after');
	});
});

describe('by the clock of a service that does not tell its time', () => {
	const when = sinceBy(reply(), begun, NOW);

	it('only what is more than a day older is clear: either clock may be set for another time zone', () => {
		for (const hours of [24, 12, 0, -12, -24])
			expect(when(at(begun + hours * 3_600_000))).toBe('unclear');
		expect(when(at(begun - 86_400_001))).toBe('before');
	});
});

it.each([undefined, null, '', 'yesterday', {}, 12])(
	'a record without a time, %p, is unclear',
	(createdAt) => {
		expect(sinceBy(reply(0), begun, NOW)(createdAt)).toBe('unclear');
	},
);

describe('A time that a service wrote', () => {
	it.each([
		'2026-03-01T14:30:00.250Z',
		'2026-03-01T14:30:00.250000+00:00',
		'2026-03-01 14:30:00.25+00',
		'2026-03-01 14:30:00.25 +0000',
		'2026-03-01 08:30:00.25-06',
		'2026-03-01T14:30:00.250',
		'2026-03-01 14:30:00.25',
	])('is the same moment however it is written: %s', (written) => {
		expect(readServiceTime(written)).toBe(Date.UTC(2026, 2, 1, 14, 30, 0, 250));
	});

	it.each(['2026-03-01', '2026-13-01T14:30:00Z', 'yesterday', '', null, undefined, 12, {}])(
		'is none: %p',
		(written) => expect(readServiceTime(written)).toBeNaN(),
	);
});
