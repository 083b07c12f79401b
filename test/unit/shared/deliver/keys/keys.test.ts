import type { KeyedEvent } from '../../../../../nodes/shared/deliver/keys/entries';
import type { ItemKey, KeyState } from '../../../../../nodes/shared/deliver/keys/itemKey';
import { Keys } from '../../../../../nodes/shared/deliver/keys/keys';
import { KEPT_ENTRIES, KEPT_KEYS } from '../../../../../nodes/shared/deliver/keys/n8nStore';
import { SILENCE_MS } from '../../../../../nodes/shared/deliver/keys/silence';
import type { Process } from './support/world.ts';
import { World } from './support/world.ts';

const TIMEOUT_MS = 30_000;
const SAME: KeyedEvent = { event: 'event', request: 'request' };
const OTHER_NOTES: KeyedEvent = { event: 'event', request: 'another' };
const OTHER_EVENT: KeyedEvent = { event: 'another', request: 'another' };
/** That it was seen, and its event. */
const ENTRIES_OF_DONE = 2;
const never = new AbortController().signal;

let world: World;
let here: Process;
let there: Process;
beforeEach(() => {
	world = new World();
	here = world.process();
	there = world.process();
});

/** What is in the store for keys, without the marks that the processes leave for themselves. */
const entries = () => [...world.database.entries].filter((entry) => !entry.startsWith('mark\n'));
const itemOf = (process: Process, key: string, about = SAME) => process.keys().keyOf(key, about, TIMEOUT_MS);
const claim = async (item: ItemKey): Promise<KeyState> => await world.until(item.claim());

/** Claims a key and sends its event; what came of it is not known yet. */
async function send(process: Process, key: string, about = SAME): Promise<ItemKey> {
	const item = itemOf(process, key, about);
	const state = await claim(item);
	// A test that sends ten thousand would spend most of its time on expectations.
	if (state !== 'new' || !item.maySend()) throw new Error(`${key} may not be sent: it is ${state}`);
	return item;
}

/** Ends an item, and waits until that is sure to stay. */
async function end(...items: ItemKey[]): Promise<void> {
	await world.until(Promise.all(items.map(async (item) => await item.end())));
	await world.until(Promise.all(items.map(async (item) => await item.confirmed())));
}

/** Brings a key to its end. */
async function deliver(process: Process, key: string, about = SAME): Promise<void> {
	const item = await send(process, key, about);
	item.finish();
	await end(item);
}

/** Asks which keys items have come with before. */
const meet = async (process: Process, keys: string[]): Promise<Set<string>> =>
	await world.until(process.keys().metBefore(keys));

/** Leaves a key in doubt. */
async function leave(process: Process, key: string, about = SAME): Promise<void> {
	await end(await send(process, key, about));
}

/** What a redelivery finds, which sends nothing. */
async function found(process: Process, key: string, about = SAME): Promise<KeyState> {
	const item = itemOf(process, key, about);
	const state = await claim(item);
	await end(item);
	return state;
}

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
		expect(await found(there, 'call-1')).toBe('new');
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
		expect(await claim(itemOf(here, 'call-1'))).toBe('new');
	});

	it('can be claimed again by the item that has released it', async () => {
		const item = await send(here, 'call-1');
		item.giveBack();
		expect(await claim(item)).toBe('new');
	});

	it('is free when it was claimed and the item ended without a request', async () => {
		expect(await found(here, 'call-1')).toBe('new');
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
		while ((await claim(third)) !== 'new') await world.pause(10);
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
			expect(await found(there, key)).toBe('new');
			expect(await found(there, 'x')).toBe('done');
		},
	);
});

