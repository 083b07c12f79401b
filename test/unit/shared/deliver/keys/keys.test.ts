import type { ItemKey } from '../../../../../nodes/shared/deliver/keys/itemKey';
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
	leave,
	never,
	OTHER_EVENT,
	OTHER_NOTES,
	send,
	there,
	TIMEOUT_MS,
	world,
} from './support/twoProcesses.ts';

beforeEach(begin);

describe('a key', () => {
	it('is new, then under way, then done; in every process', async () => {
		const item = await send(here, 'call-1');
		expect(await found(there, 'call-1')).toBe('underWay');
		item.finish();
		await end(item);
		expect(await found(here, 'call-1')).toBe('done');
		expect(await found(there, 'call-1')).toBe('done');
	});

	it('stays done, however often it is asked for', async () => {
		await deliver(here, 'call-1');
		for (const process of [here, there, here, there]) {
			expect(await found(process, 'call-1')).toBe('done');
		}
		expect(entries()).toHaveLength(ENTRIES_OF_DONE);
	});

	it('is new again once its request was refused, or did not happen', async () => {
		for (const giveUp of [(item: ItemKey) => item.giveBack(), (item: ItemKey) => item.release()]) {
			const item = await send(here, 'call-1');
			giveUp(item);
			await end(item);
			expect(entries()).toEqual([]);
		}
		expect(await found(there, 'call-1')).toBe('free');
	});

	it.each([
		['was refused at once', 0],
		[
			'was refused when its timeout was nearly over, after it had waited for its turn',
			TIMEOUT_MS + 4_000,
		],
	])('that %s is new to the next item of the process as soon as the first one has ended', async (_, ms) => {
		const item = await send(here, 'call-1');
		await world.pause(ms);
		item.release();
		await world.until(item.end());
		expect(await claim(itemOf(here, 'call-1'))).toBe('free');
	});

	it('can be claimed again by the item that has released it', async () => {
		const item = await send(here, 'call-1');
		item.giveBack();
		expect(await claim(item)).toBe('free');
	});

	it('is free when it was claimed and the item ended without a request', async () => {
		expect(await found(here, 'call-1')).toBe('free');
		expect(entries()).toEqual([]);
	});

	it('that was sent and is neither done nor released is begun for those who come later', async () => {
		await leave(here, 'call-1');
		expect(await found(here, 'call-1')).toBe('begun');
		expect(await found(there, 'call-1')).toBe('begun');
	});

	it('that was asked for when the process died is doubtful at worst, never done', async () => {
		await deliver(here, 'call-1');
		const item = itemOf(there, 'call-1');
		const asking = item.claim();
		there.stop(Infinity);
		await world.pause(100);
		expect(await found(world.process(), 'call-1')).toBe('done');
		await Promise.race([asking, Promise.resolve()]);

		world.database.entries = world.database.entries.union(new Set(['open\ncall-1', 'busy\ncall-1']));
		expect(await found(world.process(), 'call-1')).toBe('underWay');
	});

	it('stays under way although a process that has just begun has asked for it before, and stood still', async () => {
		await leave(here, 'call-1');
		const asked = itemOf(there, 'call-1');
		expect(await claim(asked)).toBe('begun');
		// Its first call, which is not followed by a removal that could be checked, is over.
		await world.pause(10);
		there.stop(5_000);
		const third = itemOf(world.process(), 'call-1');
		if ((await claim(third)) === 'underWay') await world.until(third.waitForOther(never));
		while ((await claim(third)) !== 'free') await world.pause(10);
		expect(third.maySend()).toBe(true);
		await world.pause(10_000);
		expect(await found(here, 'call-1')).toBe('underWay');
	});

	it('that was begun says whether it was for another request or another event, as often as it is asked', async () => {
		await leave(here, 'call-1');
		for (const process of [here, there, here]) {
			expect(await found(process, 'call-1', OTHER_NOTES)).toBe('begunOtherwise');
			expect(await found(process, 'call-1', OTHER_EVENT)).toBe('begunOtherEvent');
			expect(await found(process, 'call-1')).toBe('begun');
		}
	});

	it('that was done is done for the same event with other notes, and says so to another event', async () => {
		await deliver(here, 'call-1');
		for (const process of [here, there, here]) {
			expect(await found(process, 'call-1', OTHER_NOTES)).toBe('done');
			expect(await found(process, 'call-1', OTHER_EVENT)).toBe('doneOtherEvent');
		}
		expect(entries()).toHaveLength(ENTRIES_OF_DONE);
	});

	it('that was done is done for its event also in a process that met it first with another event', async () => {
		await deliver(here, 'call-1');
		expect(await found(there, 'call-1', OTHER_EVENT)).toBe('doneOtherEvent');
		expect(await found(there, 'call-1', OTHER_EVENT)).toBe('doneOtherEvent');
		expect(await found(there, 'call-1')).toBe('done');
	});

	it.each(['seen\nx', 'open\nx', '', ' ', 'ü', '\u0000', 'x'.repeat(500)])(
		'may be any text: %j',
		async (key) => {
			await deliver(here, 'x');
			expect(await found(there, key)).toBe('free');
			expect(await found(there, 'x')).toBe('done');
		},
	);
});

