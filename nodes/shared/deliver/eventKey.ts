import type { IDataObject } from 'n8n-workflow';

import type { ServiceRequest } from '../http/service';
import { hash } from '../json/hash';
import type { Decision } from './beforeSending';
import { sameKeyOption } from './keyField';
import type { KeyAsked } from './keys/peek';
import { timeoutMs } from './options';

/*
 * What an item claims, as it follows from its fields and options: the key of its event, or the record that it makes. What the
 * store has of it is another matter (`send/claim.ts`).
 */

/** The key of one event, and what tells the event from others with the same key. */
export interface EventKey {
	key: string;
	/** Hash of the values that make an event the same one (`Write.sameEvent`). */
	event: string;
	/** Other keys that count as delivered too, given the rows that were created (`Write.repeatedBy`). */
	repeatedBy(rows: IDataObject[]): Array<Pick<EventKey, 'key' | 'event'>>;
}

/** The part of an item that says what it claims. */
export interface WithKey {
	/** None if it claims the record that it makes. */
	key?: EventKey;
	options: IDataObject;
	/** None until it is decided. */
	decision?: Pick<Decision, 'claim'>;
}

/** All keys that an item claims, in order: those of its record, or that of its event. */
export const keysOf = ({ key, decision }: WithKey): string[] =>
	decision?.claim?.keys ?? (key ? [key.key] : []);

/** Whether an item is refused if its key belongs to another event (*Same ID, Other Event*). */
export const refusesOtherEvent = ({ sameKeyOtherEvent }: IDataObject): boolean =>
	(sameKeyOtherEvent ?? sameKeyOption.default) === 'refuse';

/** Whether several events may have one ID, and each is sent (*Same ID, Other Event* is *Send*). */
export const sendsOtherEvent = ({ sameKeyOtherEvent }: IDataObject): boolean => sameKeyOtherEvent === 'send';

/** The key that an event has besides, if several events may have its ID. */
export const ownKeyOf = ({ key, event }: EventKey, options: IDataObject): string | undefined =>
	sendsOtherEvent(options) ? `${key}\n${event}` : undefined;

/** All keys that an item may claim. */
export function allKeysOf(item: WithKey): string[] {
	const own = item.key && ownKeyOf(item.key, item.options);
	return [...keysOf(item), ...(own === undefined ? [] : [own])];
}

/** An item that asks for its claim. */
export interface Claiming extends WithKey {
	/** Undefined while it is only asked whether the event of the key is done. */
	request?: ServiceRequest;
}

/** What the store is asked about one of an item's keys. */
export function askedOf(
	{ key, request, options }: Claiming,
	name: string,
	event = key?.event ?? '',
): KeyAsked {
	const about = { event, request: hash(request?.about ?? request) };
	return { key: name, about, timeoutMs: timeoutMs(options) };
}
