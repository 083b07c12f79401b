import { untilReset } from '../server/rate.ts';
import type { Service } from '../server/server.ts';
import type { ServiceState } from '../server/state.ts';
import type { RentEngineSettings } from '../types.ts';
import { refusals } from './errors.ts';
import { leasingEventRoutes } from './leasingEvents.ts';
import { readRoutes } from './reads.ts';
import { showingRoutes } from './showings/routes.ts';
import type { RentEngineWorld } from './world.ts';

/** Path below which RentEngine's public API lies. */
export const RENTENGINE_BASE_PATH = '/api/public/v1';

/** The emulated RentEngine: its routes, its words, its way of limiting the rate. */
export const rentEngineService = (
	state: ServiceState<RentEngineSettings, RentEngineWorld>,
): Service<RentEngineSettings, RentEngineWorld> => ({
	basePath: RENTENGINE_BASE_PATH,
	state,
	routes: [...leasingEventRoutes, ...readRoutes, ...showingRoutes],
	refusals: refusals(state.settings),
	rateHeaders: (verdict, settings) => ({
		'x-ratelimit-limit': String(settings.limit),
		...untilReset(verdict, settings),
	}),
	heldBackMs: () => 0,
});