describe('a claim', () => {
	it('may be used for some seconds; then it has to be made again', async () => {
		const item = itemOf(here, 'call-1');
		expect(await claim(item)).toBe('new');
		await world.pause(60_000);
		expect(item.maySend()).toBe(false);
		expect(await claim(item)).toBe('new');
		expect(item.maySend()).toBe(true);
	});

	it('that has become old is lost when another has claimed the key after a look-up', async () => {
		const slow = itemOf(here, 'call-1');
		expect(await claim(slow)).toBe('new');
		const other = itemOf(there, 'call-1');
		expect(await claim(other)).toBe('underWay');
		await world.pause(2 * TIMEOUT_MS);
		expect(await claim(other)).toBe('new');
		expect(slow.maySend()).toBe(false);
		expect(await claim(slow)).not.toBe('new');
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
			expect(await claim(slow)).toBe('new');
			const other = itemOf(there, 'call-1');
			expect(await claim(other)).toBe('underWay');
			await world.pause(3 * TIMEOUT_MS);
			expect(await claim(other)).toBe('new');
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
		expect(names.map((_, index) => states.filter((of) => of[index] === 'new').length)).toEqual(
			names.map(() => 1),
		);
	});
});

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
		expect(await claim(second)).toBe('new');
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
		expect(await found(world.process(), 'call-1')).toBe('new');
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
		expect(await claim(second)).toBe('new');
		expect(await claim(first)).toBe('underWay');
		second.maySend();
		await end(second);
		expect(await claim(first)).toBe('new');
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
			expect(states.toSorted()).toEqual(['new', 'underWay']);
		}
	});

	it('stays begun when the request of the claim did not happen, and is free when it was refused', async () => {
		const [first, second] = await bothOf('call-1');
		await claim(second);
		second.maySend();
		second.giveBack();
		await end(second);
		expect(await found(here, 'call-1')).toBe('begun');
		expect(await claim(first)).not.toBe('new');
		expect(await claim(first)).toBe('new');
		first.maySend();
		first.release();
		await end(first);
		expect(await found(there, 'call-1')).toBe('new');
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
		expect(await claim(second)).toBe('new');
		expect(await found(here, 'call-1')).toBe('underWay');
		second.giveBack();
		await end(second);
		expect(await found(here, 'call-1')).toBe('new');
	});
});

