import type { Claimed } from './claimed';
import type { WithKey } from './eventKey';
import { ownKeyOf } from './eventKey';
import type { KeyState } from './keys/itemKey';
import { KEY_BEGUN_FOR_OTHER_EVENT, KEY_OF_REFUSED_EVENT } from './messages';
import { isLookedUp, MOST_SENDS } from './options';
import type { Run } from './run';

/*
 * What the store has of an event that the service took and refused later. Its key is done, so that it is not sent again, and
 * beside it another key is.
 */

/** `sends`: how often the event was sent, if an earlier request for it is in doubt. */
export interface RefusedLater {
	sends?: number;
}

/** The key that is done beside that of an event which was refused later; undefined for an item without a key. */
export const refusalKeyOf = ({ key, options }: WithKey): string | undefined =>
	key && `${ownKeyOf(key, options) ?? key.key}\nrefused later`;

/** The event of that key. */
export const refusalEventOf = ({ sends }: RefusedLater): string =>
	sends === undefined ? '' : `sent ${sends} times`;

/**
 * Whether the event of an item was refused later. It is asked only where that can be known: by waiting, or by a look-up.
 *
 * @param stateOf asks the store for the state of a key
 */
export async function refusedLaterOf(
	{ write }: Run,
	item: WithKey,
	stateOf: (key: string, event: string) => Promise<KeyState | undefined>,
): Promise<RefusedLater | undefined> {
	const { options } = item;
	const isKnown = write.awaitsAnswer?.(options) || (write.followUp && isLookedUp(options));
	const name = isKnown ? refusalKeyOf(item) : undefined;
	if (name === undefined) return undefined;
	const state = await stateOf(name, refusalEventOf({}));
	if (state === 'done') return {};
	if (state !== 'doneOtherEvent') return undefined;
	const isTwice = (await stateOf(name, refusalEventOf({ sends: 2 }))) === 'done';
	return { sends: isTwice ? 2 : MOST_SENDS };
}

/** What a claim means, once it is known whether the event of its key was refused later. */
export function knownRefused(claimed: Claimed, refused: RefusedLater | undefined): Claimed {
	if (!refused) return claimed;
	const { sends } = refused;
	const isInDoubt = sends !== undefined;
	if (claimed.is === 'denied')
		return { is: 'denied', because: isInDoubt ? KEY_BEGUN_FOR_OTHER_EVENT : KEY_OF_REFUSED_EVENT };
	if (claimed.is !== 'done') return claimed;
	return isInDoubt
		? { ...claimed, is: 'begun', differs: claimed.isOther, sends }
		: { ...claimed, isRefused: true };
}
