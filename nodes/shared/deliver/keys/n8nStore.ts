import { randomUUID } from 'node:crypto';
import type { ICheckProcessedOptions, IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { textOf } from '../../json/text';
import { BoundedMap } from '../../process/boundedMap';
import { nodeIdOf } from '../../process/nodeId';
import { steadyNow } from '../../process/steadyNow';
import type { SilenceTimes } from './silence';
import type { Timer } from './timer';
import type { Table } from './table';
import { KeyStore } from './store';

/**
 * How many keys are remembered per node. More would slow every call: the store reads and writes all of them each time.
 */
export const KEPT_KEYS = 10_000;
/** Entries of a done key; one of unknown outcome has no more than twice as many. */
const ENTRIES_PER_KEY = 3;
/** Room for the entries of keys under way, of marks, and of what calls cut short have left behind. */
const SPARE_ENTRIES = 2_000;
export const KEPT_ENTRIES = KEPT_KEYS * ENTRIES_PER_KEY + SPARE_ENTRIES;

const OPTIONS: ICheckProcessedOptions = { mode: 'entries', maxEntries: KEPT_ENTRIES };

/** How long this process was at work and idle. Bound once, so that it still works while a test replaces `performance`. */
const workOf = performance.eventLoopUtilization.bind(performance);

const TIMER: Timer = {
	now: steadyNow,
	sleep: async (ms, signal) => await sleep(ms, signal).catch(() => undefined),
	idle: async (ms) =>
		await new Promise((resolve) => {
			// Unlike those of `sleep`, such a timer does not keep the process alive.
			AbortSignal.timeout(ms).addEventListener('abort', () => resolve(), { once: true });
		}),
	measureWork: () => {
		const from = workOf();
		return () => workOf(from).utilization;
	},
	random: () => Math.random(),
	newText: () => randomUUID(),
};

function tableOf({ helpers }: IExecuteFunctions): Table {
	return {
		record: async (values) => {
			const ask = async () => await helpers.checkProcessedAndRecord(values, 'node', OPTIONS);
			// Two processes that make the node's very first record collide once; the second try finds the row.
			const { new: fresh } = await ask().catch(ask);
			return new Set(fresh.map(textOf));
		},
		remove: async (values) => await helpers.removeProcessed(values, 'node', OPTIONS),
	};
}

/** How many nodes with keys this process knows at a time. One n8n hardly has more. */
const MOST_NODES = 1_000;

/**
 * Weak references: a store lives as long as an execution uses it, or it watches keys. One node must never have two:
 * their calls would overlap.
 */
const stores = new BoundedMap<WeakRef<KeyStore>>({
	most: MOST_NODES,
	isOver: (store) => store.deref() === undefined,
	isInUse: (store) => store.deref() !== undefined,
});

/**
 * The store of a node, the same one for all its executions in this process.
 *
 * @param silence how long it is silent after a call; `SILENCE_MS`, if left out
 */
export function storeOf(ctx: IExecuteFunctions, silence?: SilenceTimes): KeyStore {
	const node = nodeIdOf(ctx);
	const table = tableOf(ctx);
	const store = stores.get(node)?.deref() ?? new KeyStore(table, TIMER, silence);
	store.begin(table);
	stores.set(node, new WeakRef(store));
	return store;
}
