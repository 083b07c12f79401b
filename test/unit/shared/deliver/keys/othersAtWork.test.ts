import {
	begin,
	claim,
	end,
	ENTRIES_OF_DONE,
	entries,
	found,
	here,
	itemOf,
	never,
	send,
	there,
	TIMEOUT_MS,
	world,
} from './support/twoProcesses.ts';

beforeEach(begin);

describe('a key that another is at work on', () => {
	it('is waited for until it is done', async () => {
		const first = await send(here, 'call-1');
		const second = itemOf(there, 'call-1');
		expect(await claim(second)).toBe('underWay');
		const waiting = second.waitForOther(never);
		await world.pause(10_000);
		first.finish();
		await world.until(waiting);
		expect(await claim(second)).toBe('done');
		await end(first, second);
		expect(entries()).toHaveLength(ENTRIES_OF_DONE);
	});

	it('is waited for until it is free, and then claimed', async () => {
		const first = await send(here, 'call-1');
		const second = itemOf(there, 'call-1');
		expect(await claim(second)).toBe('underWay');
		const waiting = second.waitForOther(never);
		first.giveBack();
		await world.until(waiting);
		expect(await claim(second)).toBe('free');
	});

	it('is waited for as long as a request takes; then it is begun, and nobody else waits', async () => {
		await send(here, 'call-1');
		here.stop(Infinity);
		const second = itemOf(there, 'call-1');
		expect(await claim(second)).toBe('underWay');
		const from = world.time;
		await world.until(second.waitForOther(never));
		expect(world.time - from).toBeGreaterThan(TIMEOUT_MS);
		expect(world.time - from).toBeLessThan(TIMEOUT_MS + 25_000);
		expect(await claim(second)).toBe('begun');
		await end(second);
		expect(await found(there, 'call-1')).toBe('begun');
	});

	it('is waited for anew where the other is still at work on it after that', async () => {
		const first = itemOf(here, 'call-1');
		expect(await claim(first)).toBe('free');
		const second = itemOf(there, 'call-1');
		expect(await claim(second)).toBe('underWay');
		await world.until(second.waitForOther(never));
		expect(await claim(first)).toBe('free');
		expect(await claim(second)).toBe('underWay');
	});

	it('is not taken from an item that claims it while it is looked up, once it was given back', async () => {
		const first = itemOf(here, 'call-1');
		expect(await claim(first)).toBe('free');
		const second = itemOf(there, 'call-1');
		expect(await claim(second)).toBe('underWay');
		await world.until(second.waitForOther(never));
		expect(await claim(second)).toBe('begun');
		first.giveBack();
		await end(first);
		const third = await send(here, 'call-1');
		expect(await claim(second)).toBe('underWay');
		expect(second.maySend()).toBe(false);
		third.finish();
		await end(third);
		await world.until(second.waitForOther(never));
		expect(await claim(second)).toBe('done');
	});

	it('is not taken from the other when the store fails meanwhile', async () => {
		const first = await send(here, 'call-1');
		const second = itemOf(there, 'call-1');
		expect(await claim(second)).toBe('underWay');
		const waiting = second.waitForOther(never);
		const failing = new Error('database is gone');
		world.database.failure = failing;
		await expect(world.until(waiting)).rejects.toThrow(failing);
		delete world.database.failure;
		expect(await claim(second)).toBe('underWay');
		expect(second.maySend()).toBe(false);
		first.finish();
		await end(first);
		await world.until(second.waitForOther(never));
		expect(await claim(second)).toBe('done');
	});

	it('is free again when the store fails while it is claimed, once the other has released it', async () => {
		const first = await send(here, 'call-1');
		const second = itemOf(there, 'call-1');
		expect(await claim(second)).toBe('underWay');
		const waiting = second.waitForOther(never);
		first.giveBack();
		await end(first);
		while (!world.database.holds('seen\ncall-1')) await world.pause(1);
		const failing = new Error('database is gone');
		world.database.failure = failing;
		const failed = expect(waiting).rejects.toThrow(failing);
		const { calls } = world.database;
		while (world.database.calls === calls) await world.pause(5);
		delete world.database.failure;
		await world.until(failed);
		await end(second);
		expect(await found(world.process(), 'call-1')).toBe('free');
	});

	it('is not waited for once the run is stopped', async () => {
		await send(here, 'call-1');
		const second = itemOf(there, 'call-1');
		await claim(second);
		const stop = new AbortController();
		const waiting = second.waitForOther(stop.signal);
		const from = world.time;
		stop.abort();
		await world.until(waiting);
		expect(world.time).toBe(from);
	});
});

describe('holding a key', () => {
	it('keeps others of the process away until it is let go, first come first served', async () => {
		const order: string[] = [];
		const hold = async (name: string) => {
			const letGo = await here.keys().hold('call-1', never);
			order.push(`${name} begins`);
			await here.sleep(10);
			order.push(`${name} ends`);
			letGo();
		};
		await world.until(Promise.all(['a', 'b', 'c'].map(hold)));
		expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	it('does not keep anybody from another key', async () => {
		await here.keys().hold('call-1', never);
		await here.keys().hold('call-2', never);
	});

	it('is not waited for once the run is stopped; the key stays with who has it', async () => {
		const letGo = await here.keys().hold('call-1', never);
		const stop = new AbortController();
		const stopped = here.keys().hold('call-1', stop.signal);
		stop.abort();
		(await stopped)();
		let third = false;
		const waiting = here
			.keys()
			.hold('call-1', never)
			.then(() => {
				third = true;
			});
		await world.pause(10);
		expect(third).toBe(false);
		letGo();
		await waiting;
	});
});
