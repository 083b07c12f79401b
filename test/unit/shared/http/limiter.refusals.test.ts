import type { Slot } from '../../../../nodes/shared/http/limiter';
import { MAX_IN_FLIGHT } from '../../../../nodes/shared/http/limiter';
import { NoSlot } from '../../../../nodes/shared/http/queue';
import { never, reply, settle, watched } from './support/limiter.ts';

const NOW = 1_780_000_000_000;
beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

const ends =
	(status: number, headers: Record<string, unknown> = {}) =>
	(slot: Slot) =>
		slot.count(reply(status, headers));
const ok = ends(200);
const roomy = { requests: 1_000, windowMs: 60_000, patienceMs: 300_000 };

describe('a 429 that names a time', () => {
	it.each([
		['seconds', '3', 3_000],
		['fractions of a second', '0.5', 500],
		['a number', 3, 3_000],
		['an HTTP date', new Date(NOW + 4_000).toUTCString(), 4_000],
	])('as %s stops everything for as long', async (_, value, ms) => {
		const { ask, grants } = watched(roomy);
		ask(ends(429, { 'retry-after': value }));
		await settle();
		for (let index = 0; index < 4; index++) ask(ok);
		await jest.advanceTimersByTimeAsync(ms - 1);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(5);
	});

	it.each([
		['behind', -3_600_000],
		['ahead of it', 3_600_000],
	])("is told by the service's clock, though that of this machine is an hour %s", async (_, off) => {
		const there = NOW - off;
		const headers = [
			{ 'retry-after': new Date(there + 4_000).toUTCString() },
			{ 'x-ratelimit-reset': `${there / 1_000 + 4}` },
		];
		for (const header of headers) {
			const { ask, grants } = watched(roomy);
			ask(ends(429, { date: new Date(there).toUTCString(), ...header }));
			await settle();
			ask(ok);
			await jest.advanceTimersByTimeAsync(3_999);
			expect(grants.length).toBe(1);
			await jest.advanceTimersByTimeAsync(1);
			expect(grants.length).toBe(2);
			jest.setSystemTime(NOW);
		}
	});

	it('in the header of the reset, where there is no Retry-After, is heard too', async () => {
		const { ask, grants } = watched(roomy);
		ask(ends(429, { 'x-ratelimit-reset-after': '2' }));
		await settle();
		ask(ok);
		await jest.advanceTimersByTimeAsync(1_999);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(2);
	});

	it('for itself goes before that of the reset', async () => {
		const { ask, grants } = watched(roomy);
		ask(ends(429, { 'retry-after': '3', 'x-ratelimit-reset-after': '1' }));
		await settle();
		ask(ok);
		await jest.advanceTimersByTimeAsync(2_999);
		expect(grants.length).toBe(1);
	});

	it('is forgotten by the time the next one comes much later: the two are not one long refusal', async () => {
		const { ask, limiter } = watched(roomy);
		ask(ends(429, { 'retry-after': '1' }));
		await jest.advanceTimersByTimeAsync(360_000);
		ask(ends(429, { 'retry-after': '1' }));
		await settle();
		expect(limiter.isRefusing()).toBe(false);
	});

	it('is waited for from the first of those that belong together: not from one after which nobody has asked for minutes', async () => {
		const { ask, limiter } = watched({ ...roomy, requests: 150 });
		const refusedAt = async (second: number) => {
			await jest.advanceTimersByTimeAsync(NOW + second * 1_000 - Date.now());
			ask(ends(429, { 'retry-after': '1' }));
			await settle();
			return limiter.isRefusing();
		};
		for (const second of [0, 290, 292, 296, 304, 400, 500]) expect(await refusedAt(second)).toBe(false);
		expect(await refusedAt(595)).toBe(true);
	});

	it('is not shortened by one that names less', async () => {
		const { ask, grants } = watched(roomy);
		ask();
		ask();
		await settle();
		grants[0]?.slot.count(reply(429, { 'retry-after': '10' }));
		grants[1]?.slot.count(reply(429, { 'retry-after': '1' }));
		ask(ok);
		await jest.advanceTimersByTimeAsync(9_999);
		expect(grants.length).toBe(2);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(3);
	});

	it('counts as used up what was under way', async () => {
		const { ask, grants } = watched({ ...roomy, requests: 1 });
		ask(ends(429, { 'retry-after': '1' }));
		ask(ok);
		await jest.advanceTimersByTimeAsync(59_999);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(2);
	});
});

