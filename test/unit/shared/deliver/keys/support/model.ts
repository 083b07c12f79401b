import { Entries } from '../../../../../../nodes/shared/deliver/keys/entries';
import { KnownKey } from '../../../../../../nodes/shared/deliver/keys/knownKey';
import type { KeyStep } from '../../../../../../nodes/shared/deliver/keys/steps';

/*
 * All orders in which the reading and the writing of several processes may follow each other, for one key. What a
 * process does next is decided by the published code (`KnownKey`); this file moves it through all worlds.
 *
 * Time is an order here. "Silent for longer than any call takes" is: a process makes no call before all calls have been
 * written that were under way when its last one ended, and those that are under way then, and once more. A late call
 * breaks that: the others do not wait for it.
 */

export interface Options {
	processes: number;
	/** Calls that one more process makes for other keys. */
	unrelatedCalls?: number;
	/** Late calls that the first process may make. */
	lateCalls?: number;
	/** How often a begun key is looked up and, if its event is absent, claimed again. */
	lookUps?: number;
	/** How often an item waits because another one is at work on the key, and claims it anew. */
	waits?: number;
	/** How often a claim that is held is made again with that of a further key. */
	renewals?: number;
	/** How often a claim that is held is given back because a further key is not the item's, and made again later. */
	givenBack?: number;
	/** Each request gets its answer, so that none ends in doubt. */
	isAnswered?: true;
	/** How many rounds a claim may have: each call that is wiped out may bring one more, without end. */
	rounds?: number;
	/** What is taken out of the protocol. */
	without?: 'silence' | 'nonce' | 'restoring' | 'patience';
}

interface Process {
	step: KeyStep;
	call: 'none' | 'record' | 'remove';
	/** What it has read for the call under way. */
	copy: readonly string[];
	toRemove: readonly string[];
	toRestore: readonly string[];
	/** Whose calls have to end before its silence does, and how often it waits for all calls under way after that. */
	silentFor: readonly number[];
	silentRounds: number;
	/** The call under way is a late one; one of the last calls was; others have to notice that before it goes on. */
	isStalled: boolean;
	wasLate: boolean;
	mustWait: boolean;
	hasLooked: boolean;
	/** No late call has been written since the call under way has read. */
	isLooking: boolean;
	/** What the last removal took out, which no call has looked at yet. */
	lastRemoved: readonly string[];
	/** The last call has recorded again what was wiped out. */
	isRestored: boolean;
	/** Its claim has become old; it was so when the call under way began. */
	isOld: boolean;
	wasOld: boolean;
	/** Numbers of its marks: the last one that was found again, and the last one recorded. */
	found: number;
	last: number;
	/** It has found that others have wiped out what it had recorded. */
	isWary: boolean;
	hasEnded: boolean;
	hasSent: boolean;
	unrelated: number;
}

interface World {
	store: readonly string[];
	processes: readonly Process[];
	sent: number;
	lateCalls: number;
	lookUps: number;
	waits: number;
	renewals: number;
	givenBack: number;
}

/** What was found in all worlds. */
export interface Found {
	worlds: number;
	/** Events of the key, at the most. */
	events: number;
	/** What the processes know of the key in worlds that end without its event. */
	unsent: string[];
	/** How one of the worlds came to its second event. */
	trace: string[];
}

const entries = new Entries('k', { event: 'e', request: 'r' });
const LEASE = 1;
/** A silence is three times as long as a call: a process that overwrote another one can be overwritten itself. */
const CALLS_IN_A_SILENCE = 3;
/** Worlds without end are a mistake of the model. */
const MOST_WORLDS = 1_000_000;

