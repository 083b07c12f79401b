import { Records } from '../data/records.ts';
import { Host } from '../server/host.ts';
import { buildServer } from '../server/server.ts';
import { clearState, createState, type Account, type EmulatedService } from '../server/state.ts';
import { createSettings, PROPEXO_DEFAULTS } from '../settings.ts';
import type { EmulatorOptions, PropexoSettings } from '../types.ts';
import { Jobs } from './jobs/jobs.ts';
import { syncMsOf } from './jobs/sync.ts';
import { propexoRecords } from './records/seed.ts';
import { propexoService } from './service.ts';
import { PropexoWebhooks } from './webhooks/webhooks.ts';
import type { PropexoData, PropexoWorld } from './world.ts';

/** One account of the emulated Propexo. */
export interface PropexoAccount extends Account<PropexoData> {
	readonly webhooks: PropexoWebhooks;
	/** Tests may add some. */
	readonly jobs: Jobs;
}

/** The emulated Propexo. Token, records and webhooks are those of the first account; the ledger holds all. */
export type EmulatedPropexo = EmulatedService<PropexoSettings, PropexoAccount> &
	Omit<PropexoAccount, 'ledger'>;

/** The emulated Propexo; it listens once `up()` was called. */
export function emulatePropexo(address: string, options: EmulatorOptions): EmulatedPropexo {
	const settings = createSettings(PROPEXO_DEFAULTS, options.propexo);
	const records = (): PropexoData => propexoRecords(options.seed ?? 'demo', options.counts?.leads);
	const tokens = options.propexoTokens ?? ['propexo-demo-token'];
	const state = createState(settings.values, tokens, (ledger): PropexoWorld => ({
		settings: settings.values,
		data: records(),
		jobs: new Jobs((write) => syncMsOf(settings.values, write)),
		bookings: new Records(),
		ledger,
		webhooks: new Records(),
		webhooksMade: 0,
		formerSecrets: new Map(),
	}));
	const accounts = state.accounts.map(({ token, world }, position): PropexoAccount => {
		const webhooks = new PropexoWebhooks(world);
		world.onJob = (job) => webhooks.follow(job);
		const { data, jobs } = world;
		return { token, data, jobs, ledger: state.ledger.of(position), webhooks };
	});
	const [first] = accounts;
	if (!first) throw new RangeError('propexoTokens: at least one is needed');
	const host = new Host(() => buildServer(propexoService(state)), address, options.propexoPort ?? 0);
	return {
		...first,
		...state,
		accounts,
		get url() {
			return host.origin;
		},
		up: () => host.up(),
		down: () => host.down(),
		close: () => host.close(),
		reset() {
			clearState(state);
			settings.restore();
			for (const account of accounts) account.webhooks.clear();
			for (const { world } of state.accounts) {
				world.webhooks.replace([]);
				world.formerSecrets.clear();
				world.jobs.clear();
				world.bookings.replace([]);
				// `data` stays the same object, so that what callers hold on to is the live one.
				Object.assign(world.data, records());
			}
		},
	};
}
