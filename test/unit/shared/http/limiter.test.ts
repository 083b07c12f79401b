import fc from 'fast-check';

import type { Slot } from '../../../../nodes/shared/http/limiter';
import { Limiter, limiterFor, MAX_IN_FLIGHT } from '../../../../nodes/shared/http/limiter';
import { mostWithin, never, RATE, reply, settle, watched } from './support/limiter.ts';

beforeEach(() => jest.useFakeTimers({ now: 1_780_000_000_000 }));
afterEach(() => jest.useRealTimers());

const ok = (slot: Slot) => slot.count(reply(200));

describe('the published rate', () => {
	it('is used in full and never exceeded in any window, wherever it begins', async () => {
		const { ask, grants } = watched();
		for (let index = 0; index < 23; index++) ask(ok);
		await jest.advanceTimersByTimeAsync(3_999);
		const times = grants.map(({ at }) => at);
		expect(times.length).toBe(20);
		expect(mostWithin(times, RATE.windowMs)).toBe(5);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(23);
	});

	it('tells what of it is unused: what was sent in the window counts, and what waits', async () => {
		const { ask, limiter } = watched();
		expect(limiter.unused).toBe(5);
		for (let index = 0; index < 3; index++) ask(ok);
		await settle();
		expect(limiter.unused).toBe(2);
		for (let index = 0; index < 3; index++) ask(ok);
		await settle();
		expect(limiter.unused).toBe(0);
		await jest.advanceTimersByTimeAsync(2 * RATE.windowMs);
		expect(limiter.unused).toBe(5);
	});

	it('has the rest of it unused while requests wait for each other only', async () => {
		const { ask, grants, limiter } = watched({ requests: 100 });
		for (let index = 0; index < MAX_IN_FLIGHT + 5; index++) ask();
		await settle();
		expect(grants.length).toBe(MAX_IN_FLIGHT);
		expect(limiter.unused).toBe(100 - MAX_IN_FLIGHT - 5);
	});

	it('counts a request until a window after its end, since it may have been counted late', async () => {
		const { ask, grants } = watched({ requests: 1 });
		ask();
		ask(ok);
		await jest.advanceTimersByTimeAsync(5_000);
		expect(grants.length).toBe(1);
		grants[0]?.slot.count(reply(200));
		await jest.advanceTimersByTimeAsync(999);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.map(({ at }) => at)).toEqual([0, 6_000]);
	});

	it('holds whatever the requests take and whenever they are asked for', async () => {
		const request = fc.record({ after: fc.nat(400), takes: fc.nat(1_500), counted: fc.boolean() });
		await fc.assert(
			fc.asyncProperty(
				fc.array(request, { maxLength: 40 }),
				fc.integer({ min: 1, max: 7 }),
				async (all, requests) => {
					const { ask, grants, failures } = watched({ requests });
					/** When the service may have counted each request. */
					const spans: Array<[from: number, to: number]> = [];
					const start = Date.now();
					for (const { after, takes, counted } of all) {
						await jest.advanceTimersByTimeAsync(after);
						ask((slot) => {
							const from = Date.now() - start;
							setTimeout(() => {
								if (counted) spans.push([from, Date.now() - start]);
								if (counted) slot.count(reply(200));
								else slot.giveBack();
							}, takes);
						});
					}
					await jest.advanceTimersByTimeAsync(1_000_000);
					expect(failures).toEqual([]);
					expect(grants.map(({ name }) => name)).toEqual(all.map((_, index) => index));
					for (const [from] of spans) {
						// A request that ended less than a window before this one began may be counted with it.
						const together = spans.filter(
							([begun, ended]) => begun <= from && ended > from - RATE.windowMs,
						);
						expect(together.length).toBeLessThanOrEqual(requests);
					}
				},
			),
			{ numRuns: 60, seed: 20_261_120 },
		);
	});

	it('has no more requests under way at a time than allowed', async () => {
		const { ask, grants } = watched({ requests: 1_000 });
		for (let index = 0; index < 30; index++) ask();
		await settle();
		expect(grants.length).toBe(MAX_IN_FLIGHT);
		grants[3]?.slot.count(reply(200));
		grants[4]?.slot.giveBack();
		await settle();
		expect(grants.length).toBe(MAX_IN_FLIGHT + 2);
	});

	it('serves first who came first', async () => {
		const { ask, grants } = watched({ requests: 2 });
		for (let index = 0; index < 12; index++) ask(ok);
		await jest.advanceTimersByTimeAsync(10_000);
		expect(grants.map(({ name }) => name)).toEqual([...Array(12).keys()]);
	});

	it('does not count a slot that was given back', async () => {
		const { ask, grants } = watched({ requests: 1 });
		for (let index = 0; index < 5; index++) ask((slot) => slot.giveBack());
		await settle();
		expect(grants.length).toBe(5);
	});

	it('counts a slot once, however often it is ended', async () => {
		const { ask, grants, limiter } = watched({ requests: 2 });
		ask((slot) => {
			slot.count(reply(200));
			slot.count(reply(200));
			slot.giveBack();
		});
		ask(ok);
		ask(ok);
		await jest.advanceTimersByTimeAsync(999);
		expect(grants.length).toBe(2);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(3);
		jest.setSystemTime(Date.now() + 10 ** 7);
		expect(limiter.isIdle()).toBe(true);
	});
});

