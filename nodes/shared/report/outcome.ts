import type { Failure, IDataObject } from 'n8n-workflow';

/**
 * What a failing item has to say: to a person (`message`, `description`) and to a workflow (`details`).
 * None of the three ever holds a token or a value of the renter's record.
 */
export interface Report {
	/** One sentence: what happened, naming the item and the field as shown in the editor. */
	message: string;
	/** What to do next. */
	description: string;
	/** HTTP status of the reply, when there was one. */
	httpCode?: number;
	/** Why it failed, as n8n reads it from an error. */
	failure?: Failure;
	/** Machine-readable facts for the error output. */
	details: IDataObject;
}

/** A report without the item's name before it. */
export type Because = Omit<Report, 'message'> & { because: string };

/**
 * How one input item ended. Every item ends in exactly one of these:
 * - `created`: the service confirmed it; `rows` are the output items, at least one; `isUnsent` if the record was right already
 *   and no request went out: a further try then compares the record again
 * - `skipped`: its key was delivered by an earlier item or execution; `isRefused` if the service took
 *   the event then and refused it later, `isOther` if that event differs from the item's (*Same ID, Other Event* is *Skip*)
 * - `refused`: a definite no of the service; nothing was created
 * - `notSent`: nothing reached the service
 * - `unknown`: a request went out and nobody can say whether the event was created
 * - `previewed`: the item asks only what a run would do (*Preview Only*); `row` is its output item
 */
export type Outcome =
	| { state: 'created'; rows: IDataObject[]; isUnsent?: true }
	| { state: 'skipped'; key: string; isRefused?: boolean; isOther?: boolean }
	| { state: 'refused'; report: Report }
	/** `consequence`: another item stopped the run before this one was sent. */
	| { state: 'notSent'; report: Report; consequence?: boolean }
	| { state: 'unknown'; report: Report }
	| { state: 'previewed'; row: PreviewRow };

/** What the request of an item does, as a preview and a report say it. */
export const DOES = {
	creates: { would: 'would_create', done: 'created' },
	changes: { would: 'would_update', done: 'updated' },
	cancels: { would: 'would_cancel', done: 'cancelled' },
} as const;

/** What a request does: makes a record, changes it, or calls off what it stands for. */
export type Does = keyof typeof DOES;

/** The output item of a previewed item. */
export interface PreviewRow extends IDataObject {
	preview: true;
	outcome: (typeof DOES)[Does]['would'] | 'would_skip' | 'not_sent';
	/** What would be sent; null if nothing. */
	request: IDataObject | null;
	/** Which records were found, and by what. */
	resolved: IDataObject;
	/** What keeps it from being sent, or what else there is to know. */
	problems: string[];
}

/** An outcome that fails its item: *refused*, *not sent* or *unknown*. */
export type FailedOutcome = Extract<Outcome, { report: Report }>;

/** The names of the outcomes as users read them in messages and in `details.outcome`. */
export const OUTCOME_NAMES = {
	created: 'created',
	skipped: 'skipped',
	refused: 'refused',
	notSent: 'not sent',
	unknown: 'unknown',
} as const;

/** Tells the outcomes that fail an item from those that give it an output. */
export function isFailed(outcome: Outcome): outcome is FailedOutcome {
	return 'report' in outcome;
}

/** Whether nothing was sent for an item, or would be, because something about it is not right. */
export const isNotSent = (outcome?: Outcome): boolean =>
	outcome?.state === 'notSent' || (outcome?.state === 'previewed' && outcome.row.outcome === 'not_sent');
