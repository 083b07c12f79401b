import { Host } from '../server/host.ts';
import { buildServer } from '../server/server.ts';
import { clearState, createState, type Account, type EmulatedService } from '../server/state.ts';
import { createSettings, RENTENGINE_DEFAULTS } from '../settings.ts';
import type { EmulatorOptions, RentEngineSettings } from '../types.ts';
import { createRows, type RentEngineRows } from './records/rows.ts';
import { rentEngineRecords } from './records/seed.ts';
import { RENTENGINE_BASE_PATH, rentEngineService } from './service.ts';
import { RentEngineWebhooks } from './webhooks.ts';
import type { RentEngineData, RentEngineWorld } from './world.ts';

/** One account of the emulated RentEngine. */
export interface RentEngineAccount extends Account<RentEngineData> {
	readonly webhooks: RentEngineWebhooks;
	/** What happens in RentEngine without its API: new prospects, events changed in place. */
	readonly rows: RentEngineRows;
}

/** The emulated RentEngine. Token, records and webhooks are those of the first account; the ledger holds all. */
export type EmulatedRentEngine = EmulatedService<RentEngineSettings, RentEngineAccount> &
	Omit<RentEngineAccount, 'ledger'>;

/** The emulated RentEngine; it listens once `up()` was called. */
export function emulateRentEngine(address: string, options: EmulatorOptions): EmulatedRentEngine {
	const settings = createSettings(RENTENGINE_DEFAULTS, options.rentEngine);
	const records = (): RentEngineData => rentEngineRecords(options.seed ?? 'demo', options.counts);
	const tokens = options.rentEngineTokens ?? ['rentengine-demo-token'];
	const state = createState(settings.values, tokens, (ledger): RentEngineWorld => ({
		settings: settings.values,
		data: records(),
		ledger,
	}));
	const accounts = state.accounts.map(({ token, world }, position): RentEngineAccount => {
		const webhooks = new RentEngineWebhooks(world);
		world.onRow = (action, table, record, old) => webhooks.tell(action, table, record, old);
		const ledger = state.ledger.of(position);
		return { token, data: world.data, ledger, webhooks, rows: createRows(world) };
	});
	const [first] = accounts;
	if (!first) throw new RangeError('rentEngineTokens: at least one is needed');
	const port = options.rentEnginePort ?? 0;
	const host = new Host(() => buildServer(rentEngineService(state)), address, port);
	return {
		...first,
		...state,
		accounts,
		get url() {
			return host.origin + RENTENGINE_BASE_PATH;
		},
		up: () => host.up(),
		down: () => host.down(),
		close: () => host.close(),
		reset() {
			clearState(state);
			settings.restore();
			for (const account of accounts) {
				account.webhooks.clear();
				// `data` stays the same object, so that what callers hold on to is the live one.
				Object.assign(account.data, records());
			}
		},
	};
}
