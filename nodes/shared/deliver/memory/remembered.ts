import type { IDataObject } from 'n8n-workflow';

import type { Does } from '../../report/outcome';
import type { ItemHashes } from './sameItem';
import { HASH_LENGTH } from './sameItem';

/*
 * What the memory of an execution keeps of each item, and in which form.
 */

/** What is remembered of requests whose outcome is in doubt; times are epoch ms by the machine's clock. */
export interface Begun {
	/** When the first of the item's own requests was begun. */
	since: number;
	/** When the last one was, if that is another one. */
	last?: number;
	/** Since when a look-up looks, if that is earlier: another execution has begun the event before. */
	from?: number;
	/** When that one began it is not known; `from` is a likely time. */
	guessed?: true;
	/** What they do, if they create nothing. */
	does?: Does;
	/** Why the outcome is unknown, once that is known. */
	because?: string;
	/** The status of the reply that says nothing for sure. */
	httpCode?: number;
	/** How many requests were in doubt, if several. */
	sends?: number;
}

/** What is known of an item's requests: how many were made, and when the last one went out and was answered, epoch ms. */
export interface Trail {
	attempts: number;
	sentAt?: number;
	answeredAt?: number;
	/** The service has taken a request, and an earlier one is in doubt all the same. */
	inDoubt?: Begun;
}

/** What is remembered of an item that must not be sent again. `key`: the hash of the key that it was sent with (`keyHashOf`). */
export type Remembered =
	| { state: 'created'; rows: IDataObject[]; trail?: Partial<Trail>; key?: string }
	| ({ state: 'begun'; key?: string } & Begun);

/** What is known of one item. */
export type Entry = Remembered & ItemHashes & { account: number };

/**
 * An entry as it is kept with the execution, as short as possible: n8n keeps one for each item of each execution. `ids`
 * are the hashes of the request, of the source and of what is steady. `account` is a position in the list of accounts; it is
 * left out for the first.
 */
export type SavedEntry = Remembered & { ids: string; account?: number };

/** An entry in the form in which it is kept; `account` is its position in the list of accounts. */
export const toSaved = (
	what: Remembered,
	{ request, source, steady }: ItemHashes,
	account: number,
): SavedEntry => ({
	...what,
	ids: [request, source, ...steady].join(''),
	...(account !== 0 && { account }),
});

/** The entry that was kept. */
export function fromSaved({ ids, account = 0, ...what }: SavedEntry): Entry {
	const all = Array.from({ length: ids.length / HASH_LENGTH }, (_, at) =>
		ids.slice(at * HASH_LENGTH, (at + 1) * HASH_LENGTH),
	);
	const [request, source, ...steady] = all;
	return { ...what, request, source, steady, account } as Entry;
}

/** Where requests went, as hashes. */
export interface KnownAccount {
	address: string;
	credential: string;
	token: string;
}

/** What is kept with the execution, under `<run>:<item>`. */
export interface Saved {
	delivered?: Record<string, SavedEntry | undefined>;
	accounts?: KnownAccount[];
}