describe('a claim', () => {
	it('may be used for some seconds; then it has to be made again', async () => {
		const item = itemOf(here, 'call-1');
		expect(await claim(item)).toBe('free');
		await world.pause(60_000);
		expect(item.maySend()).toBe(false);
		expect(await claim(item)).toBe('free');
		expect(item.maySend()).toBe(true);
	});

	it('that has become old is lost when another has claimed the key after a look-up', async () => {
		const slow = itemOf(here, 'call-1');
		expect(await claim(slow)).toBe('free');
		const other = itemOf(there, 'call-1');
		expect(await claim(other)).toBe('underWay');
		await world.until(other.waitForOther(never));
		expect(await claim(other)).toBe('begun');
		await world.pause(TIMEOUT_MS);
		expect(await claim(other)).toBe('free');
		expect(slow.maySend()).toBe(false);
		expect(await claim(slow)).not.toBe('free');
		other.maySend();
		other.finish();
		await end(other, slow);
		expect(entries()).toHaveLength(ENTRIES_OF_DONE);
	});

	it('of a process that was stopped does not free what another has done meanwhile', async () => {
		const slow = await send(here, 'call-1');
		await world.pause(3 * TIMEOUT_MS);
		const other = itemOf(there, 'call-1');
		await claim(other);
		other.finish();
		await end(other);
		slow.release();
		await end(slow);
		expect(await found(world.process(), 'call-1')).toBe('done');
	});

	it.each(['given back', 'left as it is'])(
		'that was not used for long and is then %s does not free what another has done meanwhile',
		async (how) => {
			const slow = itemOf(here, 'call-1');
			expect(await claim(slow)).toBe('free');
			const other = itemOf(there, 'call-1');
			expect(await claim(other)).toBe('underWay');
			await world.until(other.waitForOther(never));
			expect(await claim(other)).toBe('begun');
			await world.pause(TIMEOUT_MS);
			expect(await claim(other)).toBe('free');
			other.maySend();
			other.finish();
			await end(other);
			if (how === 'given back') slow.giveBack();
			await end(slow);
			expect(await found(world.process(), 'call-1')).toBe('done');
		},
	);

	it('of two processes at the same moment is given to one of them', async () => {
		const names = Array.from({ length: 50 }, (_, index) => `call-${index}`);
		const claims = [here, there].map((process) => names.map((name) => itemOf(process, name)));
		const states = await world.until(
			Promise.all(
				claims.map(async (items) => await Promise.all(items.map(async (item) => await item.claim()))),
			),
		);
		expect(names.map((_, index) => states.filter((of) => of[index] === 'free').length)).toEqual(
			names.map(() => 1),
		);
	});
});

describe('a begun key that a look-up found nothing for', () => {
	/** The key as items of both processes have found it. */
	async function bothOf(key: string): Promise<[ItemKey, ItemKey]> {
		await leave(here, key);
		const both: [ItemKey, ItemKey] = [itemOf(here, key), itemOf(there, key)];
		for (const item of both) {
			expect(await claim(item)).toBe('begun');
			// Until what the question has left behind is removed.
			await world.pause(1_000);
		}
		return both;
	}

	it('is claimed by the first who asks again; the others are told, and may ask again after another look', async () => {
		const [first, second] = await bothOf('call-1');
		expect(await claim(second)).toBe('free');
		expect(await claim(first)).toBe('underWay');
		second.maySend();
		await end(second);
		expect(await claim(first)).toBe('free');
		const third = itemOf(there, 'call-1');
		expect(await claim(third)).toBe('underWay');
		first.maySend();
		first.finish();
		await end(first, third);
		expect(await found(there, 'call-1')).toBe('done');
		expect(entries()).toHaveLength(ENTRIES_OF_DONE);
	});

	it('is claimed by one of two who ask again at the same moment', async () => {
		for (let times = 0; times < 20; times++) {
			const both = await bothOf(`call-${times}`);
			const states = await world.until(Promise.all(both.map(async (item) => await item.claim())));
			expect(states.toSorted()).toEqual(['free', 'underWay']);
		}
	});

	it('stays begun when the request of the claim did not happen, and is free when it was refused', async () => {
		const [first, second] = await bothOf('call-1');
		await claim(second);
		second.maySend();
		second.giveBack();
		await end(second);
		expect(await found(here, 'call-1')).toBe('begun');
		expect(await claim(first)).not.toBe('free');
		expect(await claim(first)).toBe('free');
		first.maySend();
		first.release();
		await end(first);
		expect(await found(there, 'call-1')).toBe('free');
	});

	it('is done by the item that finds it, also while another has claimed it', async () => {
		const [first, second] = await bothOf('call-1');
		await claim(second);
		second.maySend();
		first.finish();
		await end(first);
		expect(await found(world.process(), 'call-1')).toBe('done');
		second.finish();
		await end(second);
		expect(await found(world.process(), 'call-1')).toBe('done');
	});

	it('begun anew after it was free is new to an item that had met it before', async () => {
		const [first, second] = await bothOf('call-1');
		first.release();
		await end(first);
		expect(await claim(second)).toBe('free');
		expect(await found(here, 'call-1')).toBe('underWay');
		second.giveBack();
		await end(second);
		expect(await found(here, 'call-1')).toBe('free');
	});
});

describe('the keys of an execution', () => {
	it('cost nothing when there are none', async () => {
		await world.until(here.keys().confirm());
		expect(world.database.calls).toBe(0);
	});
});
