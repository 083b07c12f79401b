import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';
import type { Connection } from '../http/connection';
import type { ServiceRequest } from '../http/service';
import type { Known } from '../report/errors';
import type { Outcome } from '../report/outcome';
import { isFailed } from '../report/outcome';
import type { EventKey } from './eventKey';
import type { ItemMemory } from './memory/memory';
import type { Trail } from './memory/remembered';
import type { Account } from './run';
import type { Steady } from './input/sameEvent';
import type { Decision, OwnDoubt } from './beforeSending';

/*
 * The way of one item through a write operation. `deliver` takes all items of a run through one stage after the other:
 *
 * | Stage     | Where         | What happens to the item                                   | It is then                   |
 * | --------- | ------------- | ---------------------------------------------------------- | ---------------------------- |
 * | read      | `input/`      | its fields, options and key are read                       | an `InputItem`               |
 * | check     | `check/`      | whether its event is done, which records it names, what is | a `CheckedItem`              |
 * |           |               | to be done, and whether the service takes it               |                              |
 * | prepare   | `prepare.ts`  | its request is made, and what earlier tries of the         | a `ToSend` or an `EndedItem` |
 * |           |               | execution say                                              |                              |
 * | preview   | `preview/`    | one that is only previewed ends here                       | a `ToSend` or an `EndedItem` |
 * | send      | `send/`       | it goes from state to state until it has its outcome       | an `EndedItem`               |
 * | follow up | `followUp.ts` | its result is waited for, which may be a refusal           | an `EndedItem`               |
 *
 * `tell/` says how they ended. No stage changes the items of the one before: it gives new ones. There are three exceptions.
 * What is found and checked is written into the `read` of an item until it is a `CheckedItem`. Its `trail` is written while it
 * is sent. And a look-up adds its remark to those of `read`.
 */

/** As it was read; everything that is wrong with fields and options is among the problems of `read`. */
export interface InputItem {
	/** "Item 3 of 300", for messages. */
	name: string;
	/** What the item brought along. */
	input: IDataObject;
	/** None when its credential cannot be used. */
	connection?: Connection;
	read: ReadItem;
	options: IDataObject;
	/** What stays of it when it is read again (`steadyOf`). */
	steady?: Steady;
	/** It is only previewed. */
	isPreview: boolean;
	key?: EventKey;
	/** An earlier try of the execution created it or left it in doubt: its problems stop no other item. */
	wasSent: boolean;
}

/** With all that was found out about it before anything is sent. */
export interface CheckedItem extends InputItem {
	/** Its event is done: nothing was found for it, and nothing is sent. */
	skipped?: Outcome;
	/** What to do about it; empty if its record is made. */
	decision: Decision;
	/** What a message about its refusal can say. */
	known: Known;
}

/** With all that is needed to send it. */
export interface ReadyItem extends CheckedItem {
	account: Account;
	request: ServiceRequest;
	memory: ItemMemory;
	/** Its requests that were in doubt under other keys than it has now. */
	ownBefore?: OwnDoubt;
	/** Written while it is sent. */
	trail: Trail;
	/** Adds to the output rows what the item says of them, such as the IDs that were found. */
	complete(rows: IDataObject[]): IDataObject[];
	/** What is redacted from the service's words about it, besides the token. */
	redacted: unknown[];
}

/** One that can be sent. */
export interface ToSend {
	item: ReadyItem;
}

/** One with its outcome. */
export interface EndedItem {
	item: CheckedItem | ReadyItem;
	outcome: Outcome;
}

/** Whether an item could be sent: it has its request. */
export const isReady = (item: CheckedItem | ReadyItem): item is ReadyItem => 'request' in item;

/**
 * Whether an item ends the run in *Stop* mode. One that an earlier try or execution has left in doubt, and this one did not send,
 * must not: the others would never be sent, as it stays in doubt however often the execution is retried. If it cannot even be
 * read, the others are checked without it (`wasSent`).
 */
export function stopsRun({ item, outcome }: EndedItem): boolean {
	const isLeft = isReady(item) ? item.trail.attempts === 0 : item.wasSent;
	return isFailed(outcome) && !(outcome.state === 'unknown' && isLeft);
}
