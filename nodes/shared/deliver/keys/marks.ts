/** How many marks may stay behind until some are removed. */
const MOST_STRAYS = 20;
/** How many canaries are kept for removals to come. */
const MOST_CANARIES = 3;

/** What a call has found out about the calls before it. */
export interface Kept {
	/** Another process has written back what it had read long ago: much of what was in the store is gone. */
	wipedOut: boolean;
	/** Another process has overwritten what the last call recorded. */
	isRecordLost: boolean;
	/** Another process has overwritten the last removal. */
	isRemovalLost: boolean;
}

interface NewMarks {
	last: string;
	canary: string;
}

/**
 * Tells whether the calls of this process are still in the store. Each call records two marks, which are new texts. A
 * later call must find the first one. The second one is removed once it was seen, and must be gone after that.
 */
export class Marks {
	/** A mark that a later call has found. */
	private found?: string;
	/** The marks of the last call. */
	private latest?: NewMarks;
	/** Known to be in the store; each is removed with a removal. */
	private canaries: string[] = [];
	/** Removed with the last removal, which no call has looked at yet. */
	private removed?: string;
	private strays: string[] = [];

	constructor(private readonly newText: () => string) {}

	/** What a call has to record. */
	begin(): NewMarks & { asked: string[] } {
		const asked = [this.found, this.latest?.last, this.removed].filter((mark) => mark !== undefined);
		return { asked, last: `mark\n${this.newText()}`, canary: `mark\n${this.newText()}` };
	}

	/** @param fresh what the call that asked for the marks of `begin` did not find; it has recorded them by that */
	learn(fresh: ReadonlySet<string>, { last, canary }: NewMarks): Kept {
		const isGone = (mark: string | undefined) => mark !== undefined && fresh.has(mark);
		const { found, latest, removed } = this;
		const kept: Kept = {
			wipedOut: isGone(found),
			isRecordLost: isGone(latest?.last),
			isRemovalLost: removed !== undefined && !fresh.has(removed),
		};
		this.leave(removed);
		if (kept.wipedOut) this.leave(found, latest?.last, latest?.canary, ...this.canaries.splice(0));
		else if (kept.isRecordLost) this.leave(latest?.last, latest?.canary);
		else if (latest) this.leave(found);
		if (kept.wipedOut) delete this.found;
		else if (latest && !kept.isRecordLost) {
			this.found = latest.last;
			this.canaries.push(latest.canary);
			this.leave(...this.canaries.splice(0, this.canaries.length - MOST_CANARIES));
		}
		delete this.removed;
		this.latest = { last, canary };
		return kept;
	}

	private leave(...marks: Array<string | undefined>): void {
		this.strays.push(...marks.filter((mark) => mark !== undefined));
	}

	/** Whether a removal could be looked at afterwards. Otherwise, a call has to come before it. */
	get canRemove(): boolean {
		return this.canaries.length > 0 && this.removed === undefined;
	}

	/** Whether there are enough marks left behind to remove some for their own sake. */
	get isTimeToRemove(): boolean {
		return this.strays.length > MOST_STRAYS;
	}

	/** What the next removal takes along. */
	remove(): string[] {
		this.removed = this.canaries.shift();
		const marks = [...this.strays, ...(this.removed === undefined ? [] : [this.removed])];
		this.strays = [];
		return marks;
	}
}
