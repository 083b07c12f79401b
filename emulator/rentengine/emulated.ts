import { rentEngineRecords } from '../data/rentengine.ts';
import { Host } from '../host.ts';
import { buildServer } from '../server.ts';
import { clearState, createState, type EmulatedService } from '../service.ts';
import { createSettings, RENTENGINE_DEFAULTS } from '../settings.ts';
import type { EmulatorOptions, RentEngineSettings } from '../types.ts';
import { createRows, type RentEngineRows } from './rows.ts';
import { RENTENGINE_BASE_PATH, rentEngineService } from './service.ts';
import { RentEngineWebhooks } from './webhooks.ts';
import type { RentEngineData, RentEngineWorld } from './world.ts';

export interface EmulatedRentEngine extends EmulatedService<RentEngineSettings, RentEngineData> {
	readonly webhooks: RentEngineWebhooks;
	/** What happens in RentEngine without its API: new prospects, events changed in place. */
	readonly rows: RentEngineRows;
	/** As at the start. */
	reset(): void;
}

/** The emulated RentEngine; it listens once `up()` was called. */
export function emulateRentEngine(address: string, options: EmulatorOptions): EmulatedRentEngine {
	const settings = createSettings(RENTENGINE_DEFAULTS, options.rentEngine);
	const state = createState(settings.values, options.rentEngineToken ?? 'rentengine-demo-token');
	const records = (): RentEngineData => rentEngineRecords(options.seed ?? 'demo', options.counts);
	const world: RentEngineWorld = { settings: settings.values, data: records(), ledger: state.ledger };
	const webhooks = new RentEngineWebhooks(world);
	world.onRow = (action, table, record, old) => webhooks.tell(action, table, record, old);
	const port = options.rentEnginePort ?? 0;
	const host = new Host(() => buildServer(rentEngineService(state, world)), address, port);
	return {
		...state,
		data: world.data,
		webhooks,
		rows: createRows(world),
		get url() {
			return host.origin + RENTENGINE_BASE_PATH;
		},
		up: () => host.up(),
		down: () => host.down(),
		reset() {
			clearState(state);
			webhooks.clear();
			settings.restore();
			// `data` stays the same object, so that what callers hold on to is the live one.
			Object.assign(world.data, records());
		},
	};
}