function processOf(unrelated: number): Process {
	return {
		step: { at: 'free' },
		call: 'none',
		copy: [],
		toRemove: [],
		toRestore: [],
		silentFor: [],
		silentRounds: 0,
		isStalled: false,
		wasLate: false,
		mustWait: false,
		hasLooked: true,
		isLooking: false,
		lastRemoved: [],
		isRestored: false,
		isOld: false,
		wasOld: false,
		found: 0,
		last: 0,
		isWary: false,
		hasEnded: unrelated > 0,
		hasSent: false,
		unrelated,
	};
}

/** Goes through all worlds, up to the first one with two events. */
export function explore(options: Options): Found {
	const { processes, unrelatedCalls = 0, lateCalls = 0, lookUps = 0, waits = 0 } = options;
	const { renewals = 0, givenBack = 0, rounds = Infinity } = options;
	const all = Array.from({ length: processes }, () => processOf(0));
	if (unrelatedCalls > 0) all.push(processOf(unrelatedCalls));
	const limits = { lateCalls, lookUps, waits, renewals, givenBack };
	const start: World = { store: [], processes: all, sent: 0, ...limits };
	const from = new Map<string, { before: string; move: string }>([
		[JSON.stringify(start), { before: '', move: '' }],
	]);
	let events = 0;
	const unsent = new Set<string>();
	for (let level = [start]; level.length > 0;) {
		const next: World[] = [];
		for (const world of level) {
			const name = JSON.stringify(world);
			events = Math.max(events, world.sent);
			if (events > 1)
				return { worlds: from.size, events, unsent: [...unsent], trace: traceTo(name, from) };
			const moves = movesOf(world, options);
			if (moves.length === 0 && world.sent === 0)
				for (const { step } of world.processes.slice(0, processes)) unsent.add(step.at);
			for (const [move, to] of moves) {
				if (to.processes.some(({ step }) => 'round' in step && step.round > rounds)) continue;
				const same = plain(to);
				const toName = JSON.stringify(same);
				if (from.has(toName)) continue;
				from.set(toName, { before: name, move });
				next.push(same);
			}
		}
		if (from.size > MOST_WORLDS) throw new Error('There are too many worlds to go through');
		level = next;
	}
	return { worlds: from.size, events, unsent: [...unsent], trace: [] };
}

/**
 * One world for all that go on in the same way: without nonces and marks that nobody will look for or remove any more, the others
 * numbered anew, in order.
 */
function plain(world: World): World {
	const names = new Map<string, string>();
	world.processes.forEach(({ step, toRemove, lastRemoved, found, last }, index) => {
		const { nonce, former } = step as { nonce?: string; former?: string };
		const own = [nonce, former].flatMap((text) => (text === undefined ? [] : [entries.nonce(text)]));
		const nonces = [...own, ...toRemove, ...lastRemoved].filter(isNonce);
		[...new Set(nonces)].forEach((name, at) => names.set(name, entries.nonce(`${index}.${at + 1}`)));
		if (found > 0) names.set(markOf(index, found), markOf(index, 2));
		if (last > 0) names.set(markOf(index, last), markOf(index, 1));
		if (last > 0) names.set(canaryOf(index, last), canaryOf(index, 1));
	});
	const isLitter = (entry: string) => /^(nonce|mark|canary)\b/.test(entry) && !names.has(entry);
	const renamed = (all: readonly string[]) => all.map((entry) => names.get(entry) ?? entry);
	const kept = (all: readonly string[]) => renamed(all.filter((entry) => !isLitter(entry))).sort();
	const text = (nonce: string) => (names.get(entries.nonce(nonce)) ?? '').slice(entries.nonce('').length);
	const stepOf = (step: KeyStep): KeyStep => {
		if (!('nonce' in step)) return step;
		const { nonce, former } = step;
		return { ...step, nonce: text(nonce), ...(former !== undefined && { former: text(former) }) };
	};
	return {
		...world,
		store: kept(world.store),
		processes: world.processes.map((process) => ({
			...process,
			step: stepOf(process.step),
			copy: kept(process.copy),
			toRemove: renamed(process.toRemove),
			lastRemoved: renamed(process.lastRemoved),
			found: process.found > 0 ? 2 : 0,
			last: process.last > 0 ? 1 : 0,
		})),
	};
}

