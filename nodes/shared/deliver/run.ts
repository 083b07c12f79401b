import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { MAX_IN_FLIGHT } from '../http/limiter';
import { untilAbort } from '../process/untilAbort';
import type { Because } from '../report/outcome';
import type { Keys } from './keys/keys';
import type { Write } from './write';

/** What the items of one run share. */
export interface Run {
	ctx: IExecuteFunctions;
	write: Write;
	keys: Keys;
	/** Whether the other items are sent when one fails. */
	goOn: boolean;
}

/** What the items of one account share. They are the items of a run that use the same connection. */
export interface Account {
	connection: Connection;
	/**
	 * Fires when nothing further is to be sent to this account; its reason is a `Halt`, or the execution was stopped.
	 */
	signal: AbortSignal;
	/** Ends the run for all items of this account that have not been sent. */
	halt(because: Halt): void;
	/** IDs of records that belong to an item of this run or an earlier one: no look-up of another item may take them. */
	taken: Set<string>;
	trouble: Trouble;
}

/** Notes that records belong to an item: no look-up of another item takes them for its own. */
export function takeFor({ taken }: Account, write: Write, rows: IDataObject[]): void {
	for (const row of rows) taken.add(write.idOf(row));
}

/**
 * The items of an account that are in trouble: they are looked up, or sent again because there was no connection. When
 * as many are in trouble as may be under way at a time, the service most likely has a failure, and no further item is
 * sent.
 */
class Trouble {
	private count = 0;
	private waiting: Array<() => void> = [];

	get isMany(): boolean {
		return this.count >= MAX_IN_FLIGHT;
	}

	/** Counts an item in trouble, until the function returned is called. */
	begin(): () => void {
		this.count++;
		return () => {
			this.count--;
			for (const wake of this.waiting.splice(0)) wake();
		};
	}

	/**
	 * Waits until fewer items are in trouble.
	 *
	 * @param signal ends the wait at once; the promise then rejects
	 */
	async untilOver(signal: AbortSignal): Promise<void> {
		while (this.isMany) await untilAbort(new Promise<void>((wake) => this.waiting.push(wake)), signal);
	}
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

/**
 * The accounts of a run, one for each connection.
 *
 * @param stop fires when nothing further is to be sent to any of them
 */
export function accountsOf(connections: Connection[], stop: AbortSignal): Map<Connection, Account> {
	return new Map(
		connections.map((connection) => {
			const halting = new AbortController();
			const account: Account = {
				connection,
				signal: AbortSignal.any([stop, halting.signal]),
				halt: (because) => halting.abort(because),
				taken: new Set(),
				trouble: new Trouble(),
			};
			return [connection, account];
		}),
	);
}
