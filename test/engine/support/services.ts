import type { IDataObject } from 'n8n-workflow';

// #region Propexo
import { PropexoApi } from '../../../credentials/PropexoApi.credentials';
// #endregion
// #region RentEngine
import { RentEngineApi } from '../../../credentials/RentEngineApi.credentials';
// #endregion
import type { EmulatorOptions } from '../../../emulator/index.ts';
import { startEmulator } from '../../../emulator/index.ts';
// #region Propexo
import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { propexo } from '../../../nodes/Propexo/api';
// #endregion
// #region RentEngine
import { RentEngine } from '../../../nodes/RentEngine/RentEngine.node';
import { rentEngine } from '../../../nodes/RentEngine/api';
// #endregion
import type { Pace } from '../../../nodes/shared/service';
import type { RunOptions, RunResult } from './engine.ts';
import { createEngine } from './engine.ts';

export type Settings = Partial<Omit<RunOptions, 'node' | 'parameters' | 'credentials'>>;

/** An ID as the editor stores it in a resource locator. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/*
 * What is in a region belongs to one service alone: `npm run split` leaves the other's out of its package.
 */

/**
 * The nodes in the engine, both APIs emulated. Limits are high unless a test sets its own, in the emulator and in
 * the nodes, so that no test waits for a minute to pass.
 */
export async function createServices(options: EmulatorOptions = {}) {
	const emulator = await startEmulator({
		...options,
		propexo: { limit: 100_000, slowFrom: 2, jobMs: 50, ...options.propexo },
		rentEngine: { limit: 100_000, ...options.rentEngine },
	});
	const engine = createEngine({
		nodeTypes: [
			// #region Propexo
			new Propexo(),
			// #endregion
			// #region RentEngine
			new RentEngine(),
			// #endregion
		],
		credentialTypes: [
			// #region Propexo
			new PropexoApi(),
			// #endregion
			// #region RentEngine
			new RentEngineApi(),
			// #endregion
		],
	});
	const credentials = {
		propexoApi: { environment: 'custom', baseUrl: emulator.propexo.url, token: emulator.propexo.token },
		rentEngineApi: {
			baseUrl: emulator.rentEngine.url,
			token: emulator.rentEngine.token,
			webhookSecret: '',
		},
	};

	// #region Propexo
	/** Runs *Lead Event: Create* on a lead of an integration that takes all fields. */
	async function leadEvent(parameters: IDataObject, settings: Settings = {}): Promise<RunResult> {
		return await engine.run({
			node: 'propexo',
			parameters: {
				resource: 'leadEvent',
				operation: 'create',
				integrationId: byId('int_any'),
				leadId: byId('lead_1'),
				...parameters,
			},
			credentials: { propexoApi: credentials.propexoApi },
			...settings,
		});
	}

	// #endregion
	// #region RentEngine
	/** Runs *Leasing Event: Create* on a prospect. */
	async function leasingEvent(parameters: IDataObject, settings: Settings = {}): Promise<RunResult> {
		return await engine.run({
			node: 'rentEngine',
			parameters: {
				resource: 'leasingEvent',
				operation: 'create',
				prospectId: byId(1001),
				...parameters,
			},
			credentials: { rentEngineApi: credentials.rentEngineApi },
			...settings,
		});
	}

	// #endregion
	return {
		emulator,
		engine,
		credentials,
		// #region Propexo
		leadEvent,
		// #endregion
		// #region RentEngine
		leasingEvent,
		// #endregion
	};
}

export type Services = Awaited<ReturnType<typeof createServices>>;

const paces: Partial<Record<'propexo' | 'rentEngine', Pace>> = {
	// #region Propexo
	propexo: propexo.pace,
	// #endregion
	// #region RentEngine
	rentEngine: rentEngine.pace,
	// #endregion
};

/** Sets the published rate that the nodes begin with; the service's own words overrule it later. */
export function publishedRate(service: 'propexo' | 'rentEngine', pace: Partial<Pace>): void {
	Object.assign(paces[service] ?? {}, pace);
}
