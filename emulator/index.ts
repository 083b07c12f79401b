import { Host } from './server/host.ts';
import { buildPage } from './page/server.ts';
import { SYSTEM_NAMES, type Emulator } from './emulator.ts';
import { emulatePropexo } from './propexo/emulated.ts';
import { emulateRentEngine } from './rentengine/emulated.ts';
import type { EmulatorOptions } from './types.ts';

export { INTEGRATIONS } from './propexo/records/integrations.ts';
export { RENTENGINE_ACCOUNT_ID, RENTENGINE_USERS } from './rentengine/records/seed.ts';
export type { ActiveFault, Fault, FaultMatch } from './server/faults.ts';
export type { LedgerCreation, LedgerRequest } from './server/ledger.ts';
export type { Emulator } from './emulator.ts';
export type { Job } from './propexo/jobs/jobs.ts';
export type { EmulatedPropexo } from './propexo/emulated.ts';
export type { EmulatedRentEngine } from './rentengine/emulated.ts';
export type { EmulatorOptions, PropexoSettings, RentEngineSettings } from './types.ts';
export type { Delivery } from './server/courier.ts';

/**
 * Starts both APIs and the ledger page on loopback.
 * @param options ports, tokens, settings and records; everything has a default
 * @throws when a port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const address = options.host ?? '127.0.0.1';
	const propexo = emulatePropexo(address, options);
	const rentEngine = emulateRentEngine(address, options);
	const pageHost = new Host(() => buildPage(emulator), address, options.pagePort || 0);
	const emulator: Emulator = {
		propexo,
		rentEngine,
		page: {
			get url() {
				return pageHost.origin;
			},
		},
		reset() {
			for (const system of SYSTEM_NAMES) emulator[system].reset();
		},
		async close() {
			const systems = SYSTEM_NAMES.map((system) => emulator[system]);
			for (const { accounts } of systems) for (const { webhooks } of accounts) webhooks.clear();
			await Promise.all([...systems.map((system) => system.close()), pageHost.close()]);
		},
	};
	try {
		for (const system of SYSTEM_NAMES) await emulator[system].up();
		if (options.pagePort !== false) await pageHost.up();
	} catch (error) {
		await emulator.close();
		throw error;
	}
	return emulator;
}
