import type { Slot } from '../../../../nodes/shared/http/limiter';
import { reply, settle, watched } from './support/limiter.ts';

beforeEach(() => jest.useFakeTimers({ now: 1_780_000_000_000 }));
afterEach(() => jest.useRealTimers());

const ends = (status: number, headers: Record<string, unknown>) => (slot: Slot) =>
	slot.count(reply(status, headers));
const ok = ends(200, {});

describe('the limit that a service names', () => {
	it.each(['x-ratelimit-limit', 'ratelimit-limit'])(
		'in %s takes the place of the published one',
		async (name) => {
			const { ask, grants } = watched({ requests: 5 });
			ask(ends(200, { [name]: '2' }));
			await settle();
			for (let index = 0; index < 5; index++) ask(ok);
			await settle();
			expect(grants.length).toBe(2);
			await jest.advanceTimersByTimeAsync(2_000);
			expect(grants.length).toBe(6);
		},
	);

	it('may also be higher', async () => {
		const { ask, grants } = watched({ requests: 1 });
		ask(ends(200, { 'x-ratelimit-limit': 100 }));
		for (let index = 0; index < 20; index++) ask(ok);
		await settle();
		expect(grants.length).toBe(21);
	});

	it.each(['0', '', 'many', '-3', '0x10', '1e3', null, undefined, [], Number.NaN])(
		'is not %p',
		async (value) => {
			const { ask, grants } = watched({ requests: 3 });
			ask(ends(200, { 'x-ratelimit-limit': value }));
			await settle();
			for (let index = 0; index < 5; index++) ask(ok);
			await settle();
			expect(grants.length).toBe(3);
		},
	);
});

describe('what a service says is left', () => {
	it('holds back what others who share the token have used up, until the window must have ended', async () => {
		const { ask, grants } = watched({ requests: 100 });
		ask(ends(200, { 'x-ratelimit-remaining': '2' }));
		await settle();
		ask(ends(200, { 'x-ratelimit-remaining': '1' }));
		ask(ends(200, { 'x-ratelimit-remaining': '0' }));
		ask(ok);
		await jest.advanceTimersByTimeAsync(999);
		expect(grants.length).toBe(3);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(4);
	});

	it('counts the requests under way as used', async () => {
		const { ask, grants } = watched({ requests: 100 });
		ask(ends(200, { 'x-ratelimit-remaining': '3' }));
		await settle();
		for (let index = 0; index < 8; index++) ask();
		await settle();
		expect(grants.length).toBe(4);
	});

	it('is the smallest number told, since replies overtake each other', async () => {
		const { ask, grants } = watched({ requests: 100 });
		for (let index = 0; index < 3; index++) ask();
		await settle();
		grants[2]?.slot.count(reply(200, { 'x-ratelimit-remaining': '0' }));
		grants[1]?.slot.count(reply(200, { 'x-ratelimit-remaining': '1' }));
		grants[0]?.slot.count(reply(200, { 'x-ratelimit-remaining': '2' }));
		ask(ok);
		await jest.advanceTimersByTimeAsync(999);
		expect(grants.length).toBe(3);
	});

	it('is believed again as soon as it leaps up: the window was over earlier than known', async () => {
		const { ask, grants } = watched({ requests: 100, windowMs: 60_000 });
		ask();
		ask(ends(200, { 'x-ratelimit-remaining': '1' }));
		await settle();
		grants[0]?.slot.count(reply(200, { 'x-ratelimit-remaining': '90' }));
		for (let index = 0; index < 5; index++) ask();
		await settle();
		expect(grants.length).toBe(7);
	});

	it('holds for a window from when the request was sent, however late its answer comes', async () => {
		const { ask, grants } = watched({ requests: 100 });
		ask((slot) => setTimeout(() => slot.count(reply(200, { 'x-ratelimit-remaining': '0' })), 400));
		await jest.advanceTimersByTimeAsync(400);
		ask(ok);
		await jest.advanceTimersByTimeAsync(599);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(2);
	});

	it('after the window had ended counts for the next one', async () => {
		const { ask, grants } = watched({ requests: 100 });
		const left = (count: number, seconds: number) =>
			reply(200, { 'x-ratelimit-remaining': count, 'x-ratelimit-reset-after': seconds });
		ask();
		ask((slot) => slot.count(left(0, 1)));
		await jest.advanceTimersByTimeAsync(1_500);
		grants[0]?.slot.count(left(5, 2));
		for (let index = 0; index < 8; index++) ask();
		await settle();
		expect(grants.length).toBe(2 + 5);
	});

	it('does not open a window whose end is not named before each request of it is over', async () => {
		const { ask, grants } = watched({ requests: 3 });
		ask(ends(200, { 'x-ratelimit-remaining': '2' }));
		await jest.advanceTimersByTimeAsync(900);
		for (const left of ['1', '0']) ask(ends(200, { 'x-ratelimit-remaining': left }));
		for (let index = 0; index < 3; index++) ask(ok);
		await jest.advanceTimersByTimeAsync(999);
		expect(grants.map(({ at }) => at)).toEqual([0, 900, 900, 1_000]);
	});

	it('opens when the service said it would, and what was sent before counts no more', async () => {
		const { ask, grants } = watched({ requests: 3, windowMs: 60_000 });
		for (const left of ['2', '1', '0']) {
			ask(ends(200, { 'x-ratelimit-remaining': left, 'x-ratelimit-reset-after': '0.25' }));
		}
		for (let index = 0; index < 4; index++) ask();
		await jest.advanceTimersByTimeAsync(249);
		expect(grants.length).toBe(3);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(6);
	});

	it.each([
		['seconds', () => '2'],
		['epoch seconds', () => String(Math.floor(Date.now() / 1000) + 2)],
		['epoch milliseconds', () => String(Date.now() + 2_000)],
		['an HTTP date', () => new Date(Date.now() + 2_000).toUTCString()],
	])('opens at a time told in %s', async (_, time) => {
		const { ask, grants } = watched({ requests: 100 });
		ask(ends(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': time() }));
		await settle();
		ask(ok);
		await jest.advanceTimersByTimeAsync(1_900);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(200);
		expect(grants.length).toBe(2);
	});

	it('does not hold anybody longer than the patience, however far off the end is told', async () => {
		const { ask, grants } = watched({ requests: 100, patienceMs: 10_000 });
		ask(ends(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '999999' }));
		await settle();
		ask(ok);
		await jest.advanceTimersByTimeAsync(9_999);
		expect(grants.length).toBe(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(grants.length).toBe(2);
	});
});
