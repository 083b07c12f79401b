import type { Caller } from './caller';
import type { KnownKey } from './knownKey';
import type { Removal, ToRemove } from './removals';
import { allConfirmed } from './removals';
import type { BegunFor, StoreAnswer } from './steps';
import type { KeyStore } from './store';

/** How a claim of an item ended. */
export type KeyState =
	/** No other item has it: after a claim, this one may send. */
	| 'free'
	/** Another execution is working on it. It will soon be done or free. */
	| 'underWay'
	| BegunFor
	/** The event exists. */
	| 'done'
	/** Done for another event. */
	| 'doneOtherEvent';

/**
 * How long another execution is waited for beyond the longest time of a request, in ms, besides its waits for a calm
 * moment: its claim takes time too.
 */
const BESIDE_THE_REQUEST_MS = 5_000;
/** The pause between two looks at a key that another execution works on: the first, and the longest, in ms. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** How often in a row another execution that is still at work on the key is waited for anew. */
const MOST_WAITS = 3;
/** After the store failed: how many more calls are made to complete the claim, so that it can be given up. */
const TRIES_TO_GIVE_UP = 5;

/** What one item does with its key, from the claim to the end of its request. */
export class ItemKey implements Caller {
	/** Until when this item waits for others that work on the key, epoch ms. */
	private patientUntil?: number;
	/** How often it has waited for that long. */
	private waits = 0;
	private readonly removals: Removal[] = [];
	private ending?: Promise<void>;
	private abandoned?: Promise<void>;

	/**
	 * @param timeoutMs how long a request may take
	 * @param beside what is recorded with the first call, too
	 */
	constructor(
		private readonly store: KeyStore,
		private readonly known: KnownKey,
		private readonly timeoutMs: number,
		private beside: string[] = [],
	) {}

	get key(): string {
		return this.known.entries.key;
	}

	/** Whether the item has claimed the key before, or tried to. */
	get isKnown(): boolean {
		return this.known.step.at !== 'free';
	}

	/** Whether the claim was last seen a moment ago, so that the item may send. */
	get isHeld(): boolean {
		return this.known.isHeld(this.store.timer.now());
	}

	/**
	 * Claims the key. The item may send only after *free*, and only while `maySend` is true. A begun key can be claimed
	 * again once a look-up has shown that its event does not exist. That claim also shows whether others have claimed
	 * it since.
	 *
	 * @param isAnew a claim that is held is made again, so that it is as old as those that are made with it
	 * @throws when n8n has no store, or other processes kept overwriting the claim
	 */
	async claim(isAnew = false): Promise<KeyState> {
		const { known, store } = this;
		const earlier = store.recent.get(this.key);
		const isDoneHere = known.takeOver(earlier);
		if (!isDoneHere && (isAnew || !this.isHeld)) {
			await this.written();
			// The item that left the key in doubt goes on being watched, until this one knows more (`take`).
			if (!earlier?.isLeftInDoubt) store.recent.set(this.key, known);
			known.claim();
			await store.ask(this).catch((cause: Error) => {
				this.abandoned = this.abandon();
				throw cause;
			});
		}
		return this.state();
	}

	question(): string[] | undefined {
		const asked = this.known.question();
		return asked && [...this.beside, ...asked];
	}

	take(shown: StoreAnswer): void {
		this.beside = [];
		this.remove(this.known.take(shown));
		const { at } = this.known.step;
		if (at === 'held' || at === 'done') this.store.recent.set(this.key, this.known);
	}

	/**
	 * The store has failed, so it is not known what it recorded. The item ends without a request. Its claim goes on for
	 * a while: only a completed claim can be given up properly.
	 */
	private async abandon(): Promise<void> {
		for (let tries = 0; tries < TRIES_TO_GIVE_UP && this.question(); tries++) {
			await this.store.ask(this).catch(() => undefined);
		}
	}

