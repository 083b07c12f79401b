import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { KeyedEvent, Keys as KeysOfNode } from '../../../../nodes/shared/deliver/keys';
import { Keys } from '../../../../nodes/shared/deliver/keys';
import { KEPT_KEYS } from '../../../../nodes/shared/deliver/keyStore';
import { ProcessedDataStore } from '../../../engine/support/processed-data.ts';

type KeysModule = { Keys: typeof KeysOfNode };

/** The same code in another process: with its own memory of who uses which key. */
function otherProcess(): typeof KeysOfNode {
	let loaded: KeysModule | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<KeysModule>('../../../../nodes/shared/deliver/keys');
	});
	return (loaded as KeysModule).Keys;
}

let workflows = 0;
let store: ProcessedDataStore;
let workflowId: string | undefined;
/** Calls of the store under way, and the most there were at a time. */
let underWay: { now: number; most: number };

beforeEach(() => {
	store = new ProcessedDataStore();
	workflowId = `workflow-${++workflows}`;
	underWay = { now: 0, most: 0 };
});

async function watched<T>(call: Promise<T>): Promise<T> {
	underWay.most = Math.max(underWay.most, ++underWay.now);
	return await call.finally(() => underWay.now--);
}

type Store = IExecuteFunctions['helpers'];

function context(nodeId = 'node'): IExecuteFunctions {
	const where = { workflow: { id: workflowId }, node: { id: nodeId } } as never;
	const check: Store['checkProcessedAndRecord'] = async (values, scope, options) =>
		await watched(store.checkProcessedAndRecord(values, scope, where, options));
	const remove: Store['removeProcessed'] = async (values, scope, options) =>
		await watched(store.removeProcessed(values, scope, where, options));
	return {
		getWorkflow: () => ({ id: workflowId }),
		helpers: { checkProcessedAndRecord: check, removeProcessed: remove },
	} as unknown as IExecuteFunctions;
}

const keysOf = (nodeId = 'node', Class = Keys) => new Class(context(nodeId), nodeId);
/** That it was seen, and its event. */
const ENTRIES_OF_DONE = 2;
const never = new AbortController().signal;

const SAME: KeyedEvent = { event: 'event', request: 'request' };
const OTHER_NOTES: KeyedEvent = { event: 'event', request: 'another' };
const OTHER_EVENT: KeyedEvent = { event: 'another', request: 'another' };
/** Begins a key as an item does that has not met it before. */
const begin = async (keys: KeysOfNode, key: string, about = SAME) => await keys.of(key, about).begin();
/** Brings a key to its end. */
async function deliver(keys: KeysOfNode, key: string): Promise<void> {
	const item = keys.of(key, SAME);
	await item.begin();
	await item.finish();
}

