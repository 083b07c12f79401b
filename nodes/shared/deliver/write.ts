import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { FieldsOwner } from '../fields/collections';
import type { Field } from '../fields/field';
import type { ReadItem } from '../fields/item';
import type { Problem, Remark } from '../fields/problem';
import type { DoubtfulZone } from '../fields/times/convertTimes';
import type { RecordsById } from '../find/get';
import type { ToFind } from '../find/find';
import type { Connection, Tools } from '../http/connection';
import type { Exchange } from '../http/exchange';
import type { Service, ServiceRequest } from '../http/service';
import type { Schema } from '../json/schema';
import type { FollowUp } from '../report/laterOutcomes';
import type { Because, Does, Outcome } from '../report/outcome';
import type { SilenceTimes } from './keys/silence';

/** The result of a look-up for a record in doubt. A remark says what it does not prove. */
export type LookedUp = { found: IDataObject[]; remark?: Remark } | 'absent' | 'undecided';

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

/** What a check found out about one item. */
export interface Verdict {
	problems: Problem[];
	/** Told in a hint; they stop nothing. */
	remarks?: Remark[];
	/** The system behind the service that the record goes to, for messages. */
	system?: string;
	/** The names that this system takes in a field, by parameter name. Messages list them after a wrong one. */
	takes?: Record<string, readonly string[]>;
	/** What the request holds besides the values of the fields, by the API's names. */
	adds?: IDataObject;
	/** Columns that the output rows of the item get. */
	columns?: IDataObject;
	/** Names of fields that the request of the item is made without. */
	leaveOut?: string[];
	/** The IANA time zone that the service writes its times in; all times of the item are told in it. */
	zone?: string;
	/** A time zone that it may write its times in, if that could not be found out. */
	doubtfulZone?: DoubtfulZone;
}

/** An item with its options, as a write is asked about it. */
export type AskedItem = Pick<ToFind, 'read' | 'options'>;

/** What a decision may use. */
export interface DecideTools extends Tools {
	/** When to look again for what another item or execution is about to make, in ms from one look to the next. */
	pausesMs: readonly number[];
	/**
	 * Finds the records that items name and that lie in the place of the record that is decided about (`Write.decidesAbout`).
	 * An item whose record is not found gets a problem.
	 *
	 * @param known records that need not be read by their IDs
	 */
	findPlaced(items: AskedItem[], known: RecordsById): Promise<void>;
}

/** What to do about one item, for a write that makes a record only if there is none. */
export interface Decision {
	/** Why the item is not sent. */
	problem?: Problem;
	/** Nothing is to be sent: the record is as it should be, and these are the output rows. */
	rows?: IDataObject[];
	/** The record is there; the request changes it. */
	exists?: true;
	/** Adds to the output rows what the reply does not say. */
	withColumns?(rows: IDataObject[]): IDataObject[];
	/**
	 * The request as it is right before it is sent, for an item that depends on what the service has taken of earlier items of
	 * the run.
	 */
	atLast?(request: ServiceRequest): ServiceRequest;
	/** Keeps in mind that the service has taken the request; gets the output rows. */
	noteTaken?(rows: IDataObject[]): void;
	/** Nobody else may make the record at the same time. */
	claim?: RecordClaim;
}

/** The claim of a record that is to be made, by the values that it is recognized by. */
export interface RecordClaim {
	/**
	 * All keys that the record is recognized by, sorted: they are claimed one after the other, and in the same order by
	 * all items, so that no two of them keep each other waiting.
	 */
	keys: string[];
	/** What else the store keeps as done, given the output rows of the record that was made. */
	marks(rows: IDataObject[]): string[];
	/**
	 * Another item or execution has claimed it before.
	 *
	 * @returns undefined if nothing was found out
	 */
	again(claimed: ClaimedBefore): Promise<Again | undefined>;
}

/** A claim of a record that was made before. */
export interface ClaimedBefore {
	/** The first of its keys that was claimed before. */
	key: string;
	/** Whether the record was made. If not, the item that claimed it was cut off or ended in doubt. */
	isMade: boolean;
	/** When an earlier try of this execution began its request, epoch ms. */
	since?: number;
	/** Whether the store keeps this as done (`RecordClaim.marks`). */
	isMarked(mark: string): Promise<boolean>;
}

/** What to do about an item whose record another item or execution has made, or was about to make. */
export type Again =
	/** What is decided now that more is known of the record, and the item as it is then, if it is another one. */
	| { decision: Decision; read?: ReadItem }
	/** It was not made after all: it may be made under this other key. */
	| { key: string };

/** What a write keeps in mind of its requests, for items of other executions that are about the same. */
export interface Trace {
	/**
	 * Right before a request.
	 *
	 * @returns why it must not go out any more; undefined if it does
	 */
	begin(item: ReadItem): Because | undefined;
	end(item: ReadItem, outcome: Outcome): void;
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
	settle(outcomes: Outcome[]): void;
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
 * An operation that creates one record per item. It says only what is its own; loops, order, claims, retries, errors
 * and output are the same for all of them.
 */
export interface Write extends FieldsOwner, WriteTimes {
	service: Service;
	/** What is created, as users call it: "lead event". */
	noun: string;
	/** The fields of the *Options* collection. */
	options: Field[];

	// Before anything is sent

	/**
	 * Finds out what the fields alone do not tell. Gives one verdict per item, and must not reject.
	 */
	check?(tools: Tools, items: AskedItem[]): Promise<Verdict[]>;
	/** What is wrong with an item as the check has completed it, such as a change of nothing. */
	refuses?(item: ReadItem): Problem | undefined;
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
	 * Who the item is about: items with a text in common, here or in the keys of their claims, are sent in input order, one after
	 * the other.
	 */
	order(item: ReadItem): string | string[];
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
	/** Columns that are left out of a simplified row. */
	onlyWhole?: string[];
	/** A row with what the service leaves unsaid, as `RecordFields.asTold`: simplified. */
	asTold?(row: IDataObject): IDataObject;
	/** Whether a reply is a definite no although its status is 2xx. */
	isRefusal?(body: unknown): boolean;
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
