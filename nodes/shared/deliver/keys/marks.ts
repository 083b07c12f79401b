/** How many marks may stay behind in the store before a removal is made only for them. */
const MOST_STRAYS = 20;
/**
 * How many canaries are kept for later removals. Each removal takes one along, which shows later whether it was lost.
 */
const MOST_CANARIES = 3;

/** What a call has found out about the calls before it. */
export interface Kept {
	/** Another process has written back an old state of the store, so many entries are gone. */
	wipedOut: boolean;
	/** When the mark that is gone was recorded, epoch ms: the old state is older. */
	since: number;
	/** Another process has overwritten what the last call recorded. */
	isRecordLost: boolean;
	/** Another process has overwritten the last removal. */
	isRemovalLost: boolean;
	/** Nothing shows whether the last removal was carried out. */
	isRemovalUnsure: boolean;
}

interface NewMarks {
	last: string;
	canary: string;
	/** When the call began, epoch ms. */
	at: number;
}

/**
 * Tells whether the calls of this process are still in the store. Each call records two marks, texts that nobody else
 * has. A later call must find the first one (`last`). The second one (`canary`) is removed by a later removal, and must
 * be gone after that.
 */
export class Marks {
	/** A mark that a later call has found, and when it was recorded. */
	private found?: string;
	private foundAt = 0;
	/** The marks of the last call. */
	private latest?: NewMarks;
	/** The mark of a call that has not been answered. It stays the same until one is: see `learn`. */
	private last?: string;
	/** Canaries that are known to be in the store; each removal takes one along. */
	private canaries: string[] = [];
	/** The canary of the last removal. No call has checked yet whether it is gone. */
	private removed?: string;
	private strays: string[] = [];

	constructor(private readonly newText: () => string) {}

	/** The marks of a new call: those it asks for, and those it adds. */
	begin(at: number): NewMarks & { asked: string[] } {
		const asked = [this.found, this.latest?.last, this.removed].filter((mark) => mark !== undefined);
		this.last ??= `mark\n${this.newText()}`;
		return { at, asked, last: this.last, canary: `mark\n${this.newText()}` };
	}

	/** @param fresh the entries that the call did not find, and has added */
	learn(fresh: ReadonlySet<string>, { last, canary, at }: NewMarks): Kept {
		const isGone = (mark: string | undefined) => mark !== undefined && fresh.has(mark);
		const { found, latest, removed } = this;
		const kept: Kept = {
			wipedOut: isGone(found),
			since: this.foundAt,
			isRecordLost: isGone(latest?.last),
			isRemovalLost: removed !== undefined && !fresh.has(removed) && fresh.has(last),
			// If its own mark is not new, a call before was recorded and not answered, and the canary with it: that shows nothing.
			isRemovalUnsure: removed !== undefined && !fresh.has(last),
		};
		delete this.last;
		this.leave(removed);
		if (kept.wipedOut) this.leave(found, latest?.last, latest?.canary, ...this.canaries.splice(0));
		else if (kept.isRecordLost) this.leave(latest?.last, latest?.canary);
		else if (latest) this.leave(found);
		if (kept.wipedOut) delete this.found;
		else if (latest && !kept.isRecordLost) {
			this.found = latest.last;
			this.foundAt = latest.at;
			this.canaries.push(latest.canary);
			this.leave(...this.canaries.splice(0, this.canaries.length - MOST_CANARIES));
		}
		delete this.removed;
		this.latest = { last, canary, at };
		return kept;
	}

	private leave(...marks: Array<string | undefined>): void {
		this.strays.push(...marks.filter((mark) => mark !== undefined));
	}

	/** Whether a removal made now can be checked afterwards. If not, another call has to come first. */
	get canRemove(): boolean {
		return this.canaries.length > 0 && this.removed === undefined;
	}

	/** Whether so many marks are left behind that a removal is made only for them. */
	get isTimeToRemove(): boolean {
		return this.strays.length > MOST_STRAYS;
	}

	/** The marks that the next removal takes along. */
	remove(): string[] {
		this.removed = this.canaries.shift();
		const marks = [...this.strays, ...(this.removed === undefined ? [] : [this.removed])];
		this.strays = [];
		return marks;
	}
}
