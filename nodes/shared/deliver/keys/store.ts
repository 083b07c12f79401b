import { BoundedMap } from '../../process/boundedMap';
import type { KnownKey } from './knownKey';
import type { Kept } from './marks';
import { Marks } from './marks';
import { Removals } from './removals';
import { Silence, SILENCE_MS } from './silence';
import type { Shown } from './steps';
import type { Table } from './table';
import { Turns } from './turns';

/** How long the last call is watched, in ms: a late call of another process may wipe out what it recorded. */
const WATCHED_MS = 120_000;
/** When the first look of the watch comes, in ms. */
const FIRST_WATCH_MS = 250;
/**
 * How many times as late the next look comes. A process waits twice the time of a late call before its next one (see
 * `Silence`): by then another one that was there before has looked.
 */
const NEXT_WATCH = 3;

/**
 * The process is calm when `CALM_TURNS` timers of `calmTurn` in a row end less than `BUSY_MS` late. Calls wait for that:
 * in the middle of a burst, n8n's other work comes between the reading and the writing of a call, so that it takes
 * long, and all other processes have to be silent for longer than a call takes.
 */
const CALM_TURNS = 4;
const BUSY_MS = 15;
/** As `CALM_TURNS`, for a look that nobody waits for: the pauses inside a burst are shorter. */
const CALM_TURNS_TO_WATCH = 60;
/**
 * How long to wait for calm at most, in ms: before a claim, before the next look at a claim, and while nobody waits.
 */
const LONGEST_WAIT_MS = 5_000;
const LONGEST_WAIT_TO_LOOK_MS = 1_000;
const LONGEST_WAIT_TO_WATCH_MS = 10_000;

/**
 * How late a call of another process is taken to be at most, in ms. Nobody knows it: it has read before the mark was recorded that is
 * gone now. A mark that was not looked at for long may also be gone because n8n has forgotten it.
 */
const LATEST_OF_OTHERS_MS = 5_000;

/** How many executions are known at a time: those that come back, as in a loop, are no part of a burst. */
const MOST_EXECUTIONS = 1_000;

/** How many keys are watched at most: more than a process finishes in `WATCHED_MS`. */
const MOST_WATCHED = 20_000;

/** Time and random values; tests bring their own. */
export interface Clock {
	/** Epoch ms. */
	now(): number;
	/** @param signal ends it at once */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** As `sleep`, but does not keep the process from ending. */
	idle(ms: number): Promise<void>;
	/** From 0 to 1. */
	random(): number;
	/** A text that no other process has. */
	newText(): string;
}

/** Asks the store something, with one call or several. */
export interface Caller {
	/** What it asks with the next call; undefined when it has nothing more to ask. */
	question(): string[] | undefined;
	/** Takes the answer. */
	take(shown: Shown): void;
}

interface Asking {
	caller: Caller;
	/** It has asked before, and waits for the next answer. */
	isAgain?: true;
	/** It records again what another process has wiped out: others may find the keys free until then. */
	isRestoring?: true;
	resolve(): void;
	reject(cause: unknown): void;
}

/**
 * The only access of this process to the store of a node. It keeps the timing that claims depend on.
 *
 * The store is one row. A call reads it, changes it and writes it back whole, without a lock, and so undoes what others
 * have written between its reading and its writing. Therefore this process makes one call at a time. Questions and
 * removals that come meanwhile wait, and are then done together: one call that asks, and one that removes. After that
 * the process is silent for longer than a call of any other process takes. By then every call that was under way has
 * been written, and what the next call finds stays.
 */
export class KeyStore {
	private asking: Asking[] = [];
	readonly removals: Removals;
	/** The keys that this process has worked on lately, by their names. */
	readonly recent: BoundedMap<KnownKey>;
	readonly turns = new Turns();
	private readonly marks: Marks;
	private readonly silence: Silence;
	private working = false;
	private watching = false;
	/** Until when the process is silent, epoch ms. */
	private silentUntil = 0;
	/** Until when it only restores what others have wiped out, epoch ms. */
	private noClaimsUntil = 0;
	/** Ends the sleep until the next call. */
	private alarm?: AbortController;
	/** A call since the last answers was late. */
	private wasLate = false;
	/** The latest executions that use the node, and when the last of them began to, by the clock. */
	private readonly executions = new BoundedMap<true>({ most: MOST_EXECUTIONS });
	private executionBegan = -Infinity;
	/** When something was last wanted, and when the store was last asked, epoch ms. */
	private lastWanted = 0;
	private lastAsked = 0;
	private isLookDue = false;
	/** The last call has recorded again what had been wiped out. */
	private hasRestored = false;