const isNonce = (entry: string) => entry.startsWith(entries.nonce(''));

function traceTo(name: string, from: Map<string, { before: string; move: string }>): string[] {
	const trace: string[] = [];
	for (let at = from.get(name); at && at.before !== ''; at = from.get(at.before)) trace.unshift(at.move);
	return trace;
}

type Move = [string, World];

function movesOf(world: World, options: Options): Move[] {
	return world.processes.flatMap((process, index) => {
		const moves: Move[] = [];
		const go = (name: string, change: Partial<Process>, rest: Partial<World> = {}) =>
			moves.push([
				`${index} ${name}`,
				{ ...world, ...rest, processes: changed(world.processes, index, change) },
			]);
		if (process.call !== 'none') {
			moves.push([`${index} writes`, write(world, index, options)]);
			return moves;
		}
		read(world, index, options, moves);
		if (process.toRemove.length > 0) return moves;
		if (!process.hasEnded) work(world, index, options, go, moves);
		return moves;
	});
}

const changed = (processes: readonly Process[], index: number, change: Partial<Process>) =>
	processes.map((process, other) => (other === index ? { ...process, ...change } : process));

type Go = (name: string, change: Partial<Process>, rest?: Partial<World>) => void;

/** The key of a process, with the code that is published. */
function keyOf({ step }: Process, index: number, world: World): KnownKey {
	const key = new KnownKey(entries, {
		newNonce: () => freeNonce(index, world),
		lease: LEASE,
		validFor: Number.MAX_VALUE,
	});
	key.step = step;
	return key;
}

/** A nonce that nothing in this world names. A number may come again then: otherwise equal worlds would differ by it. */
function freeNonce(index: number, world: World): string {
	const used = new Set(JSON.stringify(world).match(/(?<!mark |canary |\d)\d+\.\d+/g));
	let number = 1;
	while (used.has(`${index}.${number}`)) number++;
	return `${index}.${number}`;
}

/** Begins a call, if the process has one to make and is not silent. */
function read(world: World, index: number, { without }: Options, moves: Move[]): void {
	const process = world.processes[index] as Process;
	const isSecond = process.toRemove.length > 0;
	const isSilent = without !== 'silence' && process.silentFor.length > 0;
	// Whoever was late is silent until the others have looked, and recorded again what it has wiped out.
	const others = world.processes.filter((other) => other !== process);
	const mustWait =
		process.mustWait && without !== 'restoring' && others.some((other) => isRestoring(other));
	if (!isSecond && (isSilent || mustWait)) return;
	const isQuestion = keyOf(process, index, world).question() !== undefined;
	const isCheck = without !== 'restoring' && !process.hasLooked;
	if (!isSecond && !isQuestion && !isCheck && process.toRestore.length === 0 && process.unrelated === 0)
		return;
	const call = { call: isSecond ? ('remove' as const) : ('record' as const), copy: world.store };
	const reading = isSecond
		? call
		: {
				...call,
				wasOld: process.isOld,
				isOld: process.isOld && process.step.at === 'held',
				isLooking: true,
			};
	moves.push([`${index} reads`, { ...world, processes: changed(world.processes, index, reading) }]);
	if (world.lateCalls === 0 || index > 0) return;
	const processes = world.processes.map((other, at) =>
		at === index
			? { ...other, ...reading, isStalled: true }
			: { ...other, silentFor: other.silentFor.filter((one) => one !== index) },
	);
	moves.push([`${index} reads, and is late`, { ...world, processes, lateCalls: world.lateCalls - 1 }]);
}

const isRestoring = ({ hasLooked, toRestore, toRemove, call, unrelated }: Process) =>
	unrelated === 0 && (!hasLooked || toRestore.length > 0 || toRemove.length > 0 || call !== 'none');