describe('a wait that is ended', () => {
	it.each([
		['near', 1_000],
		['far', 60_000],
	])('ends at once, with the reason, and leaves no timer behind: a slot is %s', async (_, windowMs) => {
		const { ask, grants, failures } = watched({ requests: 1, windowMs });
		ask(ok);
		const stop = new AbortController();
		ask(ok, stop.signal);
		await settle();
		expect(jest.getTimerCount()).toBe(1);
		const reason = new Error('stopped');
		stop.abort(reason);
		await settle();
		expect(failures).toEqual([{ name: 1, at: 0, cause: reason }]);
		expect(jest.getTimerCount()).toBe(0);
		await jest.advanceTimersByTimeAsync(10_000);
		expect(grants.map(({ name }) => name)).toEqual([0]);
	});

	it("takes nobody else out of the queue, and nobody's place in it", async () => {
		const { ask, grants } = watched({ requests: 1 });
		const stop = new AbortController();
		for (const signal of [never(), never(), stop.signal, never(), stop.signal, never()]) ask(ok, signal);
		await settle();
		stop.abort();
		await jest.advanceTimersByTimeAsync(10_000);
		expect(grants.map(({ name, at }) => [name, at])).toEqual([
			[0, 0],
			[1, 1_000],
			[3, 2_000],
			[5, 3_000],
		]);
	});

	it.each([0, 1])('never begins where the signal has fired: %i sent of 1', async (sent) => {
		const { limiter, ask } = watched({ requests: 1, windowMs: 60_000 });
		for (let index = 0; index < sent; index++) ask(ok);
		await settle();
		const reason = new Error('stopped');
		await expect(limiter.slot(AbortSignal.abort(reason))).rejects.toBe(reason);
		await expect(limiter.place(AbortSignal.abort(reason))).rejects.toBe(reason);
	});

	it('takes one listener for all that wait with its signal, and none when nobody waits any more', async () => {
		const { ask, grants } = watched({ requests: 1 });
		const { signal } = new AbortController();
		const listened = jest.spyOn(signal, 'addEventListener');
		const ended = jest.spyOn(signal, 'removeEventListener');
		for (let asked = 0; asked < 100; asked++) ask(ok, signal);
		await settle();
		expect(listened.mock.calls.length - ended.mock.calls.length).toBeLessThanOrEqual(2);
		await jest.advanceTimersByTimeAsync(100_000);
		expect(grants).toHaveLength(100);
		expect(ended.mock.calls.length).toBe(listened.mock.calls.length);
	});

	it('does not take a slot that was granted already', async () => {
		const { ask, grants, failures } = watched();
		const stop = new AbortController();
		ask(ok, stop.signal);
		await settle();
		stop.abort();
		await settle();
		expect([grants.length, failures.length]).toEqual([1, 0]);
	});
});

