import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../http/connect';
import type { ServiceRequest } from '../http/service';
import type { LabelOf } from '../report/errors';
import type { Keys } from './keys';
import type { ItemMemory } from './memory';
import type { Because } from './reasons';
import type { Write } from './write';

/** What the items of one run share. */
export interface Run extends Connection {
	ctx: IExecuteFunctions;
	write: Write;
	keys: Keys;
	labelOf: LabelOf;
	/** Fires when nothing further is to be sent; its reason is a `Halt`. */
	signal: AbortSignal;
	/** Ends the run for all items that have not been sent. */
	halt(because: Halt): void;
	/** IDs of the records known to be an item's of this run. */
	taken: Set<string>;
}

/** Why a run stopped sending. */
export class Halt extends Error {
	/** @param consequence another item is the cause, and has a report of its own */
	constructor(
		readonly report: Because,
		readonly consequence = false,
	) {
		super(report.because);
	}
}

/** One item, ready to be sent. */
export interface ReadyItem {
	/** "Item 3 of 300", for messages. */
	name: string;
	request: ServiceRequest;
	options: IDataObject & { deduplicationKey?: string; outcomeUnknown?: string; timeout?: number };
	memory: ItemMemory;
	/** What must not be repeated of a service's words about it. */
	sent: unknown[];
}
