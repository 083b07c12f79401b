import type { IExecuteFunctions } from 'n8n-workflow';

import { once } from './caller';
import type { KeyedEvent } from './entries';
import { Entries, metEntry } from './entries';
import type { KeyState } from './itemKey';
import { ItemKey } from './itemKey';
import { KnownKey } from './knownKey';
import { KEPT_KEYS, storeOf } from './n8nStore';
import type { KeyAsked } from './peek';
import { PATIENCE_MS, Peek } from './peek';
import { allConfirmed } from './removals';
import type { SilenceTimes } from './silence';
import type { KeyStore } from './store';

/** How long a claim may be used after it was last seen in the store, in ms. Others wait for longer (see `ItemKey`). */
const LEASE_MS = 5_000;

/** How many keys one call looks at: n8n hashes each of them, and no other item can claim its key meanwhile. */
const MOST_MET_AT_ONCE = 1_000;

/** The keys of one execution of one node. */
export class Keys {
	private readonly items: ItemKey[] = [];
	private readonly peek: Peek;

	/** @param isLast the process ends with the execution */
	constructor(
		private readonly store: KeyStore,
		private readonly isLast = false,
	) {
		this.peek = new Peek(store, ({ key, about, timeoutMs }) => this.keyOf(key, about, timeoutMs));
	}

	/** @param silence see `storeOf` */
	static of(ctx: IExecuteFunctions, silence?: SilenceTimes): Keys {
		// The command `n8n execute` ends when its execution has ended.
		return new Keys(storeOf(ctx, silence), ctx.getMode() === 'cli');
	}

	/** Keeps other items of this process away from the key until the returned function is called. */
	async hold(key: string, signal: AbortSignal): Promise<() => void> {
		return await this.store.holds.hold(key, signal);
	}

	/** As `hold`, but gives undefined if another item of this process keeps the key for longer than a moment. */
	async holdSoon(key: string): Promise<(() => void) | undefined> {
		return await this.store.holds.holdSoon(key, AbortSignal.timeout(PATIENCE_MS));
	}

	/**
	 * Tells which keys an item has come with before, and notes that items have come with all of them. That claims no key and
	 * decides nothing: a key that was met may be done, in doubt or free.
	 *
	 * Of more keys than are remembered it asks for the last ones only: those before them would push out the keys of others, also
	 * of those that are at work.
	 *
	 * @throws when n8n has no store
	 */
	async metBefore(keys: string[]): Promise<Set<string>> {
		const { recent } = this.store;
		const met = new Set(keys.filter((key) => recent.get(key)?.step.at === 'done'));
		const others = [...new Set(keys)].filter((key) => !met.has(key)).slice(-KEPT_KEYS);
		for (let from = 0; from < others.length; from += MOST_MET_AT_ONCE) {
			const some = others.slice(from, from + MOST_MET_AT_ONCE);
			const look = once(some.map(metEntry), ({ fresh }) => {
				for (const key of some) if (!fresh.has(metEntry(key))) met.add(key);
			});
			await this.store.ask(look);
		}
		return met;
	}

	/**
	 * The key of one item.
	 *
	 * @param about hashes of the item's event and request: the same key may come with others
	 * @param timeoutMs how long the request may take
	 * @param isMet whether its claim notes that an item has come with it (see `metBefore`)
	 */
	keyOf(key: string, about: KeyedEvent, timeoutMs: number, isMet = false): ItemKey {
		const known = new KnownKey(new Entries(key, about), {
			newNonce: () => this.store.timer.newText(),
			lease: LEASE_MS,
			// Before others claim a begun key, they wait as long as a request may take, and look it up for as long
			// again.
			validFor: timeoutMs + Math.max(timeoutMs, LEASE_MS),
		});
		const item = new ItemKey(this.store, known, timeoutMs, isMet ? [metEntry(key)] : []);
		this.items.push(item);
		return item;
	}

	/**
	 * The states of keys, without a claim; in their order.
	 *
	 * @throws when n8n has no store
	 */
	async peekAt(asked: KeyAsked[]): Promise<KeyState[]> {
		return await this.peek.at(asked);
	}

	/**
	 * Waits until it is sure that the changes of this execution stay in the store.
	 *
	 * @throws what the store throws, when it fails
	 */
	async confirm(): Promise<void> {
		const failed = await allConfirmed([...this.items, this.peek]);
		if (failed) throw failed;
		if (this.isLast && this.items.length > 0) await this.store.outlast();
	}
}
