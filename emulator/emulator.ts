import type { EmulatedPropexo } from './propexo/emulated.ts';
import type { EmulatedRentEngine } from './rentengine/emulated.ts';

/** Both emulated APIs and the page that shows what they were asked. */
export interface Emulator {
	propexo: EmulatedPropexo;
	rentEngine: EmulatedRentEngine;
	page: { readonly url: string };
	/** Empties ledgers, faults, rate windows, jobs and webhooks; settings and records are as at the start. */
	reset(): void;
	/** Ends all servers and connections. */
	close(): Promise<void>;
}
