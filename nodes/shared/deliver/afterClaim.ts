import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../fields/problem';
import type { Claim, Claimed } from './claim';
import type { EventKey } from './eventKey';
import { keysOf } from './eventKey';
import type { ReadyItem } from './items';

/** A key that another item or execution has claimed before. */
export type ClaimedByOther = Extract<Claimed, { is: 'done' | 'begun' }>;

/** What to do about an item whose record was claimed by another one. `next` is what is sent in its place. */
type AfterClaim = { problem: Problem } | { rows: IDataObject[] } | { next: ReadyItem };

/**
 * Finds out what to do about an item whose record was claimed by another item or execution.
 *
 * @param since when an earlier request of the item began, epoch ms
 * @returns undefined if its key is no claim of a record, or nothing was found out
 */
export async function afterClaim(
	item: ReadyItem,
	claim: Claim,
	{ is, key }: ClaimedByOther,
	since?: number,
): Promise<AfterClaim | undefined> {
	if (!item.key?.again) return undefined;
	const found = await item.key.again({
		key,
		isMade: is === 'done',
		since,
		isMarked: async (mark) => await claim.isMarked(mark),
	});
	if (!found || 'problem' in found || 'rows' in found) return found;
	// What is sent now is another request than the one that an earlier try may have left in doubt.
	const settled = { ...item, memory: { ...item.memory, found: undefined } };
	if ('key' in found) return { next: { ...settled, key: keyWith(item.key, key, found.key) } };
	const { request, ...decision } = found;
	return {
		next: { ...settled, key: undefined, request, decision, complete: decision.withColumns },
	};
}

/** The keys of an item, with another one in the place of one of them. */
function keyWith(key: EventKey, old: string, other: string): EventKey {
	const [first = other, ...others] = keysOf(key).map((name) => (name === old ? other : name));
	return { ...key, key: first, others };
}
