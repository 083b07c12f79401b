import type { IExecuteFunctions } from 'n8n-workflow';

import type { Keys as KeysOfNode } from '../../../nodes/shared/keys';
import { KEPT_KEYS, Keys } from '../../../nodes/shared/keys';
import { ProcessedDataStore } from '../../engine/support/processed-data.ts';

type KeysModule = { Keys: typeof KeysOfNode };

/** The same code in another process: with its own memory of who uses which key. */
function otherProcess(): typeof KeysOfNode {
	let loaded: KeysModule | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<KeysModule>('../../../nodes/shared/keys');
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
const never = new AbortController().signal;

describe('a key', () => {
	it('is new, then begun, then done; and in a later execution as well', async () => {
		const keys = keysOf();
		expect(await keys.begin('call-1', 'request')).toBe('new');
		expect(await keys.begin('call-1', 'request')).toBe('begun');
		await keys.finish('call-1');
		expect(await keys.begin('call-1', 'request')).toBe('done');
		expect(await keysOf().begin('call-1', 'request')).toBe('done');
	});

	it('stays done, however often it is asked for', async () => {
		const keys = keysOf();
		await keys.begin('call-1', 'request');
		await keys.finish('call-1');
		for (let times = 0; times < 5; times++)
			expect(await keysOf().begin('call-1', 'request')).toBe('done');
	});

	it('is new again once it was taken back', async () => {
		const keys = keysOf();
		await keys.begin('call-1', 'request');
		await keys.takeBack('call-1');
		expect(store.size).toBe(0);
		expect(await keysOf().begin('call-1', 'request')).toBe('new');
	});

	it('that was begun and not done is begun for the next execution', async () => {
		await keysOf().begin('call-1', 'request');
		expect(await keysOf().begin('call-1', 'request')).toBe('begun');
	});

	it('that was asked for when the process died is doubtful at worst, never done', async () => {
		const keys = keysOf();
		await keys.begin('call-1', 'request');
		await keys.finish('call-1');
		// The question records that it was begun before it is known to be done; dying there leaves that behind.
		await store.checkProcessedAndRecord(
			['seen\ncall-1', 'open\ncall-1', 'sent\ncall-1\nrequest'],
			'node',
			{ workflow: { id: workflowId }, node: { id: 'node' } } as never,
			{ mode: 'entries', maxEntries: KEPT_KEYS },
		);
		expect(await keysOf().begin('call-1', 'request')).toBe('begun');
	});

	it('that was begun for another request says so, and goes on saying what it was begun for', async () => {
		await keysOf().begin('call-1', 'request');
		expect(await keysOf().begin('call-1', 'another')).toBe('begunOtherwise');
		expect(await keysOf().begin('call-1', 'another')).toBe('begunOtherwise');
		expect(await keysOf().begin('call-1', 'request')).toBe('begun');
	});

	it('that was done is done for another request as well', async () => {
		const keys = keysOf();
		await keys.begin('call-1', 'request');
		await keys.finish('call-1');
		expect(await keysOf().begin('call-1', 'another')).toBe('done');
		expect(store.size).toBe(1);
	});

	it('is one of its node and workflow alone', async () => {
		await keysOf('node').begin('call-1', 'request');
		expect(await keysOf('other').begin('call-1', 'request')).toBe('new');
		workflowId = `workflow-${++workflows}`;
		expect(await keysOf('node').begin('call-1', 'request')).toBe('new');
	});

	it.each(['seen\nx', 'open\nx', '', ' ', 'ü', '\u0000', 'x'.repeat(500)])(
		'may be any text: %j',
		async (key) => {
			await keysOf().begin('x', 'request');
			await keysOf().finish('x');
			expect(await keysOf().begin(key, 'request')).toBe('new');
			expect(await keysOf().begin('x', 'request')).toBe('done');
		},
	);

	it('cannot be begun where n8n has no store, as in a workflow never saved', async () => {
		workflowId = undefined;
		await expect(keysOf().begin('call-1', 'request')).rejects.toThrow();
	});

	it('leaves one record when it is done; the oldest make room', async () => {
		const keys = keysOf();
		const names = Array.from({ length: KEPT_KEYS + 50 }, (_, index) => `call-${index}`);
		await Promise.all(names.slice(0, 40).map(async (name) => await keys.begin(name, 'request')));
		await Promise.all(names.slice(0, 40).map(async (name) => await keys.finish(name)));
		expect(store.size).toBe(40);
		// Long after, when nobody looks after them any more.
		const now = Date.now;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
		for (let from = 40; from < names.length; from += 3_000) {
			const part = names.slice(from, from + 3_000);
			await Promise.all(part.map(async (name) => await keys.begin(name, 'request')));
			await Promise.all(part.map(async (name) => await keys.finish(name)));
		}
		expect(store.size).toBeLessThanOrEqual(KEPT_KEYS);
		expect(await keys.begin('call-0', 'request')).toBe('new');
		expect(await keys.begin(`call-${names.length - 1}`, 'request')).toBe('done');
		clock.mockRestore();
	});
});

describe('what another process wiped out', () => {
	/** As a process does that had read the store before and writes it back late. */
	const wipe = async (key: string) =>
		await store.removeProcessed(
			[`seen\n${key}`, `open\n${key}`, `sent\n${key}\nrequest`],
			'node',
			{ workflow: { id: workflowId }, node: { id: 'node' } } as never,
			{ mode: 'entries' },
		);

	it('is written again with the next call, long before the execution ends', async () => {
		const keys = keysOf();
		await keys.begin('done', 'request');
		await keys.finish('done');
		await wipe('done');
		await keys.begin('next', 'request');
		expect(await keysOf('node', otherProcess()).begin('done', 'request')).toBe('done');
	});

	it('is still known in the process it belongs to', async () => {
		const keys = keysOf();
		await keys.begin('done', 'request');
		await keys.finish('done');
		await wipe('done');
		expect(await keysOf().begin('done', 'request')).toBe('done');
	});

	it('is not brought back when it was taken back', async () => {
		const keys = keysOf();
		await keys.begin('refused', 'request');
		await keys.takeBack('refused');
		await keys.begin('next', 'request');
		expect(await keysOf('node', otherProcess()).begin('refused', 'request')).toBe('new');
	});
});

describe('the store', () => {
	it('is asked by one at a time, and what waits together goes together', async () => {
		const names = Array.from({ length: 300 }, (_, index) => `call-${index}`);
		const states = await Promise.all(names.map(async (name) => await keysOf().begin(name, 'request')));
		expect(new Set(states)).toEqual(new Set(['new']));
		await Promise.all(names.map(async (name) => await keysOf().finish(name)));
		expect(underWay.most).toBe(1);
		expect(store.calls.length).toBeLessThan(20);
		for (const name of names) expect(await keysOf().begin(name, 'request')).toBe('done');
	});

	it('stays the one of the node while an execution of it still uses it', async () => {
		const first = keysOf();
		const letGo = await first.hold('call-1', never);
		letGo();
		// Idle now; other nodes come and go.
		for (let index = 0; index < 5; index++) await keysOf(`other-${index}`).begin('x', 'request');
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
		expect(await keysOf().begin('call-1', 'request')).toBe('new');
	});

	it('that fails for good fails those who asked, and serves the next', async () => {
		const check = jest.spyOn(store, 'checkProcessedAndRecord');
		check.mockRejectedValue(new Error('database is gone'));
		await expect(keysOf().begin('call-1', 'request')).rejects.toThrow('database is gone');
		check.mockRestore();
		expect(await keysOf().begin('call-1', 'request')).toBe('new');
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
		await keys.begin('call-1', 'request');
		await keys.finish('call-1');
		const where = { workflow: { id: workflowId }, node: { id: 'node' } } as never;
		await store.removeProcessed(['seen\ncall-1'], 'node', where, { mode: 'entries' });
		expect(store.holds('seen\ncall-1')).toBe(false);
		await keys.confirm();
		expect(store.holds('seen\ncall-1')).toBe(true);
		expect(await keysOf().begin('call-1', 'request')).toBe('done');
	});

	it('are no longer open, even if that was written over', async () => {
		const keys = keysOf();
		await keys.begin('call-1', 'request');
		await keys.finish('call-1');
		const where = { workflow: { id: workflowId }, node: { id: 'node' } } as never;
		await store.checkProcessedAndRecord(['open\ncall-1'], 'node', where, { mode: 'entries' });
		await keys.confirm();
		expect(await keysOf().begin('call-1', 'request')).toBe('done');
	});

	it('are no longer open after they were asked for again, even if that was written over', async () => {
		const first = keysOf();
		await first.begin('call-1', 'request');
		await first.finish('call-1');
		const again = keysOf();
		expect(await again.begin('call-1', 'request')).toBe('done');
		const where = { workflow: { id: workflowId }, node: { id: 'node' } } as never;
		await store.checkProcessedAndRecord(['open\ncall-1'], 'node', where, { mode: 'entries' });
		await again.confirm();
		expect(await keysOf().begin('call-1', 'request')).toBe('done');
	});

	it('are all there after two processes recorded theirs at the same time', async () => {
		const Other = otherProcess();
		const work = async (keys: KeysOfNode, prefix: string) => {
			const names = Array.from({ length: 60 }, (_, index) => `${prefix}-${index}`);
			for (let from = 0; from < names.length; from += 5) {
				const part = names.slice(from, from + 5);
				await Promise.all(part.map(async (name) => await keys.begin(name, 'request')));
				await Promise.all(part.map(async (name) => await keys.finish(name)));
			}
			await keys.confirm();
			return names;
		};
		const names = (
			await Promise.all([work(keysOf(), 'here'), work(keysOf('node', Other), 'there')])
		).flat();
		expect(underWay.most).toBe(2);
		const states = await Promise.all(names.map(async (name) => await keysOf().begin(name, 'request')));
		expect(states).toEqual(names.map(() => 'done'));
	});

	it('cost nothing when there are none', async () => {
		await keysOf().confirm();
		expect(store.calls).toEqual([]);
	});
});
