import type { Entries } from './entries';

/** How often a claim is made or looked at in all before it is given up: then nothing is sent. */
const MOST_TRIES = 20;

/** Whom a begun key was begun for: the same request, the same event with another request, or another event. */
export type Begun = 'same' | 'otherRequest' | 'otherEvent';

/** A claim on its way: its round, its nonce, and how often it was made or looked at. */
interface Claim {
	round: number;
	nonce: string;
	tries: number;
	/** Nobody had begun the key before. */
	isFirst: boolean;
	/** The nonce of the own claim that this one follows: only who still has that may claim the next round. */
	former?: string;
	/** It was made before. Another who has lost, and will take its round back, had the round then. */
	isSecond?: true;
}

/**
 * What one item knows of its key, and the table of its ways:
 *
 * | State      | What the call on the store shows, or what happens              | Next state                        |
 * | ---------- | -------------------------------------------------------------- | --------------------------------- |
 * | `free`     | the item wants to send                                         | claiming, round 1                 |
 * | `claiming` | `seen` and `open` are new                                      | looking                           |
 * |            | a later round, and only its own `open` is new ¹                | looking                           |
 * |            | `seen` is there, `open` is new                                 | done                              |
 * |            | anything else: another has begun it                            | begun (later rounds: counting)    |
 * | `looking`  | the own nonce is there                                         | held                              |
 * |            | nonce and round are gone: an unrelated call has wiped them out | looking, as they are there again  |
 * |            | the nonce is there, the key is gone                            | claiming, with another nonce      |
 * |            | `seen` is there, `open` is gone: done meanwhile                | done                              |
 * |            | anything else: another claim came later                        | begun                             |
 * |            | the own nonce is there; a call was late, or the look came late | claiming, next round              |
 * |            | too many tries                                                 | failed                            |
 * | `held`     | the request goes out                                           | sending                           |
 * |            | it has become old, or may have been wiped out                  | claiming, next round              |
 * | `sending`  | the event exists                                               | done                              |
 * |            | it did not happen, and nobody had begun the key before         | free                              |
 * |            | it did not happen, and the key had been begun before           | sending, as it is                 |
 * |            | it was refused                                                 | free                              |
 * |            | it is in doubt, and a look-up has found nothing                | claiming, next round              |
 * |            | the item ends in doubt                                         | begun                             |
 * |            | the claim may have been wiped out                              | sending, next round               |
 * | `counting` | the next round is there                                        | counting, from that               |
 * |            | the next round is new                                          | begun                             |
 * | `begun`    | a look-up has found nothing                                    | claiming, next round              |
 * |            | a look-up has found the event                                  | done                              |
 *
 * ¹ An item that had already claimed the key must also find the nonce of its earlier claim. If it finds both that nonce
 * and the new round, it asks once more: the item that lost takes its round back.
 *
 * Only *held* permits to send, and not for long.
 */
export type KeyStep =
	| { at: 'free' }
	| ({ at: 'claiming' } & Claim)
	/** `isLate`: the call that recorded the claim was late. */
	| ({ at: 'looking'; since: number; isLate: boolean } & Claim)
	| ({ at: 'held'; since: number } & Claim)
	| ({ at: 'sending'; since: number } & Claim)
	| { at: 'counting'; round: number; by: Begun; underWay: boolean }
	/** `mine`: this item has left it so. */
	| { at: 'begun'; round: number; by: Begun; underWay: boolean; mine?: true }
	| { at: 'done'; otherEvent: boolean }
	| { at: 'failed' };

export type At<Name extends KeyStep['at']> = Extract<KeyStep, { at: Name }>;

type ClaimNames = Pick<Claim, 'round' | 'nonce' | 'former'>;

/** What a call on the store has shown. */
export interface Shown {
	/** The entries that were not there. They are now. */
	fresh: ReadonlySet<string>;
	/**
	 * The call, or one since the call before it, took longer than others are silent: it may have wiped out a claim that
	 * another had looked at before.
	 */
	late: boolean;
	/** When the call began, epoch ms. */
	at: number;
}

/** Where a call leads, and the entries that are to be removed for it. */
export interface Next {
	step: KeyStep;
	remove: string[];
}

/** What a step needs beside the store. */
export interface Means {
	entries: Entries;
	newNonce(): string;
	/** For how long a claim may be used after it was looked at, in ms. */
	lease: number;
}

/** What the next call has to ask; it records it by that. */
export function questionOf(step: KeyStep, entries: Entries): string[] | undefined {
	switch (step.at) {
		case 'claiming':
		case 'looking':
			return claimEntries(entries, step);
		case 'counting':
			return [entries.open(step.round + 1)];
		default:
			return undefined;
	}
}

