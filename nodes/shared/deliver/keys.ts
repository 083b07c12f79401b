import type { IExecuteFunctions } from 'n8n-workflow';

import type { KeyStore } from './keyStore';
import { storeOf } from './keyStore';

/** How often records are looked at again until none is missing. */
const MOST_CHECKS = 5;
/** Those who may have taken on a begun key after the first, as far as is looked. */
const FURTHER_ROUNDS = [2, 3, 4, 5, 6, 7, 8];

/** What an item sends with its key. */
export interface KeyedEvent {
	/** Hash of what makes two events the same. A redelivery has the same one. */
	event: string;
	/** Hash of the whole request: other notes, another hash. */
	request: string;
}

/** What the store says of a key. */
export type KeyState =
	/** Nobody has it: it is claimed, and its event may be sent. */
	| 'new'
	/** Begun by the same request, and not done. */
	| 'begun'
	/** Begun for the same event by another request: that a look-up does not find the own request tells nothing. */
	| 'begunOtherwise'
	/** Begun for another event, and not done. */
	| 'begunOtherEvent'
	/** The event exists. */
	| 'done'
	/** Done for another event. */
	| 'doneOtherEvent';

/*
 * Up to four entries stand for a key: `seen` and `event` from its beginning on, and from its beginning until it is done
 * `open` and `request`. Whoever sends for a key that another began, because a look-up found nothing, adds an `open` of
 * the next round: the others see by it that what they had looked up is no longer so.
 *
 * The store cannot be asked without recording, so the record that may be left behind by a question cut short has to be
 * the harmless one: an `open` too many makes a key doubtful, never done.
 */
const seen = (key: string) => `seen\n${key}`;
const open = (key: string, round: number) => `open${round === 1 ? '' : round}\n${key}`;
const named = (key: string, event: string) => `event\n${key}\n${event}`;
const requested = (key: string, request: string) => `request\n${key}\n${request}`;

interface DoneKey {
	kept: string[];
	removed: string[];
}

/** The deduplication keys of one execution of one node. */
export class Keys {
	private readonly store: KeyStore;
	/** The done keys, each with the entries that it keeps and those that it no longer has. */
	private readonly done = new Map<string, DoneKey>();

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
	 * The key of one item.
	 *
	 * @param about tells the item's event and request from others that the same key may come with
	 */
	of(key: string, about: KeyedEvent): ItemKey {
		return new ItemKey(this.ctx, this.store, this.done, key, about);
	}

	/**
	 * Makes sure that the done keys of this execution are in the store. Another process that wrote at the same
	 * moment may have overwritten them; what is missing is thereby recorded again.
	 */
	async confirm(): Promise<void> {
		const keys = [...this.done.values()];
		const kept = keys.flatMap((key) => key.kept);
		for (let check = 0; keys.length > 0 && check < MOST_CHECKS; check++) {
			await this.store.settle();
			await this.store.remove(
				this.ctx,
				keys.flatMap((key) => key.removed),
			);
			const lost = await this.store.record(this.ctx, kept);
			if (lost.size === 0) return;
		}
	}
}

/** What one item does with its key, from the question whether it is new to the end of its request. */
export class ItemKey {
	/** How many had taken on the key when that was last looked at, this item included; 0 before. */
	private round = 0;

	constructor(
		private readonly ctx: IExecuteFunctions,
		private readonly store: KeyStore,
		private readonly done: Map<string, DoneKey>,
		readonly key: string,
		private readonly about: KeyedEvent,
	) {}

	/** Whether it is known who has begun the key. */
	get isKnown(): boolean {
		return this.round > 0;
	}

	/**
	 * Before a request: takes the key on. Only *new* permits to send. A key found begun is known from then on, and when
	 * a look-up has shown that its event does not exist, the next call gives *new*, unless another was faster.
	 *
	 * Nothing may be sent before the record is sure to stay: should this process die right after, it is all that tells
	 * the next delivery of the key that a request was made. Throws when n8n has no store to offer.
	 */
	async begin(): Promise<KeyState> {
		if (this.isKnown) return await this.takeOn();
		const fresh = await this.ask([seen(this.key), this.named, this.opened(1), this.requested]);
		if (fresh.has(seen(this.key)) && fresh.has(this.opened(1))) return await this.own(1);
		if (fresh.has(this.opened(1))) return await this.doneBefore(1, fresh);
		return await this.look(fresh);
	}

