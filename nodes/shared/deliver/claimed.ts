import type { Because } from '../report/outcome';
import type { Claiming, WithKey } from './eventKey';
import { allKeysOf, askedOf, ownKeyOf, refusesOtherEvent } from './eventKey';
import type { KeyState } from './keys/itemKey';
import type { KeyAsked } from './keys/peek';
import { nameOf } from './keys/peek';
import {
	KEY_BEGUN_FOR_OTHER_EVENT,
	KEY_NOT_RECORDED,
	KEY_OF_OTHER_EVENT,
	RECORD_NOT_CLAIMED,
} from './messages';
import type { Run } from './run';

/*
 * What the state of a key means for an item, in a run and in a preview.
 */

/**
 * What an item learns when it asks for the claim of its key:
 * - `ours`: it may send, as long as `maySend`
 * - `done`: the event of the key exists
 * - `underWay`: another execution is working on it now
 * - `begun`: another execution has left it in doubt, or was cut off; `differs` if it sent another request than this
 *   item would
 * - `denied`: the item is not sent
 *
 * `keys` are those of its keys that are begun, or the first one that is done. An event that the service took and refused later is
 * done, if no earlier request for it is in doubt; otherwise it is begun.
 */
export type Claimed =
	{ is: 'ours' } | ClaimedByOther | { is: 'underWay' } | { is: 'denied'; because: Because };

/** Another item or execution has the key. */
export interface ClaimedByOther {
	is: 'done' | 'begun';
	keys: string[];
	differs: boolean;
	/** The key is that of another event. */
	isOther: boolean;
	/** The service took the event and refused it later. */
	isRefused?: true;
	/** How often an event that is begun was sent, if one of the requests was refused later. */
	sends?: number;
}

/** Whether a key was begun or done for another event than the item's. */
export const isOfOther = (state: KeyState): boolean =>
	state === 'doneOtherEvent' || state === 'begunOtherEvent';

/** Why an item is not sent where n8n has no store for what it claims. */
export const notRecorded = ({ decision }: WithKey): Because =>
	decision?.claim ? RECORD_NOT_CLAIMED : KEY_NOT_RECORDED;

/**
 * What the state of one of its keys means for an item. If the key belongs to another event, *Same ID, Other Event* decides:
 * - *Refuse*: the item is denied.
 * - *Skip*: both count as the same event, and the item learns that it is another one (`isOther`).
 * - *Send*: the item's event has a second key, `own`, which decides (`ofOther`).
 *
 * @param name of the key
 */
export function claimedAs(
	state: KeyState,
	name: string,
	{ key, options }: WithKey,
): Claimed | { is: 'ofOther'; own: string } {
	const isDone = state === 'done' || state === 'doneOtherEvent';
	if (isOfOther(state)) {
		if (refusesOtherEvent(options))
			return { is: 'denied', because: isDone ? KEY_OF_OTHER_EVENT : KEY_BEGUN_FOR_OTHER_EVENT };
		const own = name === key?.key ? ownKeyOf(key, options) : undefined;
		if (own !== undefined) return { is: 'ofOther', own };
	}
	if (state === 'free') return { is: 'ours' };
	if (state === 'underWay') return { is: 'underWay' };
	return {
		is: isDone ? 'done' : 'begun',
		keys: [name],
		differs: !isDone && state !== 'begun',
		isOther: isOfOther(state),
	};
}

/** The state of one key at this moment, for a preview: it is not claimed. */
export async function peekedState(
	{ keys }: Run,
	item: Claiming,
	key: string,
	event: string,
): Promise<KeyState> {
	const [state = 'free'] = await keys.peekAt([askedOf(item, key, event)]);
	return state;
}

/** A key of one event, and its state. */
export interface PeekedKey {
	key: string;
	event: string;
	state: KeyState;
}

/** What a preview knows of the keys of its items, by `nameOf`; undefined if n8n has no store. */
export async function peekedKeysOf(
	{ keys }: Run,
	items: Claiming[],
): Promise<Map<string, PeekedKey> | undefined> {
	const asked = new Map<string, KeyAsked>();
	for (const item of items)
		for (const name of allKeysOf(item)) {
			const one = askedOf(item, name);
			asked.set(nameOf(name, one.about.event), one);
		}
	const states = await keys.peekAt([...asked.values()]).catch(() => undefined);
	return (
		states &&
		new Map(
			[...asked].map(([name, { key, about }], index) => {
				const state = states[index] ?? 'free';
				return [name, { key, event: about.event, state }];
			}),
		)
	);
}
