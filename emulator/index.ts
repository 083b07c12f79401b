import { Host } from './host.ts';
import { buildPage } from './page/server.ts';
import { emulatePropexo, type EmulatedPropexo } from './propexo/emulated.ts';
import { emulateRentEngine, type EmulatedRentEngine } from './rentengine/emulated.ts';
import type { EmulatorOptions } from './types.ts';

export { INTEGRATIONS } from './data/propexoIntegrations.ts';
export { RENTENGINE_ACCOUNT_ID, RENTENGINE_USERS } from './data/rentengine.ts';
export type { ActiveFault, Fault, FaultMatch } from './faults.ts';
export type { LedgerCreation, LedgerRequest } from './ledger.ts';
export type { EmulatedPropexo } from './propexo/emulated.ts';
export type { EmulatedRentEngine } from './rentengine/emulated.ts';
export type { EmulatorOptions, PropexoSettings, RentEngineSettings } from './types.ts';
export type { Delivery } from './webhooks/courier.ts';

export interface Emulator {
	propexo: EmulatedPropexo;
	rentEngine: EmulatedRentEngine;
	page: { readonly url: string };
	/** Empties ledgers, faults, rate windows, jobs and webhooks; settings and records are as at the start. */
	reset(): void;
	/** Ends all servers and connections. */
	close(): Promise<void>;
}

/**
 * Starts both APIs and the ledger page on loopback.
 * @param options ports, tokens, settings and records; everything has a default
 * @throws when a port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const address = options.host ?? '127.0.0.1';
	const propexo = emulatePropexo(address, options);
	const rentEngine = emulateRentEngine(address, options);
	const pageHost = new Host(() => buildPage(emulator), address, options.pagePort ?? 0);
	const emulator: Emulator = {
		propexo,
		rentEngine,
		page: {
			get url() {
				return pageHost.origin;
			},
		},
		reset() {
			propexo.reset();
			rentEngine.reset();
		},
		async close() {
			propexo.webhooks.clear();
			rentEngine.webhooks.clear();
			await Promise.all([propexo.down(), rentEngine.down(), pageHost.down()]);
		},
	};
	try {
		await propexo.up();
		await rentEngine.up();
		await pageHost.up();
	} catch (error) {
		await emulator.close();
		throw error;
	}
	return emulator;
}
