import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';

import type { KeyState } from '../../../../../nodes/shared/deliver/keys/itemKey';
import { Keys } from '../../../../../nodes/shared/deliver/keys/keys';
import type { SilenceTimes } from '../../../../../nodes/shared/deliver/keys/silence';
import { KeyStore } from '../../../../../nodes/shared/deliver/keys/store';
import { ProcessedDataStore } from '../../../../engine/support/processed-data.ts';

const SAME = { event: 'event', request: 'request' };
const never = new AbortController().signal;

let workflows = 0;
let store: ProcessedDataStore;
let workflowId: string | undefined;
beforeEach(() => {
	store = new ProcessedDataStore();
	workflowId = `workflow-${++workflows}`;
});

type Store = IExecuteFunctions['helpers'];

/** What n8n gives to an execution of a node. */
function context(nodeId: string, mode: WorkflowExecuteMode): IExecuteFunctions {
	const where = { workflow: { id: workflowId }, node: { id: nodeId } } as never;
	const check: Store['checkProcessedAndRecord'] = async (values, scope, options) =>
		await store.checkProcessedAndRecord(values, scope, where, options);
	const remove: Store['removeProcessed'] = async (values, scope, options) =>
		await store.removeProcessed(values, scope, where, options);
	return {
		getWorkflow: () => ({ id: workflowId }),
		getNode: () => ({ id: nodeId }),
		getExecutionId: () => 'execution',
		getMode: () => mode,
		helpers: { checkProcessedAndRecord: check, removeProcessed: remove },
	} as unknown as IExecuteFunctions;
}

/** Short: the real times would be waited for after each call. */
const SILENCE: SilenceTimes = { shortest: 10, longest: 40, noticedAfter: 50, calmStepMs: 1 };
const keysOf = (nodeId = 'node', mode: WorkflowExecuteMode = 'webhook') =>
	Keys.of(context(nodeId, mode), SILENCE);

async function claim(keys: Keys, key: string): Promise<KeyState> {
	return await keys.keyOf(key, SAME, 1_000).claim();
}

async function deliver(keys: Keys, key: string): Promise<void> {
	const item = keys.keyOf(key, SAME, 1_000);
	expect(await item.claim()).toBe('free');
	expect(item.maySend()).toBe(true);
	item.finish();
	await item.end();
	await keys.confirm();
}

describe("n8n's deduplication store", () => {
	it('keeps the keys of each node and workflow apart', async () => {
		await deliver(keysOf('node'), 'call-1');
		expect(await claim(keysOf('node'), 'call-1')).toBe('done');
		expect(await claim(keysOf('other'), 'call-1')).toBe('free');
		workflowId = `workflow-${++workflows}`;
		expect(await claim(keysOf('node'), 'call-1')).toBe('free');
	});

	it('is watched before `n8n execute` ends its process, and after the end in any other mode', async () => {
		// How long the watch lasts is tested in lateCalls.test.ts.
		const outlast = jest.spyOn(KeyStore.prototype, 'outlast').mockResolvedValue();
		await deliver(keysOf('webhook', 'webhook'), 'call-1');
		expect(outlast).not.toHaveBeenCalled();
		await deliver(keysOf('cli', 'cli'), 'call-1');
		expect(outlast).toHaveBeenCalledTimes(1);
		outlast.mockRestore();
	});

	it('is not there in a workflow that was never saved', async () => {
		workflowId = undefined;
		await expect(claim(keysOf(), 'call-1')).rejects.toThrow();
	});

	it('is asked again when two processes make the first record at the same time', async () => {
		const check = jest.spyOn(store, 'checkProcessedAndRecord');
		check.mockImplementationOnce(async () => await Promise.reject(new Error('UNIQUE constraint')));
		expect(await claim(keysOf(), 'call-1')).toBe('free');
	});

	it('serves the next execution after it has failed', async () => {
		const check = jest.spyOn(store, 'checkProcessedAndRecord');
		check.mockRejectedValue(new Error('database is gone'));
		await expect(claim(keysOf(), 'call-1')).rejects.toThrow('database is gone');
		check.mockRestore();
		expect(await claim(keysOf(), 'call-2')).toBe('free');
	});

	it('is the same one for all executions of a node, also after a while without any', async () => {
		setFlagsFromString('--expose-gc');
		const collect = runInNewContext('gc') as () => void;
		await deliver(keysOf(), 'call-1');
		await store.clearAllProcessedItems('node', {
			workflow: { id: workflowId },
			node: { id: 'node' },
		} as never);
		// What nobody holds is gone after some turns of the event loop.
		for (let turns = 0; turns < 5; turns++) {
			await new Promise(setImmediate);
			collect();
		}
		expect(await claim(keysOf(), 'call-1')).toBe('done');
	});

	it('lets one item of a process work on a key, whichever execution it belongs to', async () => {
		const letGo = await keysOf().hold('call-1', never);
		for (let index = 0; index < 5; index++) await claim(keysOf(`other-${index}`), 'x');
		let held = false;
		const waiting = keysOf()
			.hold('call-1', never)
			.then(() => {
				held = true;
			});
		await new Promise(setImmediate);
		expect(held).toBe(false);
		letGo();
		await waiting;
	});
});
