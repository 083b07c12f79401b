import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../http/connect';
import type { Outcome } from './outcome';

/** A created item, as a follow-up sees it. */
export interface Created {
	/** "Item 3 of 300", for messages. */
	name: string;
	/** The service as reached with the item's own credential. */
	connection: Connection;
	options: IDataObject;
	rows: IDataObject[];
	/** What must not be repeated from what is said about it. */
	sent: unknown[];
	/** Gives the item another outcome than `created` with these rows. */
	become(outcome: Outcome): void;
}

/** What a follow-up may use besides the connections of the items. */
export interface FollowUpTools {
	ctx: IExecuteFunctions;
	/** Fires when the execution is stopped. */
	signal: AbortSignal;
}

/**
 * What is done with the items that were created or read, once all of them were: waiting for a result, for example. Runs
 * in each try again, also for items that an earlier try created.
 */
export type FollowUp = (tools: FollowUpTools, created: Created[]) => Promise<void>;
