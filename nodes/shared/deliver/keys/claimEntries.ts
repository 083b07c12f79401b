import type { Entries } from './entries';
import type { KeyClaim, ClaimNames } from './steps';

/*
 * The entries that one claim concerns.
 */

/** All entries of a claim, the one that n8n may forget first at the front. */
export function claimEntries(entries: Entries, claim: ClaimNames): string[] {
	const { seen, event, request, busy } = entries;
	const rounds = claim.round === 1 ? [entries.open(1)] : [entries.open(1), entries.open(claim.round)];
	return [seen, event, request, ...rounds, busy, ...nonces(entries, claim)];
}

/** The nonce of a claim, after that of the item's earlier claim if there is one. */
export function nonces(entries: Entries, { nonce, former }: ClaimNames): string[] {
	return [...(former === undefined ? [] : [entries.nonce(former)]), entries.nonce(nonce)];
}

/** The entries that a claim has added: all entries of the key, if nobody had begun it before. */
export function ownEntries(claim: KeyClaim, entries: Entries): string[] {
	const own = [...nonces(entries, claim), entries.busy];
	return claim.isFirst
		? [...own, ...allEntries(entries, claim.round)]
		: [...own, entries.open(claim.round)];
}

/** What a done key no longer has. */
export function leftovers(entries: Entries, round: number): string[] {
	return [...entries.opens(round), entries.busy, entries.request];
}

/** Every entry of a key but the nonces, for all rounds up to this one. */
export function allEntries(entries: Entries, round: number): string[] {
	return [entries.seen, entries.event, ...leftovers(entries, round)];
}