describe('a 429 that names no time', () => {
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));

	it.each([
		['no header', {}],
		['one that cannot be read', { 'retry-after': 'soon' }],
		['an empty one', { 'retry-after': '' }],
		['none to wait', { 'retry-after': '0' }],
		['a date that is over', { 'retry-after': new Date(NOW - 60_000).toUTCString() }],
		['less than none', { 'retry-after': '-5' }],
	])('(%s) stops everything for longer each time, and lets one request try', async (_, headers) => {
		const { ask, grants } = watched(roomy);
		ask(ends(429, headers));
		await settle();
		for (let index = 0; index < 5; index++) ask(ends(429, headers));
		await jest.advanceTimersByTimeAsync(40_000);
		expect(grants.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000]);
	});

	it('never stops longer than a window', async () => {
		const { ask, grants } = watched({ ...roomy, windowMs: 5_000 });
		ask(ends(429));
		await settle();
		for (let index = 0; index < 6; index++) ask(ends(429));
		await jest.advanceTimersByTimeAsync(40_000);
		expect(grants.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 7_000, 12_000, 17_000, 22_000]);
	});

	it('is one answer, however many requests that were under way got it', async () => {
		const { ask, grants } = watched(roomy);
		for (let index = 0; index < 8; index++) ask();
		await jest.advanceTimersByTimeAsync(10);
		for (const { slot } of [...grants]) slot.count(reply(429));
		ask(ok);
		await jest.advanceTimersByTimeAsync(999);
		expect(grants.length).toBe(8);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(9);
	});

	it('is over with the first request that gets through: all go on', async () => {
		const { ask, grants } = watched(roomy);
		ask(ends(429));
		await settle();
		for (let index = 0; index < 6; index++) ask();
		await jest.advanceTimersByTimeAsync(30_000);
		expect(grants.length).toBe(2);
		grants[1]?.slot.count(reply(200));
		await settle();
		expect(grants.length).toBe(7);
	});

	it('lets one request try, also of those that had their place before', async () => {
		const { limiter, ask, grants } = watched(roomy);
		for (let index = 0; index < MAX_IN_FLIGHT; index++) ask();
		await settle();
		const places = [await limiter.place(never()), await limiter.place(never())];
		const slots: Array<Slot | undefined> = [];
		for (const place of places) void place.slotIfSoon(never()).then((slot) => slots.push(slot));
		await jest.advanceTimersByTimeAsync(10);
		for (const { slot } of [...grants]) slot.count(reply(429));
		await jest.advanceTimersByTimeAsync(1_000);
		expect(slots.length).toBe(1);
		slots[0]?.count(reply(200));
		await settle();
		expect(slots.length).toBe(2);
	});

	it('is not over with a reply to a request from before it', async () => {
		const { ask, grants } = watched(roomy);
		ask();
		await settle();
		await jest.advanceTimersByTimeAsync(10);
		ask(ends(429));
		await settle();
		await jest.advanceTimersByTimeAsync(10);
		grants[0]?.slot.count(reply(200));
		ask();
		ask();
		await jest.advanceTimersByTimeAsync(900);
		expect(grants.length).toBe(2);
		// One tries, the other one waits for its answer.
		await jest.advanceTimersByTimeAsync(10_000);
		expect(grants.length).toBe(3);
	});

	it('does not bring several workers back in step', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.999);
		const { ask, grants } = watched(roomy);
		ask(ends(429));
		await settle();
		ask(ok);
		await jest.advanceTimersByTimeAsync(1_099);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(2);
	});
});

