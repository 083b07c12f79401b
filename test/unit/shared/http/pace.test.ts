import { durationOf } from '../../../../nodes/shared/http/pace';
import { Limiter } from '../../../../nodes/shared/http/limiter';

const MINUTE = 60_000;
const rate = { requests: 150, windowMs: MINUTE, patienceMs: 300_000 };

it.each([
	[0, 'less than a minute'],
	[59_999, 'less than a minute'],
	[MINUTE, 'about 1 minute'],
	[33 * MINUTE, 'about 33 minutes'],
	[119 * MINUTE, 'about 119 minutes'],
	[120 * MINUTE, 'about 2 hours'],
	[600 * MINUTE, 'about 10 hours'],
])('%d ms are "%s"', (ms, words) => {
	expect(durationOf(ms)).toBe(words);
});

describe('How long requests take at the rate', () => {
	it('is next to nothing as long as they fit into the window', () => {
		expect(new Limiter(rate).takesMs(150)).toBeLessThan(MINUTE);
	});

	it.each([
		[151, 1],
		[300, 1],
		[301, 2],
		[5_000, 33],
	])('%d requests of 150 a minute take %d minutes', (count, minutes) => {
		expect(new Limiter(rate).takesMs(count)).toBe(minutes * MINUTE);
	});

	it('counts the wait that the service has asked for', async () => {
		const limiter = new Limiter(rate);
		const slot = await limiter.slot(new AbortController().signal);
		slot.count({ status: 429, headers: { 'retry-after': '120' } });
		expect(Math.round(limiter.takesMs(4_950) / MINUTE)).toBe(2 + 33);
	});

	it('is longer where the answers take longer than the rate', async () => {
		jest.useFakeTimers();
		const limiter = new Limiter(rate);
		for (let times = 0; times < 30; times++) {
			const slot = await limiter.slot(new AbortController().signal);
			jest.advanceTimersByTime(30_000);
			slot.count();
		}
		jest.useRealTimers();
		// Ten at a time, each half a minute.
		expect(Math.round(limiter.takesMs(1_000) / MINUTE)).toBe(50);
	});

	it('counts those that wait already, and those that were just sent', async () => {
		const limiter = new Limiter({ ...rate, requests: 5 });
		const { signal } = new AbortController();
		for (let sent = 0; sent < 5; sent++) (await limiter.slot(signal)).count();
		expect(limiter.sent).toBe(5);
		expect(limiter.takesMs(5)).toBe(MINUTE);
		const abort = new AbortController();
		const waiting = Array.from(
			{ length: 5 },
			async () => await limiter.slot(abort.signal).catch(() => {}),
		);
		expect(limiter.takesMs(5)).toBe(2 * MINUTE);
		abort.abort();
		await Promise.all(waiting);
	});
});