describe('what a late call wipes out', () => {
	/** Writes back what was in the store some time ago, as a process does that was stopped meanwhile. */
	const late = async (between: () => Promise<void>) => {
		const before = world.database.entries;
		await between();
		world.database.entries = before;
	};
	beforeEach(async () => {
		await deliver(here, 'warm-up here');
		await deliver(there, 'warm-up there');
	});

	it('is done again a moment later, although nothing else happens', async () => {
		await late(async () => await deliver(here, 'call-1'));
		await world.pause(2_000);
		expect(await found(there, 'call-1')).toBe('done');
	});

	it('is done again where its leftovers have come back', async () => {
		const item = await send(here, 'call-1');
		await late(async () => {
			item.finish();
			await end(item);
		});
		await world.pause(2_000);
		expect(await found(there, 'call-1')).toBe('done');
	});

	it('leaves nothing behind where what was removed has come back', async () => {
		const item = await send(here, 'call-1');
		// A few looks of the process at its records.
		for (const from = world.database.calls; world.database.calls < from + 2;) await world.pause(1);
		await late(async () => {
			for (const from = world.database.calls; world.database.calls < from + 2;) await world.pause(1);
			item.finish();
			await world.until(item.end());
			while (entries().length > 3 * ENTRIES_OF_DONE) await world.pause(1);
		});
		await world.pause(40_000);
		expect(await found(there, 'call-1')).toBe('done');
		expect(entries()).toHaveLength(3 * ENTRIES_OF_DONE);
	});

	it('is done again some seconds later', async () => {
		await late(async () => {
			await deliver(here, 'call-1');
			await world.pause(20_000);
		});
		await world.pause(40_000);
		expect(await found(there, 'call-1')).toBe('done');
	});

	it('is done again also where the call that brings it back is wiped out', async () => {
		await late(async () => await deliver(here, 'call-1'));
		const wiped = world.database.entries;
		const ofHere = (entry: string) => entry.startsWith('mark\n1.') && !wiped.has(entry);
		while (![...world.database.entries].some(ofHere)) await world.pause(1);
		await late(async () => {
			while (!world.database.holds('seen\ncall-1')) await world.pause(1);
		});
		await world.pause(5_000);
		expect(await found(there, 'call-1')).toBe('done');
	});

	it('is begun again, and takes the claim from the item that made it meanwhile', async () => {
		let item = itemOf(here, 'call-1');
		await late(async () => {
			item = await send(here, 'call-1');
		});
		const other = itemOf(there, 'call-1');
		expect(await claim(other)).toBe('new');
		await world.pause(6_000);
		expect(other.maySend()).toBe(false);
		expect(await claim(other)).not.toBe('new');
		item.finish();
		await end(item, other);
		expect(await found(there, 'call-1')).toBe('done');
	});

	it('is begun again where another item of the process has met it in between', async () => {
		await late(async () => {
			await leave(here, 'call-1');
			expect(await found(here, 'call-1', OTHER_NOTES)).toBe('begunOtherwise');
		});
		await world.pause(5_000);
		expect(await found(there, 'call-1')).toBe('begun');
		expect(await found(there, 'call-1', OTHER_NOTES)).toBe('begunOtherwise');
	});

	it('is not begun again by a process that has only met it, once it is free', async () => {
		const item = await send(there, 'call-1');
		expect(await found(here, 'call-1')).toBe('underWay');
		item.release();
		await end(item);
		await late(async () => await deliver(here, 'call-2'));
		await world.pause(5_000);
		expect(await found(here, 'call-2')).toBe('done');
		expect(await found(world.process(), 'call-1')).toBe('new');
	});

	it('is not begun again by the process that left it in doubt, once another one has found its event', async () => {
		await leave(here, 'call-1');
		const other = itemOf(there, 'call-1');
		expect(await claim(other)).toBe('begun');
		other.finish();
		await end(other);
		await late(async () => await deliver(here, 'call-2'));
		await world.pause(5_000);
		expect(await found(here, 'call-2')).toBe('done');
		expect(await found(world.process(), 'call-1')).toBe('done');
	});

	it('is not done for an event with which the process has only met the ID of another one', async () => {
		await deliver(there, 'call-1');
		expect(await found(here, 'call-1', OTHER_EVENT)).toBe('doneOtherEvent');
		await late(async () => await deliver(here, 'call-2'));
		await world.pause(5_000);
		expect(await found(here, 'call-2')).toBe('done');
		expect(await found(world.process(), 'call-1', OTHER_EVENT)).toBe('doneOtherEvent');
	});

	it('is no claim any more: it has to be made again before the event is sent', async () => {
		let item = itemOf(here, 'call-1');
		await late(async () => {
			item = itemOf(here, 'call-1');
			expect(await claim(item)).toBe('new');
			await world.pause(500);
		});
		// A claim that nothing wipes out may be used for longer.
		await world.pause(3_000);
		expect(item.maySend()).toBe(false);
	});

	it('is no claim for the process either whose own late removal has brought it back', async () => {
		// It may claim again before its claim has become old.
		const times = { ...SILENCE_MS, noticedAfter: 0, calmTurn: 1 };
		[here, there] = [world.process(times), world.process(times)];
		await deliver(there, 'warm-up');
		const earlier = await send(here, 'earlier');
		await world.pause(2_000);
		let calls = 0;
		// Both ask at the same moment. The removal of one reads before the other has written, and writes long after that.
		world.database.latency = (process) => {
			if (process === there) return [1, 10];
			calls++;
			return [1, calls === 2 ? 500 : 1];
		};
		earlier.finish();
		const [item, other] = [itemOf(here, 'call-1'), itemOf(there, 'call-1')];
		const claiming = item.claim();
		expect(await claim(other)).toBe('new');
		expect(other.maySend()).toBe(true);
		expect(await world.until(claiming)).not.toBe('new');
		other.finish();
		await end(item, other, earlier);
		expect(await found(world.process(), 'call-1')).toBe('done');
	});

	it('is known in the process it belongs to at once', async () => {
		await late(async () => await deliver(here, 'call-1'));
		expect(await found(here, 'call-1')).toBe('done');
	});

	it.each([
		['has time to spare', 0, 0],
		['is at work all the time', 1, 0],
		['is at work, and a claim waits', 1, 1],
		['is at work, and claims keep coming', 1, 300],
	])(
		'is done again before the process of the late call claims it: the other one %s',
		async (_, atWork, claims) => {
			for (const writing of [300, 1_000, 3_000]) {
				for (const pause of [0, 4_000, 9_000]) {
					world = new World();
					here = world.process();
					there = world.process();
					await deliver(here, 'warm-up here');
					await deliver(there, 'warm-up there');
					world.database.latency = (process) => [1, process === there ? writing : 1];
					void itemOf(there, 'late').claim();
					await deliver(here, 'call-1');
					Object.assign(here, { atWork, busyUntil: Infinity });
					for (let other = 0; other < claims; other++) {
						void world
							.sleep(100 * other, here)
							.then(async () => await itemOf(here, `other ${other}`).claim());
					}
					await world.pause(pause);
					world.database.latency = () => [1, 1];
					expect([writing, pause, await found(there, 'call-1')]).toEqual([writing, pause, 'done']);
				}
			}
		},
	);

	/** Delivers a key by an execution that its process ends with, while a late call of another one is under way. */
	const deliverAndEnd = async (key: string, lateMs: number) => {
		const keys = new Keys(here.store, true);
		const item = keys.keyOf(key, SAME, TIMEOUT_MS);
		const ended = (async () => {
			expect(await item.claim()).toBe('new');
			item.maySend();
			item.finish();
			await item.end();
			await keys.confirm();
			here.stop(Infinity);
		})();
		await late(async () => await world.pause(lateMs));
		await world.until(ended);
	};

	it.each([1_000, 2_000, 4_000])(
		'is done again before its process ends with its execution, by a call that is %d ms late',
		async (ms) => {
			await deliverAndEnd('call-1', ms);
			expect(await found(there, 'call-1')).toBe('done');
			expect(await found(world.process(), 'call-1')).toBe('done');
		},
	);

	it('is done again before its process ends, by a call that is 12 s late, where one was late before', async () => {
		await late(async () => await deliver(here, 'earlier'));
		await world.pause(20_000);
		await deliverAndEnd('call-1', 12_000);
		expect(await found(there, 'call-1')).toBe('done');
	});

	it('does not keep a process that ends with its execution for longer than a minute and a half', async () => {
		const isOver = new AbortController();
		const wipeOut = async () => {
			while (!isOver.signal.aborted) {
				await there.sleep(3_000);
				world.database.entries = new Set();
			}
		};
		const from = world.time;
		const wiping = wipeOut();
		await deliverAndEnd('call-1', 1);
		expect(world.time - from).toBeLessThan(90_000);
		isOver.abort();
		await world.until(wiping);
	});

	it('is not released a second time: another process may have delivered it by then', async () => {
		await late(async () => {
			const item = await send(here, 'call-1');
			item.release();
			await world.until(item.end());
		});
		here.stop(3_000);
		await deliver(there, 'call-1');
		await world.pause(10_000);
		expect(await found(world.process(), 'call-1')).toBe('done');
	});

	it('is not brought back when it was released', async () => {
		await late(async () => {
			const item = await send(here, 'refused');
			item.release();
			await end(item);
		});
		await world.pause(5_000);
		expect(await found(there, 'refused')).toBe('new');
	});
});

