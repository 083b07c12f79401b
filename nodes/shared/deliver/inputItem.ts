import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';
import type { Connection } from '../http/connection';
import type { Known } from '../report/errors';
import type { Outcome } from '../report/outcome';
import type { EventKey } from './eventKey';
import type { Steady } from './sameEvent';
import type { Decision } from './write';

/** One item with its options; everything that is wrong with them is among the problems of `read`. */
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
	/** The system behind the service that it goes to, and what that system takes. */
	known?: Known;
	/** What there is to do about it; left out, its record is made. */
	decision?: Decision;
	/** An earlier try of the execution created it: it fails no more, so that its problems stop no other item. */
	isCreated: boolean;
	/** Its event is done: nothing is found or sent for it. */
	skipped?: Outcome;
}