	/** @param table reached through the latest execution */
	constructor(
		private table: Table,
		readonly clock: Clock,
		private readonly times = SILENCE_MS,
	) {
		this.marks = new Marks(() => clock.newText());
		this.silence = new Silence(() => clock.random(), times);
		this.recent = new BoundedMap<KnownKey>({
			most: MOST_WATCHED,
			isOver: ({ endedAt }) => endedAt !== undefined && clock.now() - endedAt > WATCHED_MS,
			isInUse: ({ endedAt }) => endedAt === undefined,
		});
		this.removals = new Removals(this.marks, () => this.wake());
	}

	/** An execution begins to use the store. Earlier ones are over or soon will be, so calls go through its table. */
	begin(execution: string, table: Table): void {
		this.table = table;
		if (!this.executions.get(execution)) this.executionBegan = this.clock.now();
		this.executions.set(execution, true);
	}

	/**
	 * Makes calls until the caller has nothing more to ask.
	 *
	 * @throws what the store throws, when it fails
	 */
	async ask(caller: Caller): Promise<void> {
		await this.asked({ caller });
	}

	private async asked(asking: Omit<Asking, 'resolve' | 'reject'>): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.asking.push({ ...asking, resolve, reject });
			this.wake();
		});
	}

	private wake(): void {
		this.lastWanted = this.clock.now();
		this.alarm?.abort();
		if (!this.working) void this.work();
		if (!this.watching) void this.watch();
	}

	private async work(): Promise<void> {
		this.working = true;
		// Everything that is asked for at this moment goes into one call.
		await Promise.resolve();
		while (this.isLookDue || this.asking.length > 0 || this.removals.isWanted) {
			// The end of the silence is used to find out whether the process is calm.
			await this.sleepUntilCall(CALM_TURNS * this.times.calmTurn);
			await this.calm();
			await this.sleepUntilCall();
			await this.call();
		}
		this.working = false;
	}

	/** When the next call may be made, by what it is for; epoch ms. */
	private get nextCall(): number {
		const isUrgent = this.isLookDue || this.asking.some(({ isRestoring }) => isRestoring);
		return isUrgent ? this.silentUntil : Math.max(this.silentUntil, this.noClaimsUntil);
	}

	/** @param before how long before the next call it ends, in ms */
	private async sleepUntilCall(before = 0): Promise<void> {
		for (;;) {
			const ms = this.nextCall - before - this.clock.now();
			if (ms <= 0) return;
			this.alarm = new AbortController();
			await this.clock.sleep(ms, this.alarm.signal);
		}
	}

	/** Waits for a moment in which the process has little else to do. */
	private async calm(): Promise<void> {
		const { calmTurn } = this.times;
		let calm = 0;
		for (let waited = 0; calm < this.calmTurns && waited < this.longestWait;) {
			const from = this.clock.now();
			await this.clock.sleep(calmTurn);
			const took = this.clock.now() - from;
			waited += took;
			calm = took < calmTurn + BUSY_MS && !this.isBurst ? calm + 1 : 0;
		}
	}

	/** Whether more executions may be about to begin. A claim that was made does not wait for them. */
	private get isBurst(): boolean {
		return !this.hasClaims && this.clock.now() - this.executionBegan < this.times.afterBegin;
	}

	/** Whether a claim that was made waits for its next look. */
	private get hasClaims(): boolean {
		return this.asking.some(({ isAgain }) => isAgain);
	}

	private get calmTurns(): number {
		return this.asking.length > 0 || this.removals.isWanted ? CALM_TURNS : CALM_TURNS_TO_WATCH;
	}

	private get longestWait(): number {
		if (this.hasClaims) return LONGEST_WAIT_TO_LOOK_MS;
		return this.asking.length > 0 || this.removals.isWanted ? LONGEST_WAIT_MS : LONGEST_WAIT_TO_WATCH_MS;
	}

	private async call(): Promise<void> {
		const begun = this.clock.now();
		if (this.isLookDue || this.asking.length > 0 || !this.marks.canRemove) await this.record(begun);
		await this.removals.make(this.table);
		const took = this.clock.now() - begun;
		const isLate = this.silence.isLate(took);
		this.silentUntil = this.clock.now() + this.silence.after(took);
		if (!isLate) return;
		this.wasLate = true;
		this.makeNoClaimsFor(this.silence.afterLateCall(took));
	}

	private makeNoClaimsFor(ms: number): void {
		this.noClaimsUntil = Math.max(this.noClaimsUntil, this.clock.now() + ms);
	}

	private async record(begun: number): Promise<void> {
		this.isLookDue = false;
		this.lastAsked = begun;
		const isTheirTime = ({ isRestoring }: Asking) => isRestoring ?? begun >= this.noClaimsUntil;
		const asking = this.asking.filter(isTheirTime);
		const waiting = this.asking.filter((one) => !isTheirTime(one));
		this.asking = waiting;
		const marks = this.marks.begin(begun);
		const questions = asking.flatMap(({ caller }) => caller.question() ?? []);
		let fresh: ReadonlySet<string>;
		try {
			fresh = await this.table.record([
				...new Set([...questions, ...marks.asked, marks.last, marks.canary]),
			]);
		} catch (cause) {
			for (const { reject } of asking) reject(cause);
			this.removals.fail(cause as Error);
			return;
		}
		const late = this.wasLate || this.silence.isLate(this.clock.now() - begun);
		this.wasLate = late && waiting.length > 0;
		for (const one of asking) this.answer(one, { fresh, late, at: begun });
		const kept = this.marks.learn(fresh, marks);
		const age = this.clock.now() - kept.since;
		if (kept.wipedOut && age < WATCHED_MS)
			this.makeNoClaimsFor(this.silence.afterLateCall(Math.min(age, LATEST_OF_OTHERS_MS)));
		this.learn(kept);
		this.hasRestored = asking.some(({ isRestoring }) => isRestoring);
	}

	private answer(one: Asking, shown: Shown): void {
		one.caller.take(shown);
		if (one.caller.question()) this.asking.push({ ...one, isAgain: true });
		else one.resolve();
	}

	/** Restores what other processes have overwritten. */
	private learn(kept: Kept): void {
		this.removals.looked(kept);
		const isGone = kept.wipedOut || (kept.isRecordLost && this.hasRestored);
		if (isGone) for (const [, key] of this.recent.entries()) this.restore(key);
	}

	private restore(key: KnownKey): void {
		const { record, remove } = key.restore();
		this.removals.add(remove);
		if (record.length === 0) return;
		const caller = once(record, (shown) => this.removals.add(key.restoredAs(shown)));
		void this.asked({ caller, isRestoring: true }).catch(() => undefined);
	}

	/**
	 * Looks now and then whether this process's calls are still in the store, as long as a late call may wipe them out.
	 */
	private async watch(): Promise<void> {
		this.watching = true;
		for (;;) {
			await this.clock.idle(FIRST_WATCH_MS);
			const now = this.clock.now();
			this.recent.dropOver();
			if (now - this.lastWanted > WATCHED_MS || this.recent.size === 0) break;
			const lookedAfter = Math.max(0, this.lastAsked - this.lastWanted);
			if (now - this.lastWanted < Math.max(FIRST_WATCH_MS, NEXT_WATCH * lookedAfter)) continue;
			this.isLookDue = true;
			this.alarm?.abort();
			if (!this.working) void this.work();
		}
		this.watching = false;
	}
}

/** One question with its answer. */
export function once(values: string[], take: Caller['take']): Caller {
	let question: string[] | undefined = values;
	return {
		question: () => question,
		take: (shown) => {
			question = undefined;
			take(shown);
		},
	};
}
