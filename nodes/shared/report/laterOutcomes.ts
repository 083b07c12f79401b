import type { IDataObject } from 'n8n-workflow';

import type { Connection, Tools } from '../http/connection';
import { toldIn } from './hints';
import type { Known } from './errors';
import type { FailedOutcome, Outcome } from './outcome';

/*
 * An outcome that is known only later: a follow-up waits for what comes of items that were created or read.
 */

/** An item that was created or read, as a follow-up sees it. */
export interface FollowedItem {
	/** Its place among the items, from 0. */
	index: number;
	/** "Item 3 of 300", for messages. */
	name: string;
	/** The service as reached with the item's own credential. */
	connection: Connection;
	options: IDataObject;
	rows: IDataObject[];
	/** What is redacted from the service's words about it, besides the token. */
	redacted: unknown[];
	/** What a message about its refusal can say. */
	known?: Known;
}

/** What a follow-up found out about one item. */
export interface Followed {
	/** The output rows of the item as they are now. A further try of the execution begins with these. */
	rows: IDataObject[];
	/** Given when the item fails after all, such as a write that the PMS refused. */
	failed?: FailedOutcome;
}

/** What a follow-up may use besides the connections of the items. */
export type FollowUpTools = Pick<Tools, 'ctx' | 'signal'>;

/**
 * What is done once all items were created or read, such as waiting for their results. Runs again in each try, also for
 * items that an earlier try created. Gives one answer per item, in the same order, and changes none of the rows it got.
 */
export type FollowUp = (tools: FollowUpTools, created: FollowedItem[]) => Promise<Followed[]>;

/**
 * Runs a follow-up for the items that are created.
 *
 * @param about what the follow-up needs to know of the item with this index; undefined leaves it out
 * @returns what was found out, by item index
 */
export async function followAll(
	followUp: FollowUp | undefined,
	tools: FollowUpTools,
	outcomes: Outcome[],
	about: (index: number) => Omit<FollowedItem, 'rows' | 'index'> | undefined,
): Promise<Array<Followed | undefined>> {
	const created = outcomes.flatMap((outcome, index): FollowedItem[] => {
		if (outcome.state !== 'created') return [];
		const known = about(index);
		return known ? [{ ...known, index, rows: outcome.rows }] : [];
	});
	const found: Array<Followed | undefined> = outcomes.map(() => undefined);
	const followed = (await followUp?.(tools, created)) ?? [];
	created.forEach(({ index }, position) => {
		found[index] = followed[position];
		if (found[index]?.failed) toldIn(tools.ctx).refusedLater.push(index);
	});
	return found;
}

/** The outcome of an item once its follow-up has ended. */
export function afterFollowUp(outcome: Outcome, followed: Followed | undefined): Outcome {
	return followed ? (followed.failed ?? { state: 'created', rows: followed.rows }) : outcome;
}
