import { Faults } from './faults.ts';
import { Ledger } from './ledger.ts';
import { RateWindows } from './rate.ts';
import type { ServiceState } from './server.ts';
import type { RateSettings } from './types.ts';

/** One emulated API, as tests, demo and bench hold it. */
export interface EmulatedService<S extends RateSettings, D> {
	/** Base address. RentEngine's holds its base path, `/api/public/v1`. */
	readonly url: string;
	readonly token: string;
	readonly ledger: Ledger;
	readonly faults: Faults;
	/** Read anew for every request: change them at any time. */
	readonly settings: S;
	readonly data: D;
	/** Stops to listen; callers are refused until `up()`. State is kept. */
	down(): Promise<void>;
	/** Listens again on the same port. */
	up(): Promise<void>;
}

/** The state of a service at its start. */
export const createState = <S extends RateSettings>(settings: S, token: string): ServiceState<S> => ({
	ledger: new Ledger(),
	faults: new Faults(),
	rate: new RateWindows(),
	settings,
	token,
});

/** Empties ledger, faults and rate windows. */
export function clearState(state: ServiceState<RateSettings>): void {
	state.ledger.clear();
	state.faults.clear();
	state.rate.clear();
}
