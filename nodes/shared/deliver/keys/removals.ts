import type { Kept, Marks } from './marks';
import type { Table } from './table';

/**
 * How many entries are removed at once. n8n searches all entries for each of them: more would block the whole process.
 */
const MOST_AT_ONCE = 250;
/** How often a removal is tried in all, if the database refuses it. */
const MOST_TRIES = 5;

/** Entries that are to be removed together. */
export interface ToRemove {
	values: string[];
	/**
	 * Whether removing them twice does no harm. Entries whose removal makes a key free are removed only once: later
	 * they may belong to another item.
	 */
	isRepeatable: boolean;
	/**
	 * They are removed together with the call that added them, or not at all: later they may belong to a claim. Whether
	 * they are gone is not checked, so only entries that mean nothing alone may be removed like this.
	 */
	isAtOnce?: true;
}

/** A removal on its way. */
export interface Removal {
	/** Settles when they were removed; with the cause if that failed for good. */
	written: Promise<Error | undefined>;
	/** Settles when it is sure that no other process has put them back. */
	confirmed(): Promise<Error | undefined>;
}

/** Settles when all are sure, with the first cause if one failed for good. */
export async function allConfirmed(all: Array<Pick<Removal, 'confirmed'>>): Promise<Error | undefined> {
	const causes = await Promise.all(all.map(async (one) => await one.confirmed()));
	return causes.find((cause) => cause !== undefined);
}

interface Waiting extends ToRemove {
	tries: number;
	isAwaited: boolean;
	written(failed?: Error): void;
	confirmed(failed?: Error): void;
}

/** Counts a failed try; gives the entries of the batch that are not given up yet. They are tried again with another call. */
function triedAgain(batch: Waiting[], cause: Error): Waiting[] {
	return batch.filter((one) => {
		one.isAwaited = true;
		if (++one.tries < MOST_TRIES) return true;
		one.written(cause);
		one.confirmed(cause);
		return false;
	});
}

/** Entries to remove from the store, until it is sure that they stay removed. */
export class Removals {
	private waiting: Waiting[] = [];
	/** Removed by the last removal, which may have failed. No call has checked yet whether they are gone. */
	private made: Waiting[] = [];
	/** Removed before. The last call has shown that they are gone. */
	private lookedAt: Waiting[] = [];

	constructor(
		private readonly marks: Marks,
		private readonly wake: () => void,
	) {}

	/** Takes entries to be removed with one of the next calls. */
	add({ values, ...how }: ToRemove): Removal {
		let written: Waiting['written'] = () => {};
		let confirmed: Waiting['confirmed'] = () => {};
		const isWritten = new Promise<Error | undefined>((resolve) => (written = resolve));
		const isConfirmed = new Promise<Error | undefined>((resolve) => (confirmed = resolve));
		const one: Waiting = { values, ...how, tries: 0, isAwaited: false, written, confirmed };
		if (values.length === 0) {
			written();
			confirmed();
		} else {
			this.waiting.push(one);
			this.wake();
		}
		return {
			written: isWritten,
			confirmed: async () => {
				one.isAwaited = true;
				this.wake();
				return await isConfirmed;
			},
		};
	}

	/** Whether a call is needed although no item asks for one. */
	get isWanted(): boolean {
		return this.waiting.length > 0 || this.made.some(({ isAwaited }) => isAwaited);
	}

	/** Removes the entries that wait, up to `MOST_AT_ONCE` of them. */
	async make(table: Table): Promise<void> {
		await this.makeAtOnce(table);
		if (!this.marks.canRemove) return await this.makeUnmarked(table);
		if (this.waiting.length === 0 && !this.marks.isTimeToRemove) return;
		const batch = this.nextBatch();
		const values = [...new Set([...batch.flatMap((one) => one.values), ...this.marks.remove()])];
		try {
			await table.remove(values);
			for (const one of batch) one.written();
			this.made.push(...batch);
		} catch (cause) {
			// It may have been carried out all the same: the next call shows that.
			this.made.push(...triedAgain(batch, cause as Error));
		}
	}

	private async makeAtOnce(table: Table): Promise<void> {
		const all = this.waiting.filter(({ isAtOnce }) => isAtOnce);
		if (all.length === 0) return;
		this.waiting = this.waiting.filter(({ isAtOnce }) => !isAtOnce);
		const removal = table.remove(all.flatMap(({ values }) => values));
		const failed = await removal.then(
			() => undefined,
			(cause: Error) => cause,
		);
		for (const one of all) {
			one.written(failed);
			one.confirmed(failed);
		}
	}

	/**
	 * The first calls of a process have no canary yet, so a removal cannot be checked. What a question has added to a
	 * done key is removed all the same, because the key would look begun to others. It is removed again later, and
	 * checked then.
	 */
	private async makeUnmarked(table: Table): Promise<void> {
		const values = this.waiting.flatMap((one) => (one.isRepeatable ? one.values : []));
		if (values.length === 0 || values.length > MOST_AT_ONCE) return;
		await table.remove(values).catch(() => undefined);
	}

	private nextBatch(): Waiting[] {
		let count = 0;
		const end = this.waiting.findIndex(({ values }, index) => {
			count += values.length;
			return index > 0 && count > MOST_AT_ONCE;
		});
		return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
	}

	/** The store cannot be reached: nothing can be removed or looked at. */
	fail(cause: Error): void {
		this.made = triedAgain(this.made, cause);
		this.waiting.unshift(...triedAgain(this.nextBatch(), cause));
	}

	/**
	 * A call has shown which removals were lost, or that nobody knows. They are made again, unless that could harm other items
	 * by now.
	 */
	looked({ wipedOut, isRecordLost, isRemovalLost, isRemovalUnsure }: Kept): void {
		const [made, looked] = [this.made, this.lookedAt];
		this.made = [];
		this.lookedAt = [];
		for (const one of made) {
			const isAgain = one.isRepeatable ? isRemovalLost || isRemovalUnsure : isRemovalLost && !wipedOut;
			if (isAgain) this.waiting.push(one);
			else {
				one.written();
				one.confirmed();
				if (one.isRepeatable) this.lookedAt.push(one);
			}
		}
		// The process that has overwritten the last call may have brought these back.
		if (isRecordLost) this.waiting.push(...looked);
	}
}