describe('the store', () => {
	it('is asked by one at a time, and what waits together goes together', async () => {
		const names = Array.from({ length: 300 }, (_, index) => `call-${index}`);
		const items = names.map((name) => itemOf(here, name));
		const states = await world.until(Promise.all(items.map(async (item) => await item.claim())));
		expect(new Set(states)).toEqual(new Set(['new']));
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
		expect(new Set(await world.until(Promise.all(claims)))).toEqual(new Set(['new']));
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
		expect(new Set(await world.until(Promise.all(claims)))).toEqual(new Set(['new']));
		expect(world.database.calls).toBeLessThanOrEqual(3);
		expect(world.time - last).toBeLessThan(400);
	});

	it.each([
		['by other executions', { atWork: 0.5, lateness: 0 }],
		['by late timers of a slow machine', { atWork: 0.5, lateness: 10 }],
	])('is called at once when the process is kept a little busy %s', async (_, load) => {
		Object.assign(here, { busyUntil: Infinity, ...load });
		const from = world.time;
		expect(await claim(itemOf(here, 'call-1'))).toBe('new');
		expect(world.time - from).toBeLessThan(600);
	});

	it.each([
		['', { lateness: 0 }, 6_000, 9_000],
		[' and whose timers are late', { lateness: 60 }, 6_000, 40_000],
	])('is called all the same in a process that never comes to rest%s', async (_, load, least, most) => {
		Object.assign(here, { busyUntil: Infinity, ...load });
		const from = world.time;
		expect(await claim(itemOf(here, 'call-1'))).toBe('new');
		expect(world.time - from).toBeGreaterThan(least);
		expect(world.time - from).toBeLessThan(most);
	});

	it.each([1_000, 2_000, 30_000])(
		'is sent by a process that never comes to rest, with a timeout of %d ms, and the other one waits for it',
		async (timeout) => {
			here.busyUntil = Infinity;
			const keyOf = (process: Process) => process.keys().keyOf('call-1', SAME, timeout);
			const first = keyOf(here);
			expect(await claim(first)).toBe('new');
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
		expect(await found(there, 'call-1')).toBe('new');
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
		expect(await found(there, 'a')).toBe('new');
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
			if (state === 'new' && items[index]!.maySend()) items[index]!.finish();
			return state;
		});
		const states = await world.until(Promise.all(asking));
		await end(...items);
		expect(states.filter((state) => state === 'new')).toHaveLength(1);
		expect(await found(world.process(), 'call')).toBe('done');
	});
});

