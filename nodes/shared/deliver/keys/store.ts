import { BoundedMap } from '../../process/boundedMap';
import type { Purpose } from './calm';
import { longestWait, shortestWait, untilCalm } from './calm';
import type { Caller } from './caller';
import { once } from './caller';
import type { Timer } from './timer';
import type { KnownKey } from './knownKey';
import { Holds } from './holds';
import { Marks } from './marks';
import { Removals } from './removals';
import { Silence, SILENCE_MS } from './silence';
import type { StoreAnswer } from './steps';
import type { Table } from './table';

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
 * How late a call of another process is assumed to be at most, in ms. A mark that is gone shows only that some call read
 * the row before the mark was recorded and wrote it back after that, not how long that took. A mark that was not looked
 * at for long may also be gone because n8n has forgotten it.
 */
const LATEST_OF_OTHERS_MS = 5_000;

/**
 * How long a process that ends with its execution stays at least, in ms: only it can record again what a late call
 * wipes out. It stays longer once others have been late, but not forever, because others may go on being late.
 */
const STAY_MS = LATEST_OF_OTHERS_MS;
const STAY_IF_OTHERS_ARE_LATE_MS = 3 * LATEST_OF_OTHERS_MS;
const LONGEST_STAY_MS = 60_000;
/** How often it looks meanwhile, in ms: a process that was late waits until others have looked (see `Silence.afterLateCall`). */
const LOOK_WHILE_STAYING_MS = 1_000;

