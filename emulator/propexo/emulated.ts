import { propexoRecords } from '../data/propexo.ts';
import { Host } from '../host.ts';
import { Records } from '../records.ts';
import { buildServer } from '../server.ts';
import { clearState, createState, type EmulatedService } from '../service.ts';
import { createSettings, PROPEXO_DEFAULTS } from '../settings.ts';
import type { EmulatorOptions, PropexoSettings } from '../types.ts';
import { Jobs } from './jobs.ts';
import { propexoService } from './service.ts';
import { PropexoWebhooks } from './webhooks.ts';
import type { PropexoData, PropexoWorld } from './world.ts';

export interface EmulatedPropexo extends EmulatedService<PropexoSettings, PropexoData> {
	readonly webhooks: PropexoWebhooks;
	/** As at the start. */
	reset(): void;
}

/** The emulated Propexo; it listens once `up()` was called. */
export function emulatePropexo(address: string, options: EmulatorOptions): EmulatedPropexo {
	const settings = createSettings(PROPEXO_DEFAULTS, options.propexo);
	const state = createState(settings.values, options.propexoToken ?? 'propexo-demo-token');
	const records = (): PropexoData => propexoRecords(options.seed ?? 'demo', options.counts?.leads);
	const world: PropexoWorld = {
		settings: settings.values,
		data: records(),
		jobs: new Jobs(),
		ledger: state.ledger,
		webhooks: new Records(),
		webhooksMade: 0,
		formerSecrets: new Map(),
	};
	const webhooks = new PropexoWebhooks(world);
	world.onJob = (job) => webhooks.follow(job);
	const host = new Host(() => buildServer(propexoService(state, world)), address, options.propexoPort ?? 0);
	return {
		...state,
		data: world.data,
		webhooks,
		get url() {
			return host.origin;
		},
		up: () => host.up(),
		down: () => host.down(),
		reset() {
			clearState(state);
			webhooks.clear();
			world.webhooks.replace([]);
			world.formerSecrets.clear();
			world.jobs.clear();
			settings.restore();
			// `data` stays the same object, so that what callers hold on to is the live one.
			Object.assign(world.data, records());
		},
	};
}
