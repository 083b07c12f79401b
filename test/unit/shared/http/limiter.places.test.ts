import type { Place, Slot } from '../../../../nodes/shared/http/limiter';
import { Limiter, MAX_IN_FLIGHT, MOST_PLACES } from '../../../../nodes/shared/http/limiter';
import { NoSlot } from '../../../../nodes/shared/http/queue';
import type { Rate } from '../../../../nodes/shared/http/service';
import { never, RATE, reply, settle } from './support/limiter.ts';

beforeEach(() => jest.useFakeTimers({ now: 1_780_000_000_000 }));
afterEach(() => jest.useRealTimers());

/** A limiter, and the places and slots that it has given so far. */
function limited(rate: Partial<Rate> = {}) {
	const limiter = new Limiter({ ...RATE, windowMs: 60_000, patienceMs: 300_000, ...rate });
	const places: Place[] = [];
	const askForPlaces = (count: number) => {
		for (let index = 0; index < count; index++) {
			void limiter.place(never()).then((place) => places.push(place));
		}
	};
	return { limiter, places, askForPlaces };
}

/** Takes a slot and uses it up. */
async function use(limiter: Limiter, status = 200, headers: Record<string, unknown> = {}): Promise<void> {
	(await limiter.slot(never())).count(reply(status, headers));
}

