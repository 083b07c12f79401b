import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { FieldsOwner } from '../fields/collections';
import type { Field } from '../fields/field';
import type { ReadItem } from '../fields/item';
import type { Problem, Remark } from '../fields/problem';
import type { Connection, Tools } from '../http/connection';
import type { Exchange } from '../http/exchange';
import type { Service, ServiceRequest } from '../http/service';
import type { Schema } from '../json/schema';
import type { FollowUp } from '../report/laterOutcomes';
import type { Because, Does, Outcome } from '../report/outcome';
import type { AskedItem, Decision, DecideTools, Verdict } from './beforeSending';
import type { SilenceTimes } from './keys/silence';

/**
 * The result of a look-up for a record in doubt. A remark says what it does not prove; `copies` how many requests for it the
 * service has refused later, if several.
 */
export type LookedUp = { found: IDataObject[]; remark?: Remark; copies?: number } | 'absent' | 'undecided';

/** What a look-up may use. */
export interface LookUpTools {
	/** As `Connection.account`: look-ups of the same account may read its records together. */
	account: string;
	/** Fires when the execution is stopped. */
	signal: AbortSignal;
	/** Sends a GET within the rate, and again while the service is out of reach or busy. */
	ask(request: ServiceRequest): Promise<Exchange>;
	/** Whether the record with this ID is known to belong to another item. */
	isTaken(id: string): boolean;
}

/** What a write keeps in mind of its requests, for items of other executions that are about the same. */
export interface Trace {
	/**
	 * Right before a request.
	 *
	 * @param account as `Connection.account`
	 * @returns why it must not go out any more; undefined if it does
	 */
	begin(item: ReadItem, account: string): Because | undefined;
	end(item: ReadItem, outcome: Outcome, account: string): void;
}

/** What one run decides about its items together, such as whose turn it is. */
export interface Plan {
	/**
	 * Completes an item whose fields are all right, before its request is made; called in input order. An item that
	 * an earlier try of the same execution may have sent has to be completed as it was then.
	 *
	 * @returns the item as it is to be sent; with a problem it is not sent
	 */
	complete(item: ReadItem, itemIndex: number, options: IDataObject, connection: Connection): ReadItem;
	/** As `Write.order`, where that depends on what other items of the run do: called once all are completed. */
	order?(item: ReadItem): string[];
	/** Gets the outcome of every item, by item index, before the node ends. */
	settle?(outcomes: Outcome[]): void;
}

/** The times of a write, which tests make shorter. */
export interface WriteTimes {
	/** When to look for a record in doubt, in ms from one look to the next: it may take a while to show. */
	lookUpAfterMs: readonly number[];
	/**
	 * How long the service may be at work on a request that nobody waits for any more, in ms from when it was sent;
	 * `GOES_ON_FOR_MS`, if left out.
	 */
	goesOnForMs?: number;
	/** How long a process is silent after a call on the store of keys; `SILENCE_MS`, if left out. */
	claimSilenceMs?: SilenceTimes;
	/** How often a long run tells how far it is, in ms; `TELL_EVERY_MS`, if left out. */
	tellEveryMs?: number;
}

/**
 * An operation that writes one record per item: creates it, changes it or calls it off. It says only what is its own; loops, order, claims, retries, errors
 * and output are the same for all of them.
 */
export interface Write extends FieldsOwner, WriteTimes {
	service: Service;
	/** What is written, as users call it: "lead event", "update". */
	noun: string;
	/** The fields of the *Options* collection. */
	options: Field[];

	// Before anything is sent

	/**
	 * Finds out what the fields alone do not tell. Gives one verdict per item, and must not reject.
	 */
	check?(tools: Tools, items: AskedItem[]): Promise<Verdict[]>;
	/** What is wrong with an item as the check has completed it, such as a change of nothing. */
	wrongWith?(item: ReadItem): Problem | undefined;
	/** Whether the check asks the service something about an item; it never does, if left out. */
	asks?(item: ReadItem, connection: Connection): boolean;
	/**
	 * Finds out what to do about items whose records have been found; one decision per item. It may add to the
	 * values of an item, and must not reject. Without it, each item makes a record.
	 */
	decide?(tools: DecideTools, items: AskedItem[]): Promise<Decision[]>;
	/**
	 * The parameter of the record that `decide` finds. What lies in the place of that record, such as a unit in its property,
	 * is found by `decide` too, once the record is known.
	 */
	decidesAbout?: string;
	/**
	 * Begins the plan of one run; without it, each item is completed by its fields alone.
	 *
	 * @param isPreview it decides as a run would, and changes nothing; it is never settled
	 */
	plan?(ctx: IExecuteFunctions, isPreview: boolean): Plan;
	/**
	 * Who the item is about: items with the same text, or with a key in common, are sent in input order, one after
	 * the other.
	 */
	order(item: ReadItem): string;
	/**
	 * Names of the fields that make two items with the same key the same event: who, what kind, when. Not notes and
	 * other texts that a redelivery may change.
	 */
	sameEvent(item: ReadItem): string[];
	/**
	 * Another item that would do the same again with what this one created: a retry gives a new job, and retrying that
	 * job sends the same event again. If the item has a key, that other item counts as delivered too.
	 */
	repeatedBy?(
		key: string,
		item: ReadItem,
		rows: IDataObject[],
	): { key: string; item: ReadItem } | undefined;

	// The request, and what its reply means

	/** The request of one item without problems. */
	request(item: ReadItem, options: IDataObject): ServiceRequest;
	trace?: Trace;
	/** The output rows of a reply with status 2xx; undefined when it is not of a documented form. */
	rows(body: unknown): IDataObject[] | undefined;
	/** What a request does; left out where every request creates something. */
	does?(request: ServiceRequest): Does;
	/** What was done, where a row tells it: "created", "updated", "unchanged", "pending". */
	did?(row: IDataObject): string | undefined;
	/** What is added to such a row, from what the item says. */
	columns?(row: IDataObject, item: ReadItem): IDataObject;
	/** Who or what an item is about, as columns of its output. */
	who?(item: ReadItem): IDataObject;
	/** What such a row holds, in the order in which *Simplify* gives it: IDs first. */
	output: Schema;
	/** A row with what the service leaves unsaid, and without what few people want: simplified. */
	asTold?(row: IDataObject): IDataObject;
	/** Whether a reply is a definite no although its status is 2xx. */
	isRefusal?(body: unknown): boolean;
	/** Whether a request may be refused because an equal one was carried out, such as a showing at a time that is taken by then. */
	refusesRepeats?: true;
	/** What to do about a refusal, where neither its status nor the service's own words tell it. */
	ifRefused?: string;
	/** The ID that tells a created record from all others. */
	idOf(row: IDataObject): string;

	// A record in doubt

	/**
	 * Looks for the record of a request in doubt.
	 *
	 * @param since when the request began, epoch ms as this process counts them (`steadyNow`)
	 */
	lookUp(tools: LookUpTools, request: ServiceRequest, since: number): Promise<LookedUp>;

	/** Whether the follow-up of an item with these options waits for the answer of another system, which may refuse it. */
	awaitsAnswer?(options: IDataObject): boolean;
	/** What is done with the created records once all items were sent, such as waiting for their results. */
	followUp?: FollowUp;
}
