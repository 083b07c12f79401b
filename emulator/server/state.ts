import type { RateSettings } from '../types.ts';
import { Faults } from './faults.ts';
import { Ledger, type LedgerView } from './ledger.ts';
import { RateWindows } from './rate.ts';

/** What one token gives access to. `W`: the records and everything else that belongs to one account. */
export interface AccountState<W> {
	token: string;
	world: W;
}

/** The state of a service: it is kept while the server goes down and comes up again. */
export interface ServiceState<S extends RateSettings, W> {
	ledger: Ledger;
	faults: Faults;
	rate: RateWindows;
	settings: S;
	accounts: readonly AccountState<W>[];
}

/** One account of an emulated API, as tests hold it. Its records are its own. */
export interface Account<D> {
	readonly token: string;
	readonly data: D;
	/** Only the requests with this token. */
	readonly ledger: LedgerView;
}

/** One emulated API, as tests, demo and bench hold it. `A`: what each of its accounts has. */
export interface EmulatedService<S extends RateSettings, A> {
	/** Base address. RentEngine's holds its base path, `/api/public/v1`. */
	readonly url: string;
	/** One per token, in the order in which the tokens were given. */
	readonly accounts: readonly A[];
	/** All requests, whatever their token. */
	readonly ledger: Ledger;
	readonly faults: Faults;
	/** Read for every request, so they can be changed at any time. */
	readonly settings: S;
	/** Stops to listen; callers are refused until `up()`. State is kept. */
	down(): Promise<void>;
	/** Stops for good, and gives the port back. */
	close(): Promise<void>;
	/** Listens again on the same port. */
	up(): Promise<void>;
	/** Brings everything back to how it was at the start. */
	reset(): void;
}

/**
 * The state of a service at its start.
 * @param tokens one for each account
 * @param worldOf makes what an account holds
 */
export function createState<S extends RateSettings, W>(
	settings: S,
	tokens: readonly string[],
	worldOf: (ledger: Ledger) => W,
): ServiceState<S, W> {
	const ledger = new Ledger();
	const accounts = tokens.map((token) => ({ token, world: worldOf(ledger) }));
	return { ledger, faults: new Faults(), rate: new RateWindows(), settings, accounts };
}

/** Empties ledger, faults and rate windows. */
export function clearState(state: ServiceState<RateSettings, unknown>): void {
	state.ledger.clear();
	state.faults.clear();
	state.rate.clear();
}
