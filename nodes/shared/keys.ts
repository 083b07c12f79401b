import type { ICheckProcessedOptions, IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { textOf } from './text';

/** How many keys n8n remembers per node; the oldest make room. Every store call reads and writes them all. */
export const KEPT_KEYS = 10_000;

/** By when another process that had read the store before our write has written it back, in ms, at the least. */
const SETTLE_MS = 100;
/** A process whose calls are slow shares the store with others whose calls are: they may take twice as long. */
const SLOWER_THAN_OURS = 2;
const SLOWEST_FADES = 0.9;
const MOST_CHECKS = 5;
/**
 * For how long a record is written again with every further call: a slow process may put back what it had read seconds
 * ago, and with it wipe out all that was recorded since.
 */
const GUARDED_MS = 10_000;

const STORE: ICheckProcessedOptions = { mode: 'entries', maxEntries: KEPT_KEYS };

/** What the store says of a key: never seen; begun, for the same request or for another, and not done; or done. */
export type KeyState = 'new' | 'begun' | 'begunOtherwise' | 'done';

/*
 * Three records stand for a key: `seen` from its beginning on, and from its beginning until it is done `open` and
 * `sent`, which names the request. The store cannot be asked without recording, so the record that may be left behind
 * by a question cut short has to be the harmless one: an `open` too many makes a key doubtful, never done.
 */
const seen = (key: string) => `seen\n${key}`;
const open = (key: string) => `open\n${key}`;
const sent = (key: string, request: string) => `sent\n${key}\n${request}`;

type Call = { values: string[]; settle(fresh: Set<string>): void; fail(cause: unknown): void };

/**
 * n8n's deduplication store for one node of one workflow. The store is one row that is read, changed and written
 * back whole without a lock, so the calls of this process go through here one at a time, those that wait together
 * as one call.
 */
class KeyStore {
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
			await endOrAbort(other, signal);
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
			const values = [...new Set(removing ? asked : [...asked, ...this.stillGuarded()])];
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

	private stillGuarded(): Iterable<string> {
		const now = Date.now();
		for (const [value, until] of this.guarded) if (until < now) this.guarded.delete(value);
		return this.guarded.keys();
	}
}

/** Waits for the end of another's turn, or for the signal. */
async function endOrAbort(turn: Promise<void>, signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		const ended = () => resolve();
		signal.addEventListener('abort', ended, { once: true });
		void turn.then(() => {
			signal.removeEventListener('abort', ended);
			resolve();
		});
	});
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

function storeOf(ctx: IExecuteFunctions, nodeId: string): KeyStore {
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

/** The deduplication keys of one execution of one node. */
export class Keys {
	private readonly store: KeyStore;
	private readonly done = new Set<string>();
	/** The requests that keys were begun for, as far as they are known. */
	private readonly requests = new Map<string, string>();

	constructor(
		private readonly ctx: IExecuteFunctions,
		nodeId: string,
	) {
		this.store = storeOf(ctx, nodeId);
	}

	/** Keeps other items of this process away from the key until the returned function is called. */
	async hold(key: string, signal: AbortSignal): Promise<() => void> {
		return await this.store.hold(key, signal);
	}

	/**
	 * Marks a new key as begun, and says what it was before. Throws when n8n has no store to offer.
	 *
	 * Nothing may be sent before the record is sure to stay: should this process die right after, it is all that tells
	 * the next delivery of the key that a request was made.
	 *
	 * @param request tells the request from others that the same key may come with
	 */
	async begin(key: string, request: string): Promise<KeyState> {
		const records = [seen(key), open(key), sent(key, request)];
		const fresh = await this.store.ask(this.ctx, records);
		if (fresh.has(seen(key)) && fresh.has(open(key))) {
			this.requests.set(key, request);
			await this.keep(records);
			return 'new';
		}
		if (fresh.has(open(key))) {
			this.requests.set(key, request);
			await this.finish(key);
			return 'done';
		}
		if (!fresh.has(sent(key, request))) {
			this.requests.set(key, request);
			return 'begun';
		}
		await this.store.remove(this.ctx, [sent(key, request)]);
		return 'begunOtherwise';
	}

	/** Marks a begun key as done. */
	async finish(key: string): Promise<void> {
		this.store.guard([seen(key)]);
		await this.store.remove(this.ctx, this.underWay(key));
		this.done.add(key);
	}

	/** Forgets a begun key whose request did not happen or was refused. */
	async takeBack(key: string): Promise<void> {
		await this.store.remove(this.ctx, [seen(key), ...this.underWay(key)]);
	}

	/**
	 * Makes sure that the done keys of this execution are in the store. Another process that wrote at the same
	 * moment may have overwritten them; what is missing is thereby recorded again.
	 */
	async confirm(): Promise<void> {
		const keys = [...this.done];
		for (let check = 0; keys.length > 0 && check < MOST_CHECKS; check++) {
			await this.store.settle();
			await this.store.remove(
				this.ctx,
				keys.flatMap((key) => this.underWay(key)),
			);
			const lost = await this.store.record(this.ctx, keys.map(seen));
			if (lost.size === 0) return;
		}
	}

	/** The records that a key has while its request is under way. */
	private underWay(key: string): string[] {
		const request = this.requests.get(key);
		return request === undefined ? [open(key)] : [open(key), sent(key, request)];
	}

	/** Records again what another process has overwritten, until nothing of it is missing any more. */
	private async keep(records: string[]): Promise<void> {
		for (let check = 0; check < MOST_CHECKS; check++) {
			await this.store.settle();
			const lost = await this.store.record(this.ctx, records);
			if (lost.size === 0) return;
		}
	}
}
