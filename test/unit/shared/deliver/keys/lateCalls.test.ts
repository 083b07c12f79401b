import { Keys } from '../../../../../nodes/shared/deliver/keys/keys';
import { SILENCE_MS } from '../../../../../nodes/shared/deliver/keys/silence';
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
	OTHER_EVENT,
	OTHER_NOTES,
	SAME,
	send,
	there,
	TIMEOUT_MS,
	world,
} from './support/twoProcesses.ts';

beforeEach(begin);

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

	it('makes the claims of the next two minutes take one more round, which only one of two can have', async () => {
		const roundsOf = async (key: string) => {
			const item = itemOf(here, key);
			expect(await claim(item)).toBe('free');
			const rounds = entries().filter((entry) => entry.startsWith('open') && entry.endsWith(key));
			item.giveBack();
			await end(item);
			return rounds.length;
		};
		await late(async () => await deliver(here, 'call-1'));
		await world.pause(2_000);
		expect(await roundsOf('call-2')).toBe(2);
		expect(await roundsOf('call-3')).toBe(2);
		await world.pause(120_000);
		expect(await roundsOf('call-4')).toBe(1);
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
		expect(await claim(other)).toBe('free');
		await world.pause(6_000);
		expect(other.maySend()).toBe(false);
		expect(await claim(other)).not.toBe('free');
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
		expect(await found(world.process(), 'call-1')).toBe('free');
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
			expect(await claim(item)).toBe('free');
			await world.pause(500);
		});
		// A claim that nothing wipes out may be used for longer.
		await world.pause(3_000);
		expect(item.maySend()).toBe(false);
	});

	it('is no claim for the process either whose own late removal has brought it back', async () => {
		// It may claim again before its claim has become old.
		const times = { ...SILENCE_MS, noticedAfter: 0, calmStepMs: 1 };
		const [here, there] = [world.process(times), world.process(times)];
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
		expect(await claim(other)).toBe('free');
		expect(other.maySend()).toBe(true);
		expect(await world.until(claiming)).not.toBe('free');
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
					begin();
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
			expect(await item.claim()).toBe('free');
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
		expect(await found(there, 'refused')).toBe('free');
	});
});

describe('a key that is free again, or done, while the store fails', () => {
	const gone = new Error('database is gone');
	/** How the next call of a process fails, if it does. */
	type Failure = (call: 'record' | 'remove') => void;
	const throwing: Failure = (call) => {
		jest.spyOn(here, call).mockRejectedValueOnce(gone);
	};
	/** It is carried out, and nobody hears of it. */
	const unheard: Failure = (call) => {
		const made = here[call].bind(here) as (values: string[]) => Promise<never>;
		jest.spyOn(here, call).mockImplementationOnce(async (values) => {
			await made(values);
			throw gone;
		});
	};
	const late: Failure = (call) => {
		jest.spyOn(here, call).mockImplementationOnce(async () => {
			await here.sleep(10_000);
			throw gone;
		});
	};
	/** The call is carried out, its answer is lost, and the caller makes it once more. */
	const twice: Failure = (call) => {
		const made = here[call].bind(here) as (values: string[]) => Promise<never>;
		jest.spyOn(here, call).mockImplementationOnce(async (values) => {
			await made(values);
			return await made(values);
		});
	};
	const WAYS = { release: 'release', 'give back': 'giveBack' } as const;
	beforeEach(async () => {
		await deliver(here, 'warm-up here');
		await deliver(there, 'warm-up there');
	});

	describe.each(Object.keys(WAYS) as Array<keyof typeof WAYS>)('%s', (way) => {
		it.each([
			['the next question throws', 'record', throwing],
			['the next question throws after ten seconds', 'record', late],
			['the next question is carried out and throws', 'record', unheard],
			['the next question is asked twice', 'record', twice],
			['its removal is carried out and throws', 'remove', unheard],
		] as const)(
			'is not freed a second time, when another process has delivered it: %s',
			async (_, call, failing) => {
				const item = itemOf(here, 'call-1');
				expect(await claim(item)).toBe('free');
				if (call === 'remove') failing(call);
				item[WAYS[way]]();
				void item.end();
				while (world.database.holds('seen\ncall-1')) await world.pause(1);
				if (call === 'record') failing(call);
				void itemOf(here, 'other')
					.claim()
					.catch(() => undefined);
				if (failing !== late) here.stop(3_000);
				await deliver(there, 'call-1');
				await world.pause(20_000);
				expect(await found(world.process(), 'call-1')).toBe('done');
				expect(await found(here, 'call-1')).toBe('done');
			},
		);

		it.each([
			['throws', throwing],
			['throws after ten seconds', late],
		])('is freed in the end, where its removal %s', async (_, failing) => {
			const item = itemOf(here, 'call-1');
			expect(await claim(item)).toBe('free');
			failing('remove');
			failing('record');
			item[WAYS[way]]();
			await end(item);
			expect(await found(there, 'call-1')).toBe('free');
		});
	});

	it.each([
		['throws', throwing],
		['throws after ten seconds', late],
		['is carried out and throws', unheard],
		['is asked twice', twice],
	])(
		'leaves nothing behind once it is done, where its removal fails and the next question %s',
		async (_, failing) => {
			const item = await send(here, 'call-1');
			throwing('remove');
			item.finish();
			void item.end();
			while (jest.mocked(here.remove).mock.calls.length === 0) await world.pause(1);
			failing('record');
			await end(item);
			await world.until(item.confirmed());
			await world.pause(2_000);
			expect(entries()).toHaveLength(3 * ENTRIES_OF_DONE);
			expect(await found(there, 'call-1')).toBe('done');
		},
	);
});