	private state(): KeyState {
		const { step } = this.known;
		switch (step.at) {
			case 'held':
				return 'free';
			case 'done':
				return step.otherEvent ? 'doneOtherEvent' : 'done';
			case 'begun':
				return step.underWay && this.isPatient() ? 'underWay' : step.by;
			default:
				throw new Error('other n8n processes kept overwriting it');
		}
	}

	private isPatient(): boolean {
		const now = this.store.timer.now();
		this.patientUntil ??= now + this.timeoutMs + BESIDE_THE_REQUEST_MS + this.store.longestWaits;
		return now < this.patientUntil;
	}

	/**
	 * After *underWay*: waits until the other execution has ended its work on the key, or has had enough time for it.
	 * Claim the key again then.
	 *
	 * It looks by claiming. A question for only some entries of a key adds these to a key that is free, and between that
	 * and their removal another claim may find it done.
	 *
	 * @param signal ends the wait at once
	 */
	async waitForOther(signal: AbortSignal): Promise<void> {
		const { store, known } = this;
		let pause = FIRST_PAUSE_MS;
		try {
			do {
				known.forget();
				await store.timer.sleep(pause, signal);
				pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
			} while (!signal.aborted && (await this.claim()) === 'underWay');
		} finally {
			await this.abandoned;
			const { step } = known;
			// No look-up has found the key's event to be absent: the next claim must not take it for that.
			if (step.at !== 'held') known.forget();
			if (step.at === 'begun' && step.underWay) {
				// The next execution need not wait for it as well. If it is found again, an item is still at work on the key.
				this.remove({ values: [known.entries.busy], isRepeatable: true });
				if (++this.waits < MOST_WAITS) delete this.patientUntil;
			}
		}
	}

	/**
	 * Call it right before the request: true if the claim was last seen a moment ago. If false, claim the key again.
	 *
	 * @param others further keys that the request needs
	 */
	maySend(others: ItemKey[] = []): boolean {
		const all = [this, ...others].map(({ known }) => known);
		const now = this.store.timer.now();
		const isHeld = all.every((known) => known.isHeld(now));
		if (isHeld) for (const known of all) known.send();
		return isHeld;
	}

	/** The event may exist already, by an earlier request: the claimed key is begun from now on. */
	leaveBegun(): void {
		this.known.send();
	}

	/** The event exists. */
	finish(): void {
		this.store.recent.set(this.key, this.known);
		this.remove(this.known.finish());
	}

	/** The request did not happen: the key is free, unless it had been begun before. */
	giveBack(): void {
		this.remove(this.known.release(false, this.store.timer.now()));
	}

	/**
	 * Another key that the request needs is not the item's: this one is given back. What was found of it may be out of date when it
	 * is claimed next.
	 */
	letGo(): void {
		this.giveBack();
		if (this.known.step.at === 'begun') this.known.forget();
	}

	/** The event was not created and will not be: the key is free. */
	release(): void {
		this.remove(this.known.release(true, this.store.timer.now()));
	}

	/** Ends the work of the item on its key. Settles when the next item of this process may take the key. */
	async end(): Promise<void> {
		this.ending ??= this.leave();
		await this.ending;
	}

	private async leave(): Promise<void> {
		await this.abandoned;
		const { known, store } = this;
		// Claimed long ago and not sent: others may have claimed it since. A new claim shows that.
		if (known.step.at === 'held' && !this.isHeld) await this.claim().catch(() => undefined);
		this.remove(known.leave(store.timer.now()));
		// This process remembers that a key is done (`recent`), so the next item need not wait for the store.
		if (known.step.at !== 'done') await this.written();
	}

	/** Settles when it is sure that the item's changes stay in the store; with the cause if that failed for good. */
	async confirmed(): Promise<Error | undefined> {
		if (this.abandoned) return undefined;
		await this.ending;
		return await allConfirmed(this.removals);
	}

	private remove(entries: ToRemove): void {
		if (entries.values.length > 0) this.removals.push(this.store.removals.add(entries));
	}

	/** Settles when the item's removals are in the store, so that the key can be claimed again. */
	async written(): Promise<void> {
		await Promise.all(this.removals.map(async (removal) => await removal.written));
	}
}