describe('when the clock of the machine is set back by an hour', () => {
	const WINDOW_MS = 8_000;
	const setBack = () => jest.setSystemTime(Date.now() - 3_600_000);

	it('goes on within the same window', async () => {
		const { ask, grants } = watched();
		for (let count = 0; count < 6; count++) ask((slot) => slot.count(reply(200)));
		await settle();
		expect(grants).toHaveLength(5);
		setBack();
		await jest.advanceTimersByTimeAsync(1_100);
		ask((slot) => slot.count(reply(200)));
		await jest.advanceTimersByTimeAsync(1_100);
		expect(grants).toHaveLength(7);
	});

	it.each([
		['the window is full', reply(200)],
		['the service says that nothing is left', reply(200, { 'x-ratelimit-remaining': '0' })],
		[
			'the service names the end of its window',
			reply(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '8' }),
		],
		['a 429 names a time', reply(429, { 'retry-after': '8' })],
		['a 429 names none', reply(429)],
	])('nobody waits longer than without that: %s', async (_, answer) => {
		const { limiter, ask, grants } = watched({ requests: 1, windowMs: WINDOW_MS });
		for (let count = 0; count < 3; count++) ask((slot) => slot.count(count === 0 ? answer : reply(200)));
		await settle();
		expect(grants).toHaveLength(1);
		setBack();
		expect(limiter.blockedUntil - Date.now()).toBeLessThanOrEqual(WINDOW_MS);
		await jest.advanceTimersByTimeAsync(2 * WINDOW_MS);
		expect(grants).toHaveLength(3);
	});

	it('nobody waits for the end of a window that began before it', async () => {
		const { ask, grants } = watched({ requests: 1, windowMs: WINDOW_MS });
		ask();
		await settle();
		setBack();
		// Something else looks at the limiter before the reply comes.
		ask();
		grants[0]?.slot.count(reply(200, { 'x-ratelimit-remaining': '0' }));
		await jest.advanceTimersByTimeAsync(WINDOW_MS);
		expect(grants).toHaveLength(2);
	});
});

describe('the limiter of a token', () => {
	const rate = { requests: 5, windowMs: 60_000, patienceMs: 300_000 };

	it('is one for an account', () => {
		const first = limiterFor('a', rate);
		expect(limiterFor('a', rate)).toBe(first);
		expect(limiterFor('b', rate)).not.toBe(first);
	});

	it('stays the one while it is used, waited for, or may still be come back to', async () => {
		const first = limiterFor('c', rate);
		const slot = await first.slot(never());
		jest.setSystemTime(Date.now() + 3_600_000);
		expect(limiterFor('c', rate)).toBe(first);
		slot.count(reply(200));
		// A look-up or a wait for a result takes minutes, and holds this limiter all the time.
		jest.setSystemTime(Date.now() + 300_000);
		expect(limiterFor('c', rate)).toBe(first);
	});

	it('is forgotten when it was long idle', async () => {
		const first = limiterFor('d', rate);
		(await first.slot(never())).count(reply(200));
		jest.setSystemTime(Date.now() + 3_600_000);
		expect(limiterFor('d', rate)).not.toBe(first);
	});

	it('is not forgotten while the service asked to wait', async () => {
		const first = limiterFor('e', rate);
		(await first.slot(never())).count(reply(429, { 'retry-after': '7200' }));
		jest.setSystemTime(Date.now() + 7_000_000);
		expect(limiterFor('e', rate)).toBe(first);
	});

	it('is forgotten for others when there are very many accounts, but not while it is busy', async () => {
		const [busy, quiet, told] = ['busy', 'quiet', 'told'].map((name) => limiterFor(name, rate));
		const slot = await busy!.slot(never());
		(await told!.slot(never())).count(reply(429, { 'retry-after': '60' }));
		for (let index = 0; index < 5_000; index++) limiterFor(`other ${index}`, rate);
		expect(limiterFor('busy', rate)).toBe(busy);
		expect(limiterFor('told', rate)).toBe(told);
		expect(limiterFor('quiet', rate)).not.toBe(quiet);
		slot.count(reply(200));
	});

	it('is idle only when nothing is under way or waiting', async () => {
		const limiter = new Limiter({ ...RATE, requests: 1 });
		const waitLong = () => jest.setSystemTime(Date.now() + 10 ** 7);
		waitLong();
		expect(limiter.isIdle()).toBe(true);
		const slot = await limiter.slot(never());
		waitLong();
		expect(limiter.isIdle()).toBe(false);
		slot.count(reply(200));
		expect(limiter.isIdle()).toBe(false);
		waitLong();
		expect(limiter.isIdle()).toBe(true);
	});
});