describe('a place', () => {
	it('is given to as many as may soon be sent, however few are under way at a time', async () => {
		const { places, askForPlaces } = limited({ requests: 150 });
		askForPlaces(200);
		await settle();
		expect(places.length).toBe(150);
		expect(places.length).toBeGreaterThan(MAX_IN_FLIGHT);
	});

	it('is given to no more than can get ready together', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 1_000_000 });
		for (let times = 0; times < 20; times++) await use(limiter);
		askForPlaces(1_000);
		await settle();
		expect(places.length).toBe(MOST_PLACES);
	});

	it('is given to few where requests take long: those that go out in the next seconds', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 1_000_000 });
		for (let times = 0; times < 20; times++) {
			const slot = await limiter.slot(never());
			await jest.advanceTimersByTimeAsync(5_000);
			slot.count(reply(200));
		}
		askForPlaces(100);
		await settle();
		expect(places.length).toBe(MAX_IN_FLIGHT);
	});

	it('is given to nobody while as many are under way as may be, and take long', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 1_000_000 });
		for (let times = 0; times < 20; times++) {
			const slot = await limiter.slot(never());
			await jest.advanceTimersByTimeAsync(5_000);
			slot.count(reply(200));
		}
		for (let times = 0; times < MAX_IN_FLIGHT; times++) await limiter.slot(never());
		askForPlaces(3);
		await settle();
		expect(places.length).toBe(0);
	});

	it('stays while the answer to another request decides when the slot comes', async () => {
		const { limiter } = limited({ requests: 100 });
		const [first, second] = [await limiter.slot(never()), await limiter.slot(never())];
		const waiting = await limiter.place(never());
		first.count(reply(200, { 'x-ratelimit-remaining': '1' }));
		let slot: Slot | undefined | 'none' = 'none';
		void waiting.slotIfSoon(never()).then((given) => (slot = given));
		await settle();
		expect(slot).toBe('none');
		second.count(reply(200, { 'x-ratelimit-remaining': '1' }));
		await settle();
		expect(slot).toEqual(expect.objectContaining({ count: expect.any(Function) }));
	});

	it('is given to as many as the service says are left, without those under way', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 100 });
		await use(limiter, 200, { 'x-ratelimit-remaining': '3' });
		await limiter.slot(never());
		askForPlaces(5);
		await settle();
		expect(places.length).toBe(2);
	});

	it('is given to one after a 429 that names no time, until that one is answered', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 100 });
		await use(limiter, 429);
		askForPlaces(3);
		await jest.advanceTimersByTimeAsync(1_200);
		expect(places.length).toBe(1);
		(await places[0]?.slot(never()))?.count(reply(200));
		await settle();
		expect(places.length).toBe(3);
	});

	it('that was left for its slot cannot be left again', async () => {
		const { limiter } = limited({ requests: 2 });
		const place = await limiter.place(never());
		await place.slot(never());
		place.leave();
		expect(limiter.unused).toBe(1);
	});

	it('holds nobody up who is ready', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 100 });
		askForPlaces(50);
		await settle();
		for (let times = 0; times < 50; times++) await use(limiter);
		expect(places.length).toBe(50);
	});

	it('waits until a slot is two seconds away', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 1 });
		await use(limiter);
		askForPlaces(1);
		await jest.advanceTimersByTimeAsync(57_999);
		expect(places.length).toBe(0);
		await jest.advanceTimersByTimeAsync(1);
		expect(places.length).toBe(1);
		let slot: Slot | undefined;
		void places[0]?.slotIfSoon(never()).then((given) => (slot = given));
		await jest.advanceTimersByTimeAsync(1_999);
		expect(slot).toBeUndefined();
		await jest.advanceTimersByTimeAsync(1);
		expect(slot).toBeDefined();
	});

	it('that is left goes to the next', async () => {
		const { places, askForPlaces } = limited({ requests: 1 });
		askForPlaces(2);
		await settle();
		expect(places.length).toBe(1);
		places[0]?.leave();
		places[0]?.leave();
		await settle();
		expect(places.length).toBe(2);
	});

	it('is lost when the service asks to wait, and given again when a slot is near', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 100 });
		askForPlaces(3);
		await settle();
		const slots = places.map(async (place) => await place.slotIfSoon(never()));
		// The limiter gives out ten at a time, so the three are under way; the next ones wait.
		expect((await Promise.all(slots)).every((slot) => slot !== undefined)).toBe(true);
		for (let times = 0; times < MAX_IN_FLIGHT - 3; times++) await limiter.slot(never());
		askForPlaces(1);
		await settle();
		const waiting = places[3]?.slotIfSoon(never());
		(await slots[0])?.count(reply(429, { 'retry-after': '30' }));
		expect(await waiting).toBeUndefined();
		askForPlaces(1);
		await jest.advanceTimersByTimeAsync(27_999);
		expect(places.length).toBe(4);
		await jest.advanceTimersByTimeAsync(1);
		expect(places.length).toBe(5);
	});

	it('is kept by a request that is not ready when its slot comes; the next in the queue gets that', async () => {
		const { limiter } = limited({ requests: 2 });
		const first = await (await limiter.place(never())).slotIfSoon(never());
		const second = await (await limiter.place(never())).slotIfSoon(never());
		let third: Slot | undefined;
		void limiter.slot(never()).then((slot) => (third = slot));
		await settle();
		const place = first?.backToPlace();
		await settle();
		// Two requests in the window are as many as there may be: the place counts as one of them.
		expect(third).toBeUndefined();
		const again = await place?.slotIfSoon(never());
		expect(again).toBeDefined();
		again?.giveBack();
		await settle();
		expect(third).toBeDefined();
		second?.count();
	});

	it('is of no use when the service asks for too long a wait', async () => {
		const { limiter } = limited({ requests: 10 });
		const place = await limiter.place(never());
		await use(limiter, 429, { 'retry-after': '3600' });
		await expect(place.slotIfSoon(never())).rejects.toThrow(NoSlot);
		await expect(limiter.place(never())).rejects.toThrow(NoSlot);
		await jest.advanceTimersByTimeAsync(3_600_000);
		jest.setSystemTime(Date.now() + 10 ** 7);
		expect(limiter.isIdle()).toBe(true);
	});

	it('is free again when a request is stopped while it waits for the slot', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 1 });
		const slot = await limiter.slot(never());
		slot.count(reply(200));
		await jest.advanceTimersByTimeAsync(58_500);
		const stop = new AbortController();
		const waiting = (await limiter.place(never())).slotIfSoon(stop.signal);
		askForPlaces(1);
		await settle();
		expect(places.length).toBe(0);
		stop.abort(new Error('stopped'));
		await expect(waiting).rejects.toThrow('stopped');
		expect(places.length).toBe(1);
	});

	it('is free again when a request is stopped before it waits for the slot', async () => {
		const { limiter, places, askForPlaces } = limited({ requests: 1 });
		const place = await limiter.place(never());
		askForPlaces(1);
		await settle();
		expect(places.length).toBe(0);
		await expect(place.slotIfSoon(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
		expect(places.length).toBe(1);
	});

	it.each([
		['a while', '30'],
		['too long', '3600'],
	])('is free again when the service asks to wait for %s before the slot came', async (_, seconds) => {
		const { limiter } = limited({ requests: 100 });
		const slots: Slot[] = [];
		for (let times = 0; times < MAX_IN_FLIGHT; times++) slots.push(await limiter.slot(never()));
		const waiting = (await limiter.place(never())).slotIfSoon(never()).catch((cause: unknown) => cause);
		for (const slot of slots) slot.count(reply(429, { 'retry-after': seconds }));
		expect((await waiting) instanceof NoSlot).toBe(seconds === '3600');
		jest.setSystemTime(Date.now() + 10 ** 7);
		expect(limiter.isIdle()).toBe(true);
	});
});
