import { claimEntries, leftovers, nonces, ownEntries } from './claimEntries';
import type { Entries } from './entries';
import type { At, BegunFor, KeyClaim, KeyStep, Means, Next, StoreAnswer } from './steps';

/*
 * The steps that follow from calls on the store. `steps.ts` has the table of all steps.
 */

/**
 * How often a claim is made or looked at in all before it is given up: then nothing is sent. On a machine that is
 * busy, call after call may be late, and each late one takes two tries: waiting some minutes is better than not
 * sending.
 */
const MOST_TRIES = 60;

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
export function after(step: KeyStep, shown: StoreAnswer, means: Means): Next {
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

function claimed(step: At<'claiming'>, shown: StoreAnswer, means: Means): Next {
	const { entries } = means;
	const { isSeen, isOpen, isTaken, isBusy } = read(step, shown, entries);
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
	const isOthers = former === undefined ? isBusy : !isMine;
	if (!isNew && (isTaken || isOthers)) return begun(step, shown, entries);
	const tries = step.tries + 1;
	const isFirst = step.isFirst || isNew;
	// A key that is free is claimed from its first round on: another item may do that now, and the two must meet there.
	const round = isNew ? 1 : step.round;
	const isLate = shown.late || (shown.isWary && former === undefined);
	return {
		step: { ...claim, at: 'looking', round, tries, isFirst, since: shown.at, isLate },
		remove: [
			...(former === undefined ? [] : [entries.nonce(former)]),
			...(round < step.round ? [entries.open(step.round)] : []),
		],
	};
}

function looked(step: At<'looking'>, shown: StoreAnswer, means: Means): Next {
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

function counted(step: At<'counting'>, { fresh }: StoreAnswer, { entries }: Means): Next {
	const next = entries.open(step.round + 1);
	if (!fresh.has(next)) return { step: { ...step, round: step.round + 1 }, remove: [] };
	return { step: { ...step, at: 'begun' }, remove: [next] };
}

/** Which entries were there before the call. */
function read({ round, nonce }: KeyClaim, { fresh }: StoreAnswer, entries: Entries) {
	const was = (entry: string) => !fresh.has(entry);
	return {
		isSeen: was(entries.seen),
		isOpen: was(entries.open(1)),
		isTaken: was(entries.open(round)),
		isBusy: was(entries.busy),
		isMine: was(entries.nonce(nonce)),
	};
}

function nextRound(claim: KeyClaim, { entries, newNonce }: Means): Next {
	if (claim.tries >= MOST_TRIES) return failed(claim, entries);
	const { round, isFirst, tries, nonce } = claim;
	return {
		step: { at: 'claiming', round: round + 1, isFirst, tries, nonce: newNonce(), former: nonce },
		remove: [],
	};
}

function done(claim: KeyClaim, { fresh }: StoreAnswer, entries: Entries): Next {
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

function begun(claim: KeyClaim, { fresh }: StoreAnswer, entries: Entries): Next {
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

function begunFor(fresh: ReadonlySet<string>, { event, request }: Entries): BegunFor {
	if (fresh.has(event)) return 'begunOtherEvent';
	return fresh.has(request) ? 'begunOtherwise' : 'begun';
}

function failed(claim: KeyClaim, entries: Entries): Next {
	return { step: { at: 'failed' }, remove: ownEntries(claim, entries) };
}
