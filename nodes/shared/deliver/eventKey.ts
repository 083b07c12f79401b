import type { IDataObject } from 'n8n-workflow';

import type { RecordClaim } from './write';

/*
 * The keys of an item, as they follow from its fields and options. What the store has of them is another matter (`claim.ts`).
 */

/** The key of one item, and what tells its event from others with the same key. */
export interface EventKey {
	key: string;
	/** Hash of the values that make an event the same one (`Write.sameEvent`). */
	event: string;
	/** Further keys that are claimed with it, for the same event. */
	others?: string[];
	/** Other keys that count as delivered too, given the rows that were created (`Write.repeatedBy`). */
	repeatedBy?(rows: IDataObject[]): EventKey[];
	/** Given if it is the claim of a record: what to do when another item or execution has claimed it before. */
	again?: RecordClaim['again'];
}

/** The part of an item that says which keys it has. */
export interface WithKey {
	key?: EventKey;
	options: IDataObject;
}

/** All keys that an item claims, in order. */
export const keysOf = (key?: EventKey): string[] => (key ? [key.key, ...(key.others ?? [])] : []);

/** Whether an item is refused if its key belongs to another event (*Same ID, Other Event*). */
export const refusesOtherEvent = ({ sameKeyOtherEvent = 'refuse' }: IDataObject): boolean =>
	sameKeyOtherEvent === 'refuse';

/** The key that an event has besides, if several events may have its ID (*Same ID, Other Event* is *Send*). */
export const ownKeyOf = ({ key, event }: EventKey, { sameKeyOtherEvent }: IDataObject): string | undefined =>
	sameKeyOtherEvent === 'send' ? `${key}\n${event}` : undefined;

/** All keys that an item may claim. */
export function allKeysOf({ key, options }: WithKey): string[] {
	const own = key && ownKeyOf(key, options);
	return [...keysOf(key), ...(own === undefined ? [] : [own])];
}

/**
 * What the store keeps as done beside the key of an event that the service took and refused later; undefined for an item
 * without a key.
 */
export function markOfRefusal({ key, options }: WithKey): string | undefined {
	if (!key || key.again) return undefined;
	return `${ownKeyOf(key, options) ?? key.key}\nrefused later`;
}
