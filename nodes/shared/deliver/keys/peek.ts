import { inOrder } from '../../process/order';
import { once } from './caller';
import type { KeyedEvent } from './entries';
import { Entries } from './entries';
import type { ItemKey, KeyState } from './itemKey';
import type { Removal } from './removals';
import { allConfirmed } from './removals';
import type { KeyStore } from './store';

/** How long an item that only asks about a key waits for another one of this process that works on it, in ms. */
export const PATIENCE_MS = 1_000;

/**
 * How many keys one call looks at: few enough that their entries displace no older ones, and that removing them does not
 * hold up the process. Each call costs time, because the process is silent after it.
 */
const MOST_AT_ONCE = 500;
/** How many begun keys are asked for at a time: such a question adds several entries for each. */
const MOST_BEGUN_AT_ONCE = 200;

/** A key, and what an item would send with it. */
export interface KeyAsked {
	key: string;
	about: KeyedEvent;
	/** How long its request may take. */
	timeoutMs: number;
}

/** Names a key as the key of one event. */
export const nameOf = (key: string, event: string): string => `${event}\n${key}`;

const nameOfAsked = ({ key, about }: KeyAsked): string => nameOf(key, about.event);

/**
 * Looks at keys for a preview, without claiming them.
 *
 * A call on the store adds what it asks for. So a peek asks only for the event of a key, an entry that means nothing alone,
 * and removes it at once. If the process ends in between, the key is still free. Where the event is there, an item has
 * begun the key before; then the key is asked for as by an item that comes again, which claims nothing either.
 *
 * A peek does not see that an earlier execution has had the key for another event, unless this process still knows it.
 *
 * Another process may claim the key between the question and the removal. About once in a thousand times its claim then
 * loses the event, and takes a redelivery for another event. So only previews peek: a run claims.
 */
export class Peek {
	private readonly removals: Removal[] = [];
	/** What was asked for and found to be new. An execution asks for it once. */
	private readonly foundNew = new Set<string>();

	/** @param keyOf the key of an item that comes again */
	constructor(
		private readonly store: KeyStore,
		private readonly keyOf: (asked: KeyAsked) => ItemKey,
	) {}

	/**
	 * @returns one state for each, in their order
	 * @throws when n8n has no store
	 */
	async at(asked: KeyAsked[]): Promise<KeyState[]> {
		const open = asked.filter((one) => !this.foundNew.has(nameOfAsked(one)));
		const states = new Map<KeyAsked, KeyState>();
		for (let from = 0; from < open.length; from += MOST_AT_ONCE) {
			const some = open.slice(from, from + MOST_AT_ONCE);
			(await this.some(some)).forEach((state, index) => {
				const one = some[index];
				if (!one) return;
				states.set(one, state);
				if (state === 'free') this.foundNew.add(nameOfAsked(one));
			});
		}
		return asked.map((one) => states.get(one) ?? 'free');
	}

	/** Settles when it is sure that nothing of it stays in the store; with the cause if that failed for good. */
	async confirmed(): Promise<Error | undefined> {
		return await allConfirmed(this.removals);
	}

	private async some(asked: KeyAsked[]): Promise<KeyState[]> {
		const holds = await this.hold(asked);
		try {
			const free = asked.filter(({ key }) => holds.has(key));
			const begun = await this.begunAmong(free);
			const states = new Map<KeyAsked, KeyState>();
			// One after the other where the key is the same.
			const order = asked.map(({ key }) => key);
			await inOrder(order, MOST_BEGUN_AT_ONCE, async (index) => {
				const one = asked[index];
				if (one && begun.has(one)) states.set(one, await this.stateOfBegun(one));
			});
			return asked.map((one) => states.get(one) ?? (holds.has(one.key) ? 'free' : 'underWay'));
		} finally {
			for (const end of holds.values()) end();
		}
	}

	/** Holds the keys on which no other item of this process is at work. */
	private async hold(asked: KeyAsked[]): Promise<Map<string, () => void>> {
		const signal = AbortSignal.timeout(PATIENCE_MS);
		const holds = new Map<string, () => void>();
		// In one fixed order, so that two previews do not wait for each other.
		for (const key of [...new Set(asked.map((one) => one.key))].sort()) {
			const end = await this.store.holds.holdSoon(key, signal);
			if (end) holds.set(key, end);
		}
		return holds;
	}

	/** Those whose key was begun before, most likely for the same event. */
	private async begunAmong(asked: KeyAsked[]): Promise<Set<KeyAsked>> {
		const begun = new Set(asked.filter(({ key }) => this.store.recent.get(key)?.step.at === 'done'));
		const others = asked.filter((one) => !begun.has(one));
		if (others.length === 0) return begun;
		const eventOf = ({ key, about }: KeyAsked) => new Entries(key, about).event;
		const values = [...new Set(others.map(eventOf))];
		let removal: Removal | undefined;
		const look = once(values, ({ fresh }) => {
			for (const one of others) if (!fresh.has(eventOf(one))) begun.add(one);
			const added = values.filter((value) => fresh.has(value));
			removal = this.store.removals.add({ values: added, isRepeatable: false, isAtOnce: true });
			this.removals.push(removal);
		});
		await this.store.ask(look);
		// Before another item may add them for itself.
		await removal?.written;
		return begun;
	}

	private async stateOfBegun(asked: KeyAsked): Promise<KeyState> {
		const itemKey = this.keyOf(asked);
		try {
			return await itemKey.claim();
		} finally {
			// Frees it, in case it was released meanwhile.
			await itemKey.end();
		}
	}
}