/** Ends the call under way. */
function write(world: World, index: number, options: Options): World {
	const process = world.processes[index] as Process;
	const row = new Set(process.copy);
	const after =
		process.call === 'remove'
			? removed(process, row, index, options)
			: recorded(process, row, index, { ...options, world });
	const isLate = process.isStalled;
	// A call that asks and the removal after it count as one.
	const isEnd = after.toRemove.length === 0;
	const underWay = world.processes.flatMap((other, at) =>
		at !== index && (other.call !== 'none' || other.toRemove.length > 0) && !other.isStalled ? [at] : [],
	);
	const processes = world.processes.map((other, at): Process => {
		if (at !== index) {
			const hasLooked = other.hasLooked && (!isLate || other.last === 0);
			const isLooking = other.isLooking && !isLate;
			return { ...other, hasLooked, isLooking, ...(isEnd && stillSilent(other, index, underWay, at)) };
		}
		return {
			...after,
			call: 'none',
			copy: [],
			silentFor: underWay,
			silentRounds: underWay.length > 0 ? CALLS_IN_A_SILENCE - 1 : 0,
			isStalled: false,
			wasLate: isLate || (after.wasLate && process.call === 'remove'),
			mustWait: isLate || (process.mustWait && process.call === 'remove'),
		};
	});
	return { ...world, store: [...row], processes };
}

/** The silence of a process after the call of another has ended. */
function stillSilent(
	{ silentFor, silentRounds }: Process,
	ended: number,
	underWay: number[],
	itself: number,
) {
	const left = silentFor.filter((one) => one !== ended);
	const next = underWay.filter((one) => one !== itself);
	const isNext = silentFor.length > 0 && left.length === 0 && silentRounds > 0;
	if (!isNext) return { silentFor: left, silentRounds: left.length > 0 ? silentRounds : 0 };
	return { silentFor: next, silentRounds: next.length > 0 ? silentRounds - 1 : 0 };
}

function removed(process: Process, row: Set<string>, index: number, { lateCalls }: Options): Process {
	for (const entry of process.toRemove) row.delete(entry);
	if (!lateCalls) return { ...process, toRemove: [] };
	row.delete(canaryOf(index, process.last));
	return { ...process, toRemove: [], lastRemoved: process.toRemove };
}

const markOf = (index: number, number: number) => `mark ${index}.${number}`;
const canaryOf = (index: number, number: number) => `canary ${index}.${number}`;

/** A call that asks: the question of the key, what is restored, or no more than the marks. */
function recorded(
	process: Process,
	row: Set<string>,
	index: number,
	{ without, lateCalls, world }: Options & { world: World },
): Process {
	const isLost = process.last > 0 && !row.has(markOf(index, process.last));
	const isWiped = process.found > 0 && !row.has(markOf(index, process.found));
	const isGone = (isWiped || (isLost && process.isRestored)) && without !== 'restoring';
	const isRemovalLost = process.lastRemoved.length > 0 && row.has(canaryOf(index, process.last));
	const key = keyOf(process, index, world);
	const question =
		process.unrelated > 0 ? ['another key'] : [...process.toRestore, ...(key.question() ?? [])];
	const fresh = new Set(question.filter((entry) => !row.has(entry)));
	for (const entry of question) row.add(entry);
	const { step } = key;
	if (without === 'nonce' && 'nonce' in step) fresh.delete(entries.nonce(step.nonce));
	const since = 'since' in step ? step.since : 0;
	const shown = {
		fresh,
		late: process.isStalled || process.wasLate,
		isWary: process.isWary || isGone,
		at: process.wasOld ? since + LEASE + 1 : 0,
	};
	const isRestoring = process.toRestore.length > 0;
	const toRemove = isRestoring
		? key.restoredAs(shown).values
		: process.unrelated > 0
			? []
			: key.take(shown).values;
	// Without late calls the marks have nothing to tell.
	const last = lateCalls ? 3 : 0;
	row.delete(markOf(index, process.found));
	row.delete(canaryOf(index, process.last));
	if (lateCalls) row.add(markOf(index, last)).add(canaryOf(index, last));
	const restored = isGone ? key.restore() : { record: [], remove: { values: [] } };
	const isAgain = isRemovalLost || (isLost && key.step.at === 'done');
	const again = !isAgain ? [] : key.step.at === 'done' ? key.finish().values : process.lastRemoved;
	return {
		...process,
		step: timeless(key.step),
		toRemove: [...new Set([...toRemove, ...restored.remove.values, ...again])],
		toRestore: restored.record,
		// What was recorded again may have been overwritten: that is looked at too.
		hasLooked: !isRestoring && !isAgain && (process.hasLooked || process.isLooking),
		isRestored: isRestoring,
		isWary: shown.isWary,
		lastRemoved: [],
		isLooking: false,
		wasLate: false,
		wasOld: false,
		found: isLost || isWiped ? (isWiped ? 0 : process.found) : process.last,
		last,
		unrelated: Math.max(0, process.unrelated - 1),
	};
}

