import type { KeyState } from '../../../../../nodes/shared/deliver/keys/itemKey';
import {
	begin,
	claim,
	deliver,
	end,
	ENTRIES_OF_DONE,
	entries,
	found,
	here,
	itemOf,
	meet,
	never,
	SAME,
	send,
	there,
	world,
} from './support/twoProcesses.ts';
import type { Process } from './support/world.ts';

beforeEach(begin);

describe('the store', () => {
	it('is asked by one at a time, and what waits together goes together', async () => {
		const names = Array.from({ length: 300 }, (_, index) => `call-${index}`);
		const items = names.map((name) => itemOf(here, name));
		const states = await world.until(Promise.all(items.map(async (item) => await item.claim())));
		expect(new Set(states)).toEqual(new Set(['free']));
		for (const item of items) {
			item.maySend();
			item.finish();
		}
		await end(...items);
		expect(world.database.overlaps).toBe(0);
		expect(world.database.calls).toBeLessThan(40);
	});

	it('is called six times for one delivery, and ten times for forty at once', async () => {
		await deliver(here, 'warm-up');
		world.database.calls = 0;
		await deliver(here, 'one');
		expect(world.database.calls).toBeLessThanOrEqual(6);
		world.database.calls = 0;
		const names = Array.from({ length: 40 }, (_, index) => `call-${index}`);
		await Promise.all(names.map(async (name) => await deliver(here, name)));
		expect(world.database.calls).toBeLessThanOrEqual(10);
	});

	it('is not called in the middle of a burst, when a call would take long', async () => {
		here.busyUntil = world.time + 2_000;
		here.lateness = 60;
		const names = Array.from({ length: 40 }, (_, index) => `call-${index}`);
		const from = world.time;
		const claims = names.map(async (name) => await itemOf(here, name).claim());
		await world.pause(1_900);
		expect(world.database.calls).toBe(0);
		expect(new Set(await world.until(Promise.all(claims)))).toEqual(new Set(['free']));
		expect(world.database.calls).toBeLessThanOrEqual(3);
		expect(world.time - from).toBeLessThan(2_500);
	});

	it('is called when no more executions begin, and then once for all', async () => {
		here.busyUntil = world.time + 4_000;
		here.atWork = 0.7;
		const claims: Array<Promise<KeyState>> = [];
		for (let execution = 0; execution < 40; execution++) {
			claims.push(itemOf(here, `call-${execution}`).claim());
			await world.pause(100);
		}
		expect(world.database.calls).toBe(0);
		const last = world.time;
		expect(new Set(await world.until(Promise.all(claims)))).toEqual(new Set(['free']));
		expect(world.database.calls).toBeLessThanOrEqual(3);
		expect(world.time - last).toBeLessThan(400);
	});

	it.each([
		['by other executions', { atWork: 0.5, lateness: 0 }],
		['by late timers of a slow machine', { atWork: 0.5, lateness: 10 }],
	])('is called at once when the process is kept a little busy %s', async (_, load) => {
		Object.assign(here, { busyUntil: Infinity, ...load });
		const from = world.time;
		expect(await claim(itemOf(here, 'call-1'))).toBe('free');
		expect(world.time - from).toBeLessThan(600);
	});

	it.each([
		['', { lateness: 0 }, 6_000, 9_000],
		[' and whose timers are late', { lateness: 60 }, 6_000, 40_000],
	])('is called all the same in a process that never comes to rest%s', async (_, load, least, most) => {
		Object.assign(here, { busyUntil: Infinity, ...load });
		const from = world.time;
		expect(await claim(itemOf(here, 'call-1'))).toBe('free');
		expect(world.time - from).toBeGreaterThan(least);
		expect(world.time - from).toBeLessThan(most);
	});

	it.each([1_000, 2_000, 30_000])(
		'is sent by a process that never comes to rest, with a timeout of %d ms, and the other one waits for it',
		async (timeout) => {
			here.busyUntil = Infinity;
			const keyOf = (process: Process) => process.keys().keyOf('call-1', SAME, timeout);
			const first = keyOf(here);
			expect(await claim(first)).toBe('free');
			expect(first.maySend()).toBe(true);
			const second = keyOf(there);
			expect(await claim(second)).toBe('underWay');
			const waiting = second.waitForOther(never);
			await world.pause(timeout);
			first.finish();
			await world.until(waiting);
			expect(await claim(second)).toBe('done');
		},
	);

	it('that fails fails those who asked; the claim is given up when it can be', async () => {
		await deliver(here, 'warm-up');
		const item = itemOf(here, 'call-1');
		const claiming = item.claim();
		await world.pause(50);
		world.database.failure = new Error('database is gone');
		await expect(world.until(claiming)).rejects.toThrow('database is gone');
		delete world.database.failure;
		await world.until(item.end());
		await world.pause(2_000);
		expect(entries()).toHaveLength(ENTRIES_OF_DONE);
		expect(await found(there, 'call-1')).toBe('free');
	});

	it('that fails for long does not keep an execution waiting', async () => {
		const item = await send(here, 'call-1');
		world.database.failure = new Error('database is gone');
		item.finish();
		await world.until(item.end());
		expect(await world.until(item.confirmed())).toEqual(new Error('database is gone'));
	});

	it('that fails before it is sure that a removal stays does not keep an execution waiting either', async () => {
		await deliver(here, 'warm-up');
		const item = await send(here, 'call-1');
		item.finish();
		await world.until(item.end());
		while (entries().length > 2 * ENTRIES_OF_DONE) await world.pause(1);
		world.database.failure = new Error('database is gone');
		expect(await world.until(item.confirmed())).toEqual(new Error('database is gone'));
	});

	it('keeps nothing of a process but two marks or so', async () => {
		for (let times = 0; times < 30; times++) await deliver(here, `call-${times}`);
		expect(world.database.entries.size - entries().length).toBeLessThan(10);
	});
});

describe('a key that an item has come with', () => {
	it('is known to all processes, whatever came of the item, and is still free', async () => {
		expect(await meet(here, ['a', 'b'])).toEqual(new Set());
		expect(await meet(there, ['a', 'b', 'c'])).toEqual(new Set(['a', 'b']));
		expect(await found(there, 'a')).toBe('free');
	});

	it('costs one call for all items of a run, and none for what this process knows to be done', async () => {
		await deliver(here, 'known');
		const names = Array.from({ length: 300 }, (_, index) => `call-${index}`);
		world.database.calls = 0;
		expect(await meet(here, ['known'])).toEqual(new Set(['known']));
		expect(world.database.calls).toBe(0);
		await meet(here, names);
		expect(world.database.calls).toBe(1);
	});

	it('does not get between the claims of two processes, whenever they ask', async () => {
		const items = [here, there].map((process) => itemOf(process, 'call'));
		const asking = [here, there].map(async (process, index) => {
			await process.keys().metBefore(['call']);
			const state = await items[index]!.claim();
			if (state === 'free' && items[index]!.maySend()) items[index]!.finish();
			return state;
		});
		const states = await world.until(Promise.all(asking));
		await end(...items);
		expect(states.filter((state) => state === 'free')).toHaveLength(1);
		expect(await found(world.process(), 'call')).toBe('done');
	});
});
