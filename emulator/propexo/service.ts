import type { RateVerdict } from '../rate.ts';
import type { Service, ServiceState } from '../server.ts';
import type { PropexoSettings } from '../types.ts';
import { adminRoutes } from './admin.ts';
import { refusals } from './errors.ts';
import { leadEventRoutes } from './leadEvents.ts';
import { readRoutes } from './reads.ts';
import { webhookRoutes } from './webhookRoutes.ts';
import type { PropexoWorld } from './world.ts';

/** The emulated Propexo: its routes, its words, its way of limiting the rate. */
export const propexoService = (
	state: ServiceState<PropexoSettings>,
	world: PropexoWorld,
): Service<PropexoSettings> => ({
	basePath: '',
	state,
	routes: [...leadEventRoutes(world), ...adminRoutes(world), ...readRoutes(world), ...webhookRoutes(world)],
	refusals,
	rateHeaders: (verdict, settings) => ({
		'x-ratelimit-limit': String(settings.limit),
		'x-ratelimit-remaining': String(verdict.remaining),
		...(settings.resetHeader ? { 'x-ratelimit-reset-after': String(verdict.resetMs / 1_000) } : {}),
		...(settings.retryAfter && !verdict.allowed
			? { 'retry-after': String(Math.ceil(verdict.resetMs / 1_000)) }
			: {}),
	}),
	heldBackMs,
});

/** From 80 % of the limit on (`slowFrom`) every answer comes later. */
export const heldBackMs = (verdict: Pick<RateVerdict, 'used'>, settings: PropexoSettings): number =>
	verdict.used >= settings.slowFrom * settings.limit ? settings.slowMs : 0;