	/** Marks the key as done: its event exists. */
	async finish(): Promise<void> {
		await this.markDone([seen(this.key), this.named], this.underWay());
	}

	/** After *new*: the request did not happen, or nothing came of it. The key is as before. */
	async takeBack(): Promise<void> {
		if (this.round === 1) return await this.free();
		await this.store.remove(this.ctx, [this.opened(this.round--)]);
	}

	/** The event does not exist and will not: whoever comes with the key finds it new. */
	async free(): Promise<void> {
		const entries = [seen(this.key), this.named, ...this.underWay()];
		this.round = 0;
		await this.store.remove(this.ctx, entries);
	}

	private async markDone(kept: string[], removed: string[]): Promise<void> {
		this.store.guard(kept);
		this.done.set(this.key, { kept, removed });
		await this.store.remove(this.ctx, removed);
	}

	private async takeOn(): Promise<KeyState> {
		const next = this.round + 1;
		const fresh = await this.ask([
			seen(this.key),
			this.named,
			this.opened(1),
			this.opened(next),
			this.requested,
		]);
		if (fresh.has(this.opened(1)) && !fresh.has(seen(this.key)))
			return await this.doneBefore(next, fresh);
		return fresh.has(this.opened(next)) ? await this.own(next) : await this.look(fresh);
	}

	private async own(round: number): Promise<KeyState> {
		this.round = round;
		let isKept = false;
		try {
			await this.keep();
			isKept = true;
		} finally {
			if (!isKept) await this.takeBack().catch(() => undefined);
		}
		return 'new';
	}

	/** Records again what another process has overwritten, until nothing of it is missing any more. */
	private async keep(): Promise<void> {
		const records = [seen(this.key), this.named, ...this.underWay()];
		for (let check = 0; check < MOST_CHECKS; check++) {
			await this.store.settle();
			const lost = await this.store.record(this.ctx, records);
			if (lost.size === 0) return;
		}
	}

	private async doneBefore(round: number, fresh: Set<string>): Promise<KeyState> {
		this.round = round;
		const isOther = fresh.has(this.named);
		const kept = [seen(this.key), ...(isOther ? [] : [this.named])];
		const removed = [...this.underWay(), ...(isOther ? [this.named] : [])];
		// It is done, whatever the question left behind; that is removed once more when the execution ends.
		await this.markDone(kept, removed).catch(() => undefined);
		return isOther ? 'doneOtherEvent' : 'done';
	}

	/** Looks who has taken on a begun key; the question leaves no trace. */
	private async look(asked: Set<string>): Promise<KeyState> {
		const fresh = await this.ask(FURTHER_ROUNDS.map((round) => this.opened(round)));
		const others = [this.named, this.requested].filter((entry) => asked.has(entry));
		await this.store.remove(this.ctx, [...fresh, ...others]);
		const taken = FURTHER_ROUNDS.filter((round) => !fresh.has(this.opened(round)));
		this.round = Math.max(1, ...taken);
		if (asked.has(this.named)) return 'begunOtherEvent';
		return asked.has(this.requested) ? 'begunOtherwise' : 'begun';
	}

	private async ask(records: string[]): Promise<Set<string>> {
		return await this.store.ask(this.ctx, records);
	}

	private opened(round: number): string {
		return open(this.key, round);
	}

	private get named(): string {
		return named(this.key, this.about.event);
	}

	private get requested(): string {
		return requested(this.key, this.about.request);
	}

	/** The entries that the key has until it is done. */
	private underWay(): string[] {
		return [...Array.from({ length: this.round }, (_, index) => this.opened(index + 1)), this.requested];
	}
}