/** All entries of a claim, the one that n8n may forget first at the front. */
export function claimEntries(entries: Entries, claim: ClaimNames): string[] {
	const { seen, event, request, busy } = entries;
	const rounds = claim.round === 1 ? [entries.open(1)] : [entries.open(1), entries.open(claim.round)];
	return [seen, event, request, ...rounds, busy, ...nonces(entries, claim)];
}

function nonces(entries: Entries, { nonce, former }: ClaimNames): string[] {
	return [...(former === undefined ? [] : [entries.nonce(former)]), entries.nonce(nonce)];
}

/** The first step of a claim. */
export function claimOf(step: KeyStep, newNonce: () => string): At<'claiming'> {
	const claim = { nonce: newNonce(), tries: 0 };
	switch (step.at) {
		case 'begun':
			return { at: 'claiming', round: step.round + 1, isFirst: false, ...claim };
		case 'held':
			return {
				at: 'claiming',
				round: step.round + 1,
				isFirst: step.isFirst,
				former: step.nonce,
				...claim,
			};
		case 'sending':
			return { at: 'claiming', round: step.round + 1, isFirst: false, former: step.nonce, ...claim };
		default:
			return { at: 'claiming', round: 1, isFirst: true, ...claim };
	}
}

/** The step after a call that asked `questionOf(step)`. */
export function after(step: KeyStep, shown: Shown, means: Means): Next {
	switch (step.at) {
		case 'claiming':
			return claimed(step, shown, means);
		case 'looking':
			return looked(step, shown, means);
		case 'counting':
			return counted(step, shown, means);
		default:
			return { step, remove: [] };
	}
}

function claimed(step: At<'claiming'>, shown: Shown, means: Means): Next {
	const { entries } = means;
	const { isSeen, isOpen, isTaken } = read(step, shown, entries);
	if (isSeen && !isOpen) return done(step, shown, entries);
	const isNew = !isSeen && !isOpen;
	const { former, isSecond, ...claim } = step;
	const isMine = former !== undefined && !shown.fresh.has(entries.nonce(former));
	if (!isNew && isTaken && isMine && !isSecond) {
		// Whoever claims the round meanwhile reads this nonce with it: it would no longer tell the two claims apart.
		const again: KeyStep = { ...step, isSecond: true, nonce: means.newNonce() };
		return { step: again, remove: [entries.nonce(step.nonce)] };
	}
	if (!isNew && (isTaken || (former !== undefined && !isMine))) return begun(step, shown, entries);
	const tries = step.tries + 1;
	const isFirst = step.isFirst || isNew;
	const remove = former === undefined ? [] : [entries.nonce(former)];
	return {
		step: { ...claim, at: 'looking', tries, isFirst, since: shown.at, isLate: shown.late },
		remove,
	};
}

function looked(step: At<'looking'>, shown: Shown, means: Means): Next {
	const { entries, lease } = means;
	const { isSeen, isOpen, isTaken, isMine } = read(step, shown, entries);
	if (isSeen && !isOpen) return done(step, shown, entries);
	const tries = step.tries + 1;
	if (isTaken && isOpen) {
		if (!isMine) return begun(step, shown, entries);
		const isLate = step.isLate || shown.late || shown.at - step.since > lease;
		if (isLate) return nextRound({ ...step, tries }, means);
		const { isLate: _, ...claim } = step;
		return { step: { ...claim, at: 'held', tries, since: shown.at }, remove: [] };
	}
	if (tries >= MOST_TRIES) return failed(step, entries);
	if (!isMine) return { step: { ...step, tries, since: shown.at, isLate: shown.late }, remove: [] };
	// Whoever finds the key free meanwhile reads this nonce with it: it no longer tells the two claims apart.
	const again: KeyStep = {
		...claimOf(step, means.newNonce),
		round: step.round,
		isFirst: step.isFirst,
		tries,
	};
	return { step: again, remove: ownEntries(step, entries) };
}

function counted(step: At<'counting'>, { fresh }: Shown, { entries }: Means): Next {
	const next = entries.open(step.round + 1);
	if (!fresh.has(next)) return { step: { ...step, round: step.round + 1 }, remove: [] };
	return { step: { ...step, at: 'begun' }, remove: [next] };
}

/** What was there before the call. */
function read({ round, nonce }: Claim, { fresh }: Shown, entries: Entries) {
	const was = (entry: string) => !fresh.has(entry);
	return {
		isSeen: was(entries.seen),
		isOpen: was(entries.open(1)),
		isTaken: was(entries.open(round)),
		isMine: was(entries.nonce(nonce)),
	};
}