describe('a service that asks for too long a wait', () => {
	it('gives no slot to a request that asks for one then, and leaves no timer behind', async () => {
		const { limiter, ask } = watched(roomy);
		ask(ends(429, { 'retry-after': '3600' }));
		await settle();
		expect(limiter.isClosed()).toBe(true);
		await expect(limiter.slot(never())).rejects.toBeInstanceOf(NoSlot);
		expect(jest.getTimerCount()).toBe(0);
	});

	it.each(['3600', '999999999', String(Number.MAX_SAFE_INTEGER)])(
		'(%s s) leaves nobody in the queue',
		async (seconds) => {
			const { limiter, ask, failures } = watched({ ...roomy, requests: 1 });
			ask((slot) => setTimeout(() => slot.count(reply(429, { 'retry-after': seconds })), 100));
			for (let index = 0; index < 5; index++) ask(ok);
			await jest.advanceTimersByTimeAsync(100);
			expect(limiter.isClosed()).toBe(true);
			expect(failures.map(({ name, cause }) => [name, cause instanceof NoSlot])).toEqual(
				[1, 2, 3, 4, 5].map((name) => [name, true]),
			);
		},
	);

	it('is open again as soon as what is left to wait is within the patience', async () => {
		const { limiter, ask, grants } = watched({ ...roomy, patienceMs: 10_000 });
		ask(ends(429, { 'retry-after': '60' }));
		await jest.advanceTimersByTimeAsync(50_000);
		expect(limiter.isClosed()).toBe(false);
		ask(ok);
		await jest.advanceTimersByTimeAsync(9_999);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(2);
	});

	it('takes nobody else out of the queue when a request that was sent away is stopped later', async () => {
		const { ask, grants } = watched({ ...roomy, patienceMs: 10_000, requests: 1 });
		ask(ends(429, { 'retry-after': '60' }));
		const sentAway = new AbortController();
		ask(ok, sentAway.signal);
		await jest.advanceTimersByTimeAsync(55_000);
		ask(ok);
		await settle();
		sentAway.abort();
		await jest.advanceTimersByTimeAsync(60_000);
		expect(grants.map(({ name }) => name)).toEqual([0, 2]);
	});

	it('that asks for just the patience is waited for', async () => {
		const { limiter, ask, grants } = watched({ ...roomy, patienceMs: 10_000 });
		ask(ends(429, { 'retry-after': '10' }));
		await settle();
		expect(limiter.isClosed()).toBe(false);
		ask(ok);
		await jest.advanceTimersByTimeAsync(10_000);
		expect(grants.length).toBe(2);
	});
});

describe('a service that answers with 429 alone', () => {
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
	const short = { ...roomy, windowMs: 2_000, patienceMs: 6_000 };

	it('is refusing after the patience, and turns away the requests that still wait', async () => {
		const { limiter, ask, grants, failures } = watched(short);
		ask(ends(429));
		await settle();
		for (let index = 0; index < 8; index++) ask(ends(429));
		await jest.advanceTimersByTimeAsync(6_999);
		expect(limiter.isRefusing()).toBe(true);
		expect(failures).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 5_000, 7_000]);
		expect(failures.map(({ name, at }) => [name, at])).toEqual([5, 6, 7, 8].map((name) => [name, 7_000]));
	});

	it('may still be tried by who comes later, and is forgiven when it answers', async () => {
		const { limiter, ask, grants } = watched(short);
		ask(ends(429));
		await settle();
		for (let index = 0; index < 8; index++) ask(ends(429));
		await jest.advanceTimersByTimeAsync(60_000);
		expect(limiter.isRefusing()).toBe(true);
		ask(ok);
		await settle();
		expect(limiter.isRefusing()).toBe(false);
		expect(grants.at(-1)?.at).toBe(60_000);
	});

	it('is not refusing when 429s are but some of its answers', async () => {
		const { limiter, ask } = watched(short);
		for (let round = 0; round < 20; round++) {
			ask(ends(429));
			await settle();
			ask(ok);
			await jest.advanceTimersByTimeAsync(4_000);
			expect(limiter.isRefusing()).toBe(false);
		}
	});
});
