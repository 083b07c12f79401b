import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../fields/problem';
import type { Claim, Claimed } from './claim';
import type { ReadyItem } from './items';

/** A key that another item or execution has claimed before. */
export type ClaimedByOther = Extract<Claimed, { is: 'done' | 'begun' }>;

/** What to do about an item whose record was claimed by another one. `next` is what is sent in its place. */
type AfterClaim = { problem: Problem } | { rows: IDataObject[] } | { next: ReadyItem };

/**
 * Finds out what to do about an item whose record was claimed by another item or execution.
 *
 * @param since when an earlier request of the item began, epoch ms
 * @returns undefined if it makes no record under a claim, or nothing was found out
 */
export async function afterClaim(
	item: ReadyItem,
	claim: Claim,
	{ is, key }: ClaimedByOther,
	since?: number,
): Promise<AfterClaim | undefined> {
	const { claim: record } = item.decision;
	if (!record) return undefined;
	const found = await record.again({
		key,
		isMade: is === 'done',
		since,
		isMarked: async (mark) => await claim.isMarked(mark),
	});
	if (!found || 'problem' in found || 'rows' in found) return found;
	// What is sent now is another request than the one that an earlier try may have left in doubt.
	const settled = { ...item, memory: { ...item.memory, found: undefined } };
	if ('key' in found) {
		const keys = record.keys.map((name) => (name === key ? found.key : name));
		return { next: { ...settled, decision: { ...item.decision, claim: { ...record, keys } } } };
	}
	const { request, ...decision } = found;
	return { next: { ...settled, request, decision, complete: decision.withColumns } };
}