describe('a key', () => {
	it('is new, then begun, then done; and in a later execution as well', async () => {
		const keys = keysOf();
		const item = keys.of('call-1', SAME);
		expect(await item.begin()).toBe('new');
		expect(await begin(keys, 'call-1')).toBe('begun');
		await item.finish();
		expect(await begin(keys, 'call-1')).toBe('done');
		expect(await begin(keysOf(), 'call-1')).toBe('done');
	});

	it('stays done, however often it is asked for', async () => {
		const keys = keysOf();
		await deliver(keys, 'call-1');
		for (let times = 0; times < 5; times++) expect(await begin(keysOf(), 'call-1')).toBe('done');
	});

	it('is new again once it was taken back', async () => {
		const item = keysOf().of('call-1', SAME);
		await item.begin();
		await item.takeBack();
		expect(store.size).toBe(0);
		expect(await begin(keysOf(), 'call-1')).toBe('new');
	});

	it('that was begun and not done is begun for the next execution', async () => {
		await begin(keysOf(), 'call-1');
		expect(await begin(keysOf(), 'call-1')).toBe('begun');
	});

	it('that was asked for when the process died is doubtful at worst, never done', async () => {
		const keys = keysOf();
		await deliver(keys, 'call-1');
		// The question records that it was begun before it is known to be done; dying there leaves that behind.
		await store.checkProcessedAndRecord(
			['seen\ncall-1', 'event\ncall-1\nevent', 'open\ncall-1', 'request\ncall-1\nrequest'],
			'node',
			{ workflow: { id: workflowId }, node: { id: 'node' } } as never,
			{ mode: 'entries', maxEntries: KEPT_KEYS },
		);
		expect(await begin(keysOf(), 'call-1')).toBe('begun');
	});

	it('that was begun for another request says so, and goes on saying what it was begun for', async () => {
		await begin(keysOf(), 'call-1');
		for (const times of [1, 2]) {
			expect([times, await begin(keysOf(), 'call-1', OTHER_NOTES)]).toEqual([times, 'begunOtherwise']);
			expect([times, await begin(keysOf(), 'call-1', OTHER_EVENT)]).toEqual([times, 'begunOtherEvent']);
			expect([times, await begin(keysOf(), 'call-1')]).toEqual([times, 'begun']);
		}
	});

	it('that was done is done for the same event with other notes, and says so to another event', async () => {
		const keys = keysOf();
		await deliver(keys, 'call-1');
		for (const times of [1, 2]) {
			expect([times, await begin(keysOf(), 'call-1', OTHER_NOTES)]).toEqual([times, 'done']);
			expect([times, await begin(keysOf(), 'call-1', OTHER_EVENT)]).toEqual([times, 'doneOtherEvent']);
		}
		expect(store.size).toBe(ENTRIES_OF_DONE);
	});

	it('is one of its node and workflow alone', async () => {
		await begin(keysOf('node'), 'call-1');
		expect(await begin(keysOf('other'), 'call-1')).toBe('new');
		workflowId = `workflow-${++workflows}`;
		expect(await begin(keysOf('node'), 'call-1')).toBe('new');
	});

	it.each(['seen\nx', 'open\nx', '', ' ', 'ü', '\u0000', 'x'.repeat(500)])(
		'may be any text: %j',
		async (key) => {
			await deliver(keysOf(), 'x');
			expect(await begin(keysOf(), key)).toBe('new');
			expect(await begin(keysOf(), 'x')).toBe('done');
		},
	);

	it('cannot be begun where n8n has no store, as in a workflow never saved', async () => {
		workflowId = undefined;
		await expect(begin(keysOf(), 'call-1')).rejects.toThrow();
	});

	it('leaves two entries when it is done; the oldest make room', async () => {
		const keys = keysOf();
		const names = Array.from({ length: KEPT_KEYS + 50 }, (_, index) => `call-${index}`);
		await Promise.all(names.slice(0, 40).map(async (name) => await deliver(keys, name)));
		expect(store.size).toBe(40 * ENTRIES_OF_DONE);
		// Long after, when nobody looks after them any more.
		const now = Date.now;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
		for (let from = 40; from < names.length; from += 3_000) {
			const part = names.slice(from, from + 3_000);
			await Promise.all(part.map(async (name) => await deliver(keys, name)));
		}
		expect(store.size).toBeLessThanOrEqual(KEPT_KEYS * ENTRIES_OF_DONE);
		expect(await begin(keys, 'call-0')).toBe('new');
		expect(await begin(keys, `call-${names.length - 1}`)).toBe('done');
		clock.mockRestore();
	});
});

describe('a begun key that a look-up found nothing for', () => {
	const There = otherProcess();
	/** The key as an item of each of two processes has it. */
	const bothOf = (key: string) => [keysOf().of(key, SAME), keysOf('node', There).of(key, SAME)] as const;

	it('is taken on by the first who asks again; the others are told, and may ask again after another look', async () => {
		const [first, second] = bothOf('call-1');
		const third = keysOf().of('call-1', SAME);
		expect(await first.begin()).toBe('new');
		expect(await second.begin()).toBe('begun');
		expect(await third.begin()).toBe('begun');

		expect(await second.begin()).toBe('new');
		expect(await first.begin()).toBe('begun');
		expect(await third.begin()).toBe('begun');

		expect(await first.begin()).toBe('new');
		expect(await second.begin()).toBe('begun');
		await first.finish();
		expect(await second.begin()).toBe('done');
		expect(await third.begin()).toBe('done');
		expect(store.size).toBe(ENTRIES_OF_DONE);
	});

	it('stays begun when nothing came of the request of whoever took it on', async () => {
		const [first, second] = bothOf('call-1');
		await first.begin();
		await second.begin();
		await second.begin();
		await second.takeBack();
		expect(await begin(keysOf(), 'call-1')).toBe('begun');
		expect(await first.begin()).toBe('new');
		await first.free();
		expect(store.size).toBe(0);
	});

	it('is done by whoever does it first, also while another has taken it on', async () => {
		const [first, second] = bothOf('call-1');
		await first.begin();
		await second.begin();
		await second.begin();
		await first.finish();
		expect(await begin(keysOf('node', otherProcess()), 'call-1')).toBe('done');
		await second.finish();
		expect(store.size).toBe(ENTRIES_OF_DONE);
	});

	it('begun anew after it was free is new to whoever had met it before', async () => {
		const [first, second] = bothOf('call-1');
		await first.begin();
		await second.begin();
		await first.free();
		expect(await second.begin()).toBe('new');
		expect(await begin(keysOf(), 'call-1')).toBe('begun');
	});
});