function nextRound(claim: Claim, { entries, newNonce }: Means): Next {
	if (claim.tries >= MOST_TRIES) return failed(claim, entries);
	const { round, isFirst, tries, nonce } = claim;
	return {
		step: { at: 'claiming', round: round + 1, isFirst, tries, nonce: newNonce(), former: nonce },
		remove: [],
	};
}

function done(claim: Claim, { fresh }: Shown, entries: Entries): Next {
	const otherEvent = fresh.has(entries.event);
	return {
		step: { at: 'done', otherEvent },
		remove: [
			...leftovers(entries, claim.round),
			...nonces(entries, claim),
			...(otherEvent ? [entries.event] : []),
		],
	};
}

function begun(claim: Claim, { fresh }: Shown, entries: Entries): Next {
	const { seen, event, request, busy } = entries;
	const mine = [seen, event, request, busy, entries.open(claim.round)].filter((entry) => fresh.has(entry));
	const isTop = claim.round === 1 || fresh.has(entries.open(claim.round));
	return {
		step: {
			at: isTop ? 'begun' : 'counting',
			round: isTop ? Math.max(1, claim.round - 1) : claim.round,
			by: begunFor(fresh, entries),
			underWay: !fresh.has(busy),
		},
		remove: [...mine, ...nonces(entries, claim)],
	};
}

function begunFor(fresh: ReadonlySet<string>, { event, request }: Entries): Begun {
	if (fresh.has(event)) return 'otherEvent';
	return fresh.has(request) ? 'otherRequest' : 'same';
}

function failed(claim: Claim, entries: Entries): Next {
	return { step: { at: 'failed' }, remove: ownEntries(claim, entries) };
}

/** What a claim has added to the store: all there is of a key that nobody had begun before. */
function ownEntries(claim: Claim, entries: Entries): string[] {
	const own = [...nonces(entries, claim), entries.busy];
	return claim.isFirst
		? [...own, ...allEntries(entries, claim.round)]
		: [...own, entries.open(claim.round)];
}

/** What a done key no longer has. */
function leftovers(entries: Entries, round: number): string[] {
	return [...entries.opens(round), entries.busy, entries.request];
}

function allEntries(entries: Entries, round: number): string[] {
	return [entries.seen, entries.event, ...leftovers(entries, round)];
}

/** The event of the key exists. */
export function finished(step: KeyStep, entries: Entries): Next {
	const round = 'round' in step ? step.round : 1;
	const own = 'nonce' in step ? nonces(entries, step) : [];
	return { step: { at: 'done', otherEvent: false }, remove: [...leftovers(entries, round), ...own] };
}

/**
 * Nothing came of the item's request.
 *
 * @param refused the service has refused it: whatever was in doubt before, the key is free
 */
export function released(step: KeyStep, entries: Entries, refused: boolean): Next {
	const isFirst = 'isFirst' in step && step.isFirst;
	if (!isFirst && !refused) return { step, remove: [] };
	const round = 'round' in step ? step.round : 1;
	const own = 'nonce' in step ? nonces(entries, step) : [];
	return { step: { at: 'free' }, remove: [...allEntries(entries, round), ...own] };
}

/** The item ends. What it has sent and neither finished nor released is in doubt. */
export function left(step: KeyStep, entries: Entries): Next {
	switch (step.at) {
		case 'sending':
			return {
				step: { at: 'begun', round: step.round, by: 'same', underWay: false, mine: true },
				remove: [entries.busy, ...nonces(entries, step)],
			};
		case 'held':
			return { step: { at: 'free' }, remove: ownEntries(step, entries) };
		case 'claiming':
		case 'looking':
			// Whose the key is by now is not known.
			return { step: { at: 'free' }, remove: [entries.busy, ...nonces(entries, step)] };
		default:
			return { step, remove: [] };
	}
}

/**
 * Another process has wiped out the entries of a key. By now an item elsewhere may have found the key free. The entries
 * are recorded again, with one more round: an item that has not sent yet then loses its claim.
 */
export function restored(step: KeyStep, entries: Entries): Next & { record: string[] } {
	const { seen, event, request, busy } = entries;
	switch (step.at) {
		case 'held':
			return { step: { ...step, since: -Infinity }, record: [], remove: [] };
		case 'sending':
		case 'begun': {
			if (step.at === 'begun' && !step.mine) return { step, record: [], remove: [] };
			const round = step.round + 1;
			const record = [
				seen,
				event,
				request,
				...entries.opens(round),
				...(step.at === 'sending' ? [busy] : []),
			];
			return { step: { ...step, round }, record, remove: [] };
		}
		case 'done':
			return step.otherEvent
				? { step, record: [], remove: [] }
				: { step, record: [seen, event], remove: leftovers(entries, 1) };
		default:
			return { step, record: [], remove: [] };
	}
}