/** Without what makes worlds different that go on in the same way. */
function timeless(step: KeyStep): KeyStep {
	const same = 'tries' in step ? { ...step, tries: 0 } : step;
	return 'since' in same && same.since > 0 ? { ...same, since: 0 } : same;
}

/** The steps of an item: it claims, sends, learns the outcome, looks up. */
function work(world: World, index: number, { without, isAnswered }: Options, go: Go, moves: Move[]): void {
	const process = world.processes[index] as Process;
	const key = keyOf(process, index, world);
	const { step } = process;
	const become = (change: Partial<Process> = {}) => ({ ...change, step: timeless(key.step) });
	switch (step.at) {
		case 'free':
			key.claim();
			return go('claims', become());
		case 'held': {
			const isOld = process.isOld || step.since < 0;
			leaveHeld(world, process, go, index);
			if (isOld) key.claim();
			else key.send();
			if (isOld) return go('claims again', become({ isOld: false }));
			return go('sends', become({ hasSent: true }), { sent: world.sent + 1 });
		}
		case 'sending': {
			go('learns that it is done', { toRemove: key.finish().values, ...become({ hasEnded: true }) });
			if (isAnswered) return;
			const doubtful = keyOf(process, index, world);
			const toRemove = doubtful.leave(0).values;
			return go('is in doubt', { toRemove, step: timeless(doubtful.step), hasEnded: true });
		}
		case 'begun': {
			if (world.lookUps === 0) return;
			// That work ends before the patience with it: it is looked up only once nobody is at work on the key.
			if (step.underWay && without !== 'patience') {
				if (world.waits > 0)
					go('waits for the other', { step: { at: 'free' } }, { waits: world.waits - 1 });
				return;
			}
			if (world.sent > 0) {
				return go('finds the event', {
					toRemove: key.finish().values,
					...become({ hasEnded: true }),
				});
			}
			key.claim();
			const processes = world.processes.map((other, at) =>
				at === index
					? { ...other, ...become() }
					: { ...other, isOld: other.isOld || (!other.hasEnded && !other.hasSent) },
			);
			moves.push([`${index} finds nothing`, { ...world, processes, lookUps: world.lookUps - 1 }]);
		}
	}
}

/** What an item that needs a further key does instead of sending. */
function leaveHeld(world: World, process: Process, go: Go, index: number): void {
	const { renewals, givenBack } = world;
	if (renewals > 0) {
		const key = keyOf(process, index, world);
		key.claim();
		go('claims both anew', { step: timeless(key.step), isOld: false }, { renewals: renewals - 1 });
	}
	if (givenBack > 0) {
		const key = keyOf(process, index, world);
		const toRemove = key.release(false, 0).values;
		go('gives it back', { toRemove, step: timeless(key.step) }, { givenBack: givenBack - 1 });
	}
}
