import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';
import type { Problem, Remark } from '../fields/problem';
import type { DoubtfulZone } from '../fields/times/convertTimes';
import type { RecordsById } from '../find/get';
import type { ToFind } from '../find/find';
import type { Tools } from '../http/connection';
import type { ServiceRequest } from '../http/service';
import type { Because } from '../report/outcome';

/*
 * What a write finds out about items before they are sent: whether the service takes them, and what to do about each.
 */

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
	 * the run, or that is kept in mind from then on; the output rows if nothing is to be sent any more.
	 */
	atLast?(request: ServiceRequest): Promise<ServiceRequest | IDataObject[]>;
	/**
	 * Right before each request: why it must not go out any more, undefined if it does. It keeps in mind that it goes out.
	 */
	begin?(): Because | undefined;
	/** Keeps in mind that the service has taken the request; gets the output rows. */
	noteTaken?(rows: IDataObject[]): void;
	/** The service has not taken the request. */
	takeBack?(): void;
	/** Nobody else may make the record at the same time. */
	claim?: RecordClaim;
}

/** The claim of a record that is to be made, by the values that it is recognized by. */
export interface RecordClaim {
	/**
	 * All keys that the record is recognized by, sorted: within a process all items wait for them in the same order, so that
	 * no two of them keep each other waiting.
	 */
	keys: string[];
	/** Other keys that are done then, given the output rows of the record that was made. */
	alsoDone(rows: IDataObject[]): string[];
	/** For a preview: what the item changes of a record that earlier items make with these values. */
	changes(values: IDataObject): Promise<IDataObject>;
	/**
	 * Another item or execution has claimed it before.
	 *
	 * @returns undefined if nothing was found out
	 */
	again(claimed: ClaimedBefore): Promise<Again | undefined>;
	/**
	 * A look-up has found older requests for the same record, which may be those that have begun these keys.
	 *
	 * @returns other keys, by those, under which it may be made because all of them were refused later; undefined if not
	 */
	insteadOf(rows: IDataObject[], keys: string[]): Map<string, string> | undefined;
}

/** Requests of an item whose outcome is in doubt. */
export interface OwnDoubt {
	/** When the first one was begun, as `steadyNow` counts. */
	since: number;
	/** How many may have arrived. */
	sends: number;
}

/** A claim of a record that was made before. */
export interface ClaimedBefore {
	/** The key of the record that was made, or all keys that were claimed where none was. */
	keys: string[];
	/** Whether the record was made. If not, the item that claimed it was cut off or ended in doubt. */
	isMade: boolean;
	/** The item's own requests in doubt: of this execution, or an earlier try of it. */
	own?: OwnDoubt;
	/** The request of the item. */
	request: ServiceRequest;
	/** Whether the store has this key as done, such as one of `RecordClaim.alsoDone`. */
	isDone(key: string): Promise<boolean>;
}

/** What to do about an item whose record another item or execution has made, or was about to make. */
export type Again =
	/** What is decided now that more is known of the record, and the item as it is then, if it is another one. */
	| { decision: Decision; read?: ReadItem }
	/** It was not made after all: it may be made under other keys, by those that were claimed. */
	| { keys: Map<string, string> };