/** How many keys are watched at most: more than a process finishes in `WATCHED_MS`. */
const MOST_WATCHED = 20_000;

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
	readonly holds = new Holds();
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
	/** When something was last wanted, and when the store was last asked, epoch ms. */
	private lastWanted = 0;
	private lastAsked = 0;
	private isLookDue = false;
	/** The last call has recorded again what had been wiped out. */
	private hasRestored = false;
	/** When a call showed last that another process had wiped something out, epoch ms. */
	private wipedOutAt = -Infinity;

	/** @param table reached through the latest execution */
	constructor(
		private table: Table,
		readonly timer: Timer,
		private readonly times = SILENCE_MS,
	) {
		this.marks = new Marks(() => timer.newText());
		this.silence = new Silence(() => timer.random(), times);
		this.recent = new BoundedMap<KnownKey>({
			most: MOST_WATCHED,
			isOver: ({ endedAt }) => endedAt !== undefined && timer.now() - endedAt > WATCHED_MS,
			isInUse: ({ endedAt }) => endedAt === undefined,
		});
		this.removals = new Removals(this.marks, () => this.wake());
	}

	/** How long a process may wait for calm moments from the claim of a key until it is done or free, in ms. */
	get longestWaits(): number {
		return 2 * longestWait(this.times.calmStepMs);
	}

	/** An execution begins to use the store. Earlier ones are over or soon will be, so calls go through its table. */
	begin(table: Table): void {
		this.table = table;
	}

	/**
	 * Makes calls until the caller has nothing more to ask.
	 *
	 * @throws what the store throws, when it fails
	 */
	async ask(caller: Caller): Promise<void> {
		await this.asked({ caller });
	}

	/**
	 * Stays until late calls of others, which may be under way, have been written, and until what they have wiped out
	 * is there again. For a process that ends after that.
	 *
	 * @throws what the store throws, when it fails
	 */
	async outlast(): Promise<void> {
		const { timer } = this;
		const end = timer.now() + LONGEST_STAY_MS;
		for (let from = timer.now(); from < end; from = this.wipedOutAt) {
			const stay = () => (this.wipedOutAt > -Infinity ? STAY_IF_OTHERS_ARE_LATE_MS : STAY_MS);
			while (timer.now() < from + stay()) {
				await timer.sleep(Math.min(LOOK_WHILE_STAYING_MS, from + stay() - timer.now()));
				await this.asked({ caller: once([], () => undefined), isRestoring: true });
			}
			if (this.wipedOutAt <= from) return;
		}
	}

	private async asked(asking: Omit<Asking, 'resolve' | 'reject'>): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.asking.push({ ...asking, resolve, reject });
			this.wake(asking.isRestoring);
		});
	}

	private wake(isUrgent = false): void {
		// While claims are held back, new ones do not postpone the next look: records may be wiped out meanwhile.
		if (isUrgent || this.timer.now() >= this.noClaimsUntil) this.lastWanted = this.timer.now();
		// Without a reason Node would make an exception, with its stack, each time.
		this.alarm?.abort(true);
		if (!this.working) void this.work();
		if (!this.watching) void this.watch();
	}

	private async work(): Promise<void> {
		this.working = true;
		// Everything that is asked for at this moment goes into one call.
		await Promise.resolve();
		while (this.isLookDue || this.asking.length > 0 || this.removals.isWanted) {
			// The end of the silence is used to find out whether the process is calm.
			const { calmStepMs } = this.times;
			await this.sleepUntilCall(shortestWait(this.purpose, calmStepMs));
			await untilCalm(this.timer, calmStepMs, () => this.purpose);
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
			const ms = this.nextCall - before - this.timer.now();
			if (ms <= 0) return;
			this.alarm = new AbortController();
			await this.timer.sleep(ms, this.alarm.signal);
		}
	}

	/** What the next call is for. */
	private get purpose(): Purpose {
		if (this.asking.some(({ isAgain, isRestoring }) => isAgain ?? isRestoring)) return 'look';
		return this.asking.length > 0 || this.removals.isWanted ? 'claim' : 'watch';
	}

	private async call(): Promise<void> {
		const begun = this.timer.now();
		if (this.isLookDue || this.asking.length > 0 || !this.marks.canRemove) await this.record(begun);
		await this.removals.make(this.table);
		const took = this.timer.now() - begun;
		const isLate = this.silence.isLate(took);
		this.silentUntil = this.timer.now() + this.silence.after(took);
		if (!isLate) return;
		this.wasLate = true;
		this.makeNoClaimsFor(this.silence.afterLateCall(took));
	}

	private makeNoClaimsFor(ms: number): void {
		this.noClaimsUntil = Math.max(this.noClaimsUntil, this.timer.now() + ms);
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
		const late = this.wasLate || this.silence.isLate(this.timer.now() - begun);
		this.wasLate = late && waiting.length > 0;
		const kept = this.marks.learn(fresh, marks);
		const isGone = kept.wipedOut || (kept.isRecordLost && this.hasRestored);
		if (isGone) this.wipedOutAt = this.timer.now();
		const isWary = this.timer.now() - this.wipedOutAt < WATCHED_MS;
		for (const one of asking) this.answer(one, { fresh, late, isWary, at: begun });
		const age = this.timer.now() - kept.since;
		if (kept.wipedOut && age < WATCHED_MS)
			this.makeNoClaimsFor(this.silence.afterLateCall(Math.min(age, LATEST_OF_OTHERS_MS)));
		this.removals.looked(kept);
		if (isGone) for (const [, key] of this.recent.entries()) this.restore(key);
		this.hasRestored = asking.some(({ isRestoring }) => isRestoring);
	}

	private answer(one: Asking, shown: StoreAnswer): void {
		one.caller.take(shown);
		if (one.caller.question()) this.asking.push({ ...one, isAgain: true });
		else one.resolve();
	}

	/** Records again what other processes have overwritten of a key. */
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
			await this.timer.idle(FIRST_WATCH_MS);
			const now = this.timer.now();
			this.recent.dropOver();
			if (now - this.lastWanted > WATCHED_MS || this.recent.size === 0) break;
			const lookedAfter = Math.max(0, this.lastAsked - this.lastWanted);
			if (now - this.lastWanted < Math.max(FIRST_WATCH_MS, NEXT_WATCH * lookedAfter)) continue;
			this.isLookDue = true;
			this.alarm?.abort(true);
			if (!this.working) void this.work();
		}
		this.watching = false;
	}
}
