import { untilReset, type RateVerdict } from '../server/rate.ts';
import type { Service } from '../server/server.ts';
import type { ServiceState } from '../server/state.ts';
import type { PropexoSettings } from '../types.ts';
import { appointmentRoutes } from './appointments/routes.ts';
import { refusals } from './errors.ts';
import { eventRoutes } from './events/routes.ts';
import { jobRoutes } from './jobs/routes.ts';
import { leadRoutes } from './leads/routes.ts';
import { readRoutes } from './reads/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import type { PropexoWorld } from './world.ts';

/** The emulated Propexo: its routes, its words, its way of limiting the rate. */
export const propexoService = (
	state: ServiceState<PropexoSettings, PropexoWorld>,
): Service<PropexoSettings, PropexoWorld> => ({
	basePath: '',
	state,
	routes: [
		...eventRoutes,
		...leadRoutes,
		...appointmentRoutes,
		...jobRoutes,
		...readRoutes,
		...webhookRoutes,
	],
	refusals,
	rateHeaders: (verdict, settings) => ({
		'x-ratelimit-limit': String(settings.limit),
		'x-ratelimit-remaining': String(verdict.remaining),
		...untilReset(verdict, settings),
	}),
	heldBackMs,
});

/** From 80 % of the limit on (`slowFrom`) every answer comes later. */
export const heldBackMs = (verdict: Pick<RateVerdict, 'used'>, settings: PropexoSettings): number =>
	verdict.used >= settings.slowFrom * settings.limit ? settings.slowMs : 0;