describe('what another process wiped out', () => {
	/** As a process does that had read the store before and writes it back late. */
	const wipe = async (key: string) =>
		await store.removeProcessed(
			[`seen\n${key}`, `event\n${key}\nevent`, `open\n${key}`, `request\n${key}\nrequest`],
			'node',
			{ workflow: { id: workflowId }, node: { id: 'node' } } as never,
			{ mode: 'entries' },
		);

	it('is written again with the next call, long before the execution ends', async () => {
		const keys = keysOf();
		await deliver(keys, 'done');
		await wipe('done');
		await begin(keys, 'next');
		expect(await begin(keysOf('node', otherProcess()), 'done')).toBe('done');
	});

	it('is still known when nothing of the node has run meanwhile', async () => {
		setFlagsFromString('--expose-gc');
		const collect = runInNewContext('gc') as () => void;
		await deliver(keysOf(), 'done');
		await wipe('done');
		// What nobody holds is gone after some turns of the event loop.
		for (let turns = 0; turns < 5; turns++) {
			await new Promise(setImmediate);
			collect();
		}
		expect(await begin(keysOf(), 'done')).toBe('done');
	});

	it('is still known in the process it belongs to', async () => {
		const keys = keysOf();
		await deliver(keys, 'done');
		await wipe('done');
		expect(await begin(keysOf(), 'done')).toBe('done');
	});

	it('is not brought back when it was taken back', async () => {
		const keys = keysOf();
		const item = keys.of('refused', SAME);
		await item.begin();
		await item.takeBack();
		await begin(keys, 'next');
		expect(await begin(keysOf('node', otherProcess()), 'refused')).toBe('new');
	});
});

describe('the store', () => {
	it('is asked by one at a time, and what waits together goes together', async () => {
		const names = Array.from({ length: 300 }, (_, index) => `call-${index}`);
		const items = names.map((name) => keysOf().of(name, SAME));
		const states = await Promise.all(items.map(async (item) => await item.begin()));
		expect(new Set(states)).toEqual(new Set(['new']));
		await Promise.all(items.map(async (item) => await item.finish()));
		expect(underWay.most).toBe(1);
		expect(store.calls.length).toBeLessThan(20);
		for (const name of names) expect(await begin(keysOf(), name)).toBe('done');
	});

	it('stays the one of the node while an execution of it still uses it', async () => {
		const first = keysOf();
		const letGo = await first.hold('call-1', never);
		letGo();
		// Idle now; other nodes come and go.
		for (let index = 0; index < 5; index++) await begin(keysOf(`other-${index}`), 'x');
		const second = keysOf();
		await first.hold('call-1', never);
		const stop = new AbortController();
		let held = false;
		const waiting = second.hold('call-1', stop.signal).then(() => {
			held = true;
		});
		await new Promise(setImmediate);
		expect(held).toBe(false);
		stop.abort();
		await waiting;
	});

	it('that fails once, as when two processes make the first record, is asked again', async () => {
		const real = store.checkProcessedAndRecord.bind(store);
		const check = jest.spyOn(store, 'checkProcessedAndRecord');
		check.mockImplementationOnce(async () => await Promise.reject(new Error('UNIQUE constraint')));
		check.mockImplementation(real);
		expect(await begin(keysOf(), 'call-1')).toBe('new');
	});

	it('that fails before a record is sure to stay leaves the key as it was', async () => {
		const real = store.checkProcessedAndRecord.bind(store);
		const check = jest.spyOn(store, 'checkProcessedAndRecord');
		check.mockImplementationOnce(real);
		check.mockRejectedValue(new Error('database is gone'));
		await expect(begin(keysOf(), 'call-1')).rejects.toThrow('database is gone');
		check.mockRestore();
		expect(store.size).toBe(0);
		expect(await begin(keysOf(), 'call-1')).toBe('new');
	});

	it('that fails for good fails those who asked, and serves the next', async () => {
		const check = jest.spyOn(store, 'checkProcessedAndRecord');
		check.mockRejectedValue(new Error('database is gone'));
		await expect(begin(keysOf(), 'call-1')).rejects.toThrow('database is gone');
		check.mockRestore();
		expect(await begin(keysOf(), 'call-1')).toBe('new');
	});
});