describe('what is remembered', () => {
	beforeEach(() => {
		world.database.most = KEPT_ENTRIES;
	});

	const namesOf = (series: string, count: number) =>
		Array.from({ length: count }, (_, index) => `${series}-${index}`);
	/** Many keys, as many at a time as webhooks come in a burst. */
	async function many(names: string[], work: (name: string) => Promise<void>): Promise<void> {
		for (let from = 0; from < names.length; from += 400) {
			await Promise.all(names.slice(from, from + 400).map(work));
		}
	}
	const lost = async (names: string[], state: KeyState) => {
		const process = world.process();
		let count = 0;
		await many(names, async (name) => {
			if ((await found(process, name)) !== state) count++;
		});
		return count;
	};

	it('are the last 10,000 done keys', async () => {
		await deliver(here, 'long ago');
		const names = namesOf('call', KEPT_KEYS);
		await many(names, async (name) => await deliver(here, name));
		expect(await lost(names, 'done')).toBe(0);
		await many(namesOf('later', KEPT_KEYS), async (name) => await deliver(here, name));
		expect(await found(there, 'long ago')).toBe('new');
	}, 60_000);

	it('are as many where each was met first', async () => {
		const names = namesOf('call', KEPT_KEYS);
		await many(names, async (name) => {
			await meet(here, [name]);
			await deliver(here, name);
		});
		expect(await lost(names, 'done')).toBe(0);
		expect((await meet(there, names)).size).toBe(KEPT_KEYS);
	}, 60_000);

	it('are 5,000 keys in doubt', async () => {
		const names = namesOf('call', KEPT_KEYS / 2);
		await many(names, async (name) => await leave(here, name));
		expect(await lost(names, 'begun')).toBe(0);
	}, 60_000);

	it('a key under way is not forgotten while others come and go', async () => {
		const item = await send(here, 'slow');
		await many(namesOf('call', KEPT_KEYS - 1), async (name) => await deliver(here, name));
		expect(await found(there, 'slow')).toBe('underWay');
		item.finish();
		await end(item);
		expect(await found(there, 'slow')).toBe('done');
	}, 60_000);

	it('a begun key of which half is forgotten is never told as done', async () => {
		await leave(here, 'old');
		const all = entries();
		for (let gone = 1; gone <= all.length; gone++) {
			world.database.entries = new Set(all.slice(gone));
			expect(['begun', 'begunOtherwise', 'begunOtherEvent', 'new']).toContain(
				await found(world.process(), 'old'),
			);
		}
	});

	it('few entries are removed with one call: n8n looks for each in the whole row', async () => {
		await many(namesOf('call', 2_000), async (name) => await deliver(here, name));
		expect(world.database.mostRemoved).toBeLessThan(350);
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

describe('the keys of an execution', () => {
	it('cost nothing when there are none', async () => {
		await world.until(here.keys().confirm());
		expect(world.database.calls).toBe(0);
	});
});
