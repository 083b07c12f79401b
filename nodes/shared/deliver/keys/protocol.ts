import type { Entries } from './entries';

/** How often a claim is made or looked at in all before it is given up: then nothing is sent. */
const MOST_TRIES = 20;

/** What a begun key was begun for: the same request, the same event with another request, or another event. */
export type Begun = 'same' | 'otherRequest' | 'otherEvent';

/** A claim on its way: its round, its nonce, and how often it was made or looked at. */
interface Claim {
	round: number;
	nonce: string;
	tries: number;
	/** Nobody had begun the key before. */
	isFirst: boolean;
	/**
	 * The nonce of the item's earlier claim, if this one follows it. The next round may be claimed only while it is
	 * there.
	 */
	former?: string;
	/**
	 * This claim was made once before. The round was taken then, perhaps by an item that has lost and takes its round
	 * back.
	 */
	isSecond?: true;
}

/**
 * What one item knows of its key, and how it gets from step to step:
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
 * An item may send only from *held*, and only for a short time.
 */
export type KeyStep =
	| { at: 'free' }
	| ({ at: 'claiming' } & Claim)
	/** `isLate`: the call that recorded the claim was late. */
	| ({ at: 'looking'; since: number; isLate: boolean } & Claim)
	| ({ at: 'held'; since: number } & Claim)
	| ({ at: 'sending'; since: number } & Claim)
	| { at: 'counting'; round: number; by: Begun; underWay: boolean }
	/** `mine`: this item has left it in doubt. */
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
	 * This call, or one since the last answers, took longer than other processes are silent. It may have wiped out a
	 * claim that another item had already seen in the store.
	 */
	late: boolean;
	/** When the call began, epoch ms. */
	at: number;
}

/** The step after a call, and the entries to remove. */
export interface Next {
	step: KeyStep;
	remove: string[];
}

/** What a step needs beside the store. */
export interface Means {
	entries: Entries;
	newNonce(): string;
	/** How long a claim may be used after it was last seen in the store, in ms. */
	lease: number;
}

/** What the next call asks. It also adds what is not there. */
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
		// Another item may claim the round now, and its call also reads this nonce: it no longer tells the two claims
		// apart.
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
		const { isLate: wasLate, ...claim } = step;
		const isLate = wasLate || shown.late || shown.at - step.since > lease;
		if (isLate) return nextRound({ ...step, tries }, means);
		return { step: { ...claim, at: 'held', tries, since: shown.at }, remove: [] };
	}
	if (tries >= MOST_TRIES) return failed(step, entries);
	if (!isMine) return { step: { ...step, tries, since: shown.at, isLate: shown.late }, remove: [] };
	// Another item may find the key free now, and its call also reads this nonce: it no longer tells the two claims
	// apart.
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

/** Which entries were there before the call. */
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

/** The entries that a claim has added: all entries of the key, if nobody had begun it before. */
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
 * The request of the item did not happen, or nothing was created.
 *
 * @param refused nothing was created and will not be: the key is free, even if it was in doubt before
 */
export function released(step: KeyStep, entries: Entries, refused: boolean): Next {
	const isFirst = 'isFirst' in step && step.isFirst;
	if (!isFirst && !refused) return { step, remove: [] };
	const round = 'round' in step ? step.round : 1;
	const own = 'nonce' in step ? nonces(entries, step) : [];
	return { step: { at: 'free' }, remove: [...allEntries(entries, round), ...own] };
}

/** The item ends. If it has sent, and has neither finished nor released the key, the key is in doubt. */
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
			// It is not known who has the key by now.
			return { step: { at: 'free' }, remove: [entries.busy, ...nonces(entries, step)] };
		default:
			return { step, remove: [] };
	}
}

/**
 * Another process has wiped out the entries of a key, so an item of another process may have found the key free. The
 * entries are recorded again with one more round. If that item has not sent yet, it loses its claim.
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
