import type { Entries } from './entries';
import { finished, left, released, restored } from './ends';
import { after, claimOf, questionOf } from './protocol';
import type { ToRemove } from './removals';
import type { KeyStep, Means, Next, StoreAnswer } from './steps';

const NOTHING: ToRemove = { values: [], isRepeatable: true };

/** What this process knows of one key: its step, and what the next call has to ask. */
export class KnownKey {
	step: KeyStep = { at: 'free' };
	/** When the work on it ended, epoch ms. */
	endedAt?: number;

	constructor(
		readonly entries: Entries,
		private readonly means: Omit<Means, 'entries'> & { validFor: number },
	) {}

	/** An item of this process has sent, and its event is in doubt. */
	get isLeftInDoubt(): boolean {
		return this.step.at === 'begun' && this.step.mine === true;
	}

	/** Begins a claim; `question` then asks for it. */
	claim(): void {
		delete this.endedAt;
		this.step = claimOf(this.step, this.means.newNonce);
	}

	/** Forgets what was found, because it may be out of date. The next claim asks again. */
	forget(): void {
		this.step = { at: 'free' };
	}

	/** Takes over from an earlier item of this process that the key is done; false if that is not known. */
	takeOver(earlier: KnownKey | undefined): boolean {
		if (!earlier || earlier === this || earlier.step.at !== 'done' || earlier.step.otherEvent)
			return false;
		this.step = { at: 'done', otherEvent: earlier.entries.event !== this.entries.event };
		return true;
	}

	/** The entries that the next call asks for; undefined when nothing is to be asked. */
	question(): string[] | undefined {
		return questionOf(this.step, this.entries);
	}

	/** Takes the answer to the question; gives what is to be removed. */
	take(shown: StoreAnswer): ToRemove {
		return this.go(after(this.step, shown, { ...this.means, entries: this.entries }));
	}

	/** Whether the request may go out now: the claim was last seen in the store a moment ago. */
	isHeld(now: number): boolean {
		return this.step.at === 'held' && now - this.step.since <= this.means.lease;
	}

	/** The request goes out, or has gone out earlier. */
	send(): void {
		if (this.step.at === 'held') this.step = { ...this.step, at: 'sending' };
	}

	/** The event exists. */
	finish(): ToRemove {
		return this.go(finished(this.step, this.entries));
	}

	/** The request did not happen, or nothing was created. */
	release(refused: boolean, now: number): ToRemove {
		// After this long, others may have looked the event up and claimed the key.
		if ('since' in this.step && now - this.step.since > this.means.validFor) return NOTHING;
		return this.go(released(this.step, this.entries, refused));
	}

	/** The item ends. */
	leave(now: number): ToRemove {
		this.endedAt = now;
		return this.go(left(this.step, this.entries));
	}

	/** Other processes have wiped out what this process recorded lately. Gives what to record again. */
	restore(): { record: string[]; remove: ToRemove } {
		const next = restored(this.step, this.entries);
		return { record: next.record, remove: this.go(next) };
	}

	/** Takes the answer to that record: another process may have finished the key in the meantime. */
	restoredAs({ fresh }: StoreAnswer): ToRemove {
		const { seen } = this.entries;
		const isDone = !fresh.has(seen) && fresh.has(this.entries.open(1));
		return isDone && this.step.at === 'begun' ? this.finish() : NOTHING;
	}

	private go({ step, remove }: Next): ToRemove {
		this.step = step;
		return { values: remove, isRepeatable: step.at === 'done' };
	}
}
