import type { ICheckProcessedOptions, IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { untilAbort } from '../http/untilAbort';
import { textOf } from '../json/text';

/** How many done keys n8n remembers per node; the oldest make room. Every store call reads and writes them all. */
export const KEPT_KEYS = 10_000;
/** Entries of a done key: that it was seen, and its event. */
const ENTRIES_PER_KEY = 2;

/** By when another process that had read the store before our write has written it back, in ms, at the least. */
const SETTLE_MS = 100;
/** A process whose calls are slow shares the store with others whose calls are: they may take twice as long. */
const SLOWER_THAN_OURS = 2;
const SLOWEST_FADES = 0.9;
/**
 * For how long a record is written again with every further call: a slow process may put back what it had read seconds
 * ago, and with it wipe out all that was recorded since.
 */
const GUARDED_MS = 10_000;

const STORE: ICheckProcessedOptions = { mode: 'entries', maxEntries: KEPT_KEYS * ENTRIES_PER_KEY };

type Call = { values: string[]; settle(fresh: Set<string>): void; fail(cause: unknown): void };

/**
 * n8n's deduplication store for one node of one workflow. The store is one row that is read, changed and written
 * back whole without a lock, so the calls of this process go through here one at a time, those that wait together
 * as one call.
 */
export class KeyStore {
	private checks: Call[] = [];
	private removals: Call[] = [];
	private working = false;
	/** Records of done keys, which nobody removes, each with the epoch ms until which it is looked after. */
	private readonly guarded = new Map<string, number>();
	/** How long the slowest of the latest calls took, in ms. */
	private slowest = 0;
	/** Keys under way in this process, each with the end of its turn. */
	private readonly held = new Map<string, Promise<void>>();

	/**
	 * Waits until no other item of this process works on the key. Call the function returned to let go of it.
	 *
	 * @param signal ends the wait at once; the key is then not held
	 */
	async hold(key: string, signal: AbortSignal): Promise<() => void> {
		for (let other = this.held.get(key); other; other = this.held.get(key)) {
			if (signal.aborted) return () => {};
			await untilAbort(other, signal).catch(() => undefined);
		}
		let free = () => {};
		this.held.set(
			key,
			new Promise((resolve) => {
				free = () => {
					this.held.delete(key);
					resolve();
				};
			}),
		);
		return () => free();
	}

	/** Waits until others that had read the store before our last write have most likely written theirs. */
	async settle(): Promise<void> {
		await sleep(Math.max(SETTLE_MS, SLOWER_THAN_OURS * this.slowest));
	}

	/** Looks after records from now on. */
	guard(values: string[]): void {
		for (const value of values) this.guarded.set(value, Date.now() + GUARDED_MS);
		onDuty.add(this);
	}

	/** Whether there are records to look after. */
	isGuarding(): boolean {
		return this.stillGuarded().size > 0;
	}

	/** Records the values; gives those that were new. */
	async record(ctx: IExecuteFunctions, values: string[]): Promise<Set<string>> {
		return await this.call(ctx, this.checks, values);
	}

	/** Records the values; gives those that neither the store nor this process knew. */
	async ask(ctx: IExecuteFunctions, values: string[]): Promise<Set<string>> {
		const unknown = values.filter((value) => !this.guarded.has(value));
		const fresh = await this.record(ctx, values);
		return new Set(unknown.filter((value) => fresh.has(value)));
	}

	async remove(ctx: IExecuteFunctions, values: string[]): Promise<void> {
		for (const value of values) this.guarded.delete(value);
		await this.call(ctx, this.removals, values);
	}

	private async call(ctx: IExecuteFunctions, queue: Call[], values: string[]): Promise<Set<string>> {
		return await new Promise<Set<string>>((resolve, reject) => {
			queue.push({ values, settle: resolve, fail: reject });
			void this.work(ctx);
		});
	}

	private async work(ctx: IExecuteFunctions): Promise<void> {
		if (this.working) return;
		this.working = true;
		while (this.removals.length > 0 || this.checks.length > 0) {
			// Removals first: a key taken back must be free for whoever asks next.
			const removing = this.removals.length > 0;
			const batch = removing ? this.removals : this.checks;
			if (removing) this.removals = [];
			else this.checks = [];
			const asked = batch.flatMap((call) => call.values);
			const values = [...new Set(removing ? asked : [...asked, ...this.stillGuarded().keys()])];
			const begun = Date.now();
			try {
				const fresh = removing ? await removeAll(ctx, values) : await recordAll(ctx, values);
				for (const call of batch) call.settle(fresh);
			} catch (cause) {
				for (const call of batch) call.fail(cause);
			}
			this.slowest = Math.max(Date.now() - begun, this.slowest * SLOWEST_FADES);
		}
		this.working = false;
	}

	private stillGuarded(): ReadonlyMap<string, number> {
		const now = Date.now();
		for (const [value, until] of this.guarded) if (until < now) this.guarded.delete(value);
		return this.guarded;
	}
}

async function removeAll(ctx: IExecuteFunctions, values: string[]): Promise<Set<string>> {
	await ctx.helpers.removeProcessed(values, 'node', STORE);
	return new Set();
}

async function recordAll(ctx: IExecuteFunctions, values: string[]): Promise<Set<string>> {
	const ask = async () => await ctx.helpers.checkProcessedAndRecord(values, 'node', STORE);
	// Two processes that make the node's very first record collide once; the second try finds the row.
	const { new: fresh } = await ask().catch(ask);
	return new Set(fresh.map(textOf));
}

/** Held weakly: a store lives as long as an execution uses it, and all executions of a node share the one. */
const stores = new Map<string, WeakRef<KeyStore>>();
/** Those that had records to look after when they were last asked: they outlive the execution. */
const onDuty = new Set<KeyStore>();

/** The one store of a node, for all its executions in this process. */
export function storeOf(ctx: IExecuteFunctions, nodeId: string): KeyStore {
	for (const store of onDuty) if (!store.isGuarding()) onDuty.delete(store);
	const place = `${ctx.getWorkflow().id ?? ''}\n${nodeId}`;
	for (const [other, unused] of stores) {
		if (!unused.deref()) stores.delete(other);
	}
	let store = stores.get(place)?.deref();
	if (!store) {
		store = new KeyStore();
		stores.set(place, new WeakRef(store));
	}
	return store;
}