describe('holding a key', () => {
	it('keeps others away until it is let go, first come first served', async () => {
		const order: string[] = [];
		const hold = async (name: string) => {
			const letGo = await keysOf().hold('call-1', never);
			order.push(`${name} begins`);
			await new Promise(setImmediate);
			order.push(`${name} ends`);
			letGo();
		};
		await Promise.all(['a', 'b', 'c'].map(hold));
		expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	it('does not keep anybody from another key', async () => {
		await keysOf().hold('call-1', never);
		await keysOf().hold('call-2', never);
	});

	it('is not waited for once the run is stopped; the key stays with who has it', async () => {
		const letGo = await keysOf().hold('call-1', never);
		const stop = new AbortController();
		const stopped = keysOf().hold('call-1', stop.signal);
		stop.abort();
		(await stopped)();
		let third = false;
		const waiting = keysOf()
			.hold('call-1', never)
			.then(() => {
				third = true;
			});
		await new Promise(setImmediate);
		expect(third).toBe(false);
		letGo();
		await waiting;
	});
});

describe('the keys that an execution has done', () => {
	it('are recorded again when another process wrote over them', async () => {
		const keys = keysOf();
		await deliver(keys, 'call-1');
		const where = { workflow: { id: workflowId }, node: { id: 'node' } } as never;
		await store.removeProcessed(['seen\ncall-1'], 'node', where, { mode: 'entries' });
		expect(store.holds('seen\ncall-1')).toBe(false);
		await keys.confirm();
		expect(store.holds('seen\ncall-1')).toBe(true);
		expect(await begin(keysOf(), 'call-1')).toBe('done');
	});

	it('are no longer open, even if that was written over', async () => {
		const keys = keysOf();
		await deliver(keys, 'call-1');
		const where = { workflow: { id: workflowId }, node: { id: 'node' } } as never;
		await store.checkProcessedAndRecord(['open\ncall-1'], 'node', where, { mode: 'entries' });
		await keys.confirm();
		expect(await begin(keysOf(), 'call-1')).toBe('done');
	});

	it('are no longer open after they were asked for again, even if that was written over', async () => {
		const first = keysOf();
		await deliver(first, 'call-1');
		const again = keysOf();
		expect(await begin(again, 'call-1')).toBe('done');
		const where = { workflow: { id: workflowId }, node: { id: 'node' } } as never;
		await store.checkProcessedAndRecord(['open\ncall-1'], 'node', where, { mode: 'entries' });
		await again.confirm();
		expect(await begin(keysOf(), 'call-1')).toBe('done');
	});

	it('are all there after two processes recorded theirs at the same time', async () => {
		const Other = otherProcess();
		const work = async (keys: KeysOfNode, prefix: string) => {
			const names = Array.from({ length: 60 }, (_, index) => `${prefix}-${index}`);
			for (let from = 0; from < names.length; from += 5) {
				const part = names.slice(from, from + 5);
				await Promise.all(part.map(async (name) => await deliver(keys, name)));
			}
			await keys.confirm();
			return names;
		};
		const names = (
			await Promise.all([work(keysOf(), 'here'), work(keysOf('node', Other), 'there')])
		).flat();
		expect(underWay.most).toBe(2);
		const states = await Promise.all(names.map(async (name) => await begin(keysOf(), name)));
		expect(states).toEqual(names.map(() => 'done'));
	});

	it('cost nothing when there are none', async () => {
		await keysOf().confirm();
		expect(store.calls).toEqual([]);
	});
});
