import { allEntries, leftovers, nonces, ownEntries } from './claimEntries';
import type { Entries } from './entries';
import type { KeyStep, Next } from './steps';

/*
 * The steps that follow from what happens to an item, not from a call on the store.
 */

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
	// A claim that the store did not answer: the entries may be those of another item, which has the key, or has finished it.
	const isOpen = step.at === 'claiming' || step.at === 'looking';
	if ((!isFirst || isOpen) && !refused) return { step, remove: [] };
	const round = 'round' in step ? step.round : 1;
	const own = 'nonce' in step ? nonces(entries, step) : [];
	return { step: { at: 'free' }, remove: [...allEntries(entries, round), ...own] };
}

/** The item ends. If it has sent, and has neither finished nor released the key, the key is in doubt. */
export function left(step: KeyStep, entries: Entries): Next {
	switch (step.at) {
		case 'sending':
			return {
				step: { at: 'begun', round: step.round, by: 'begun', underWay: false, mine: true },
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
