import type { IDataObject, INodeType } from 'n8n-workflow';

// #region Propexo
import { PropexoApi } from '../../../credentials/PropexoApi.credentials';
// #endregion
// #region RentEngine
import { RentEngineApi } from '../../../credentials/RentEngineApi.credentials';
// #endregion
import type { Emulator, EmulatorOptions } from '../../../emulator/index.ts';
import { startEmulator } from '../../../emulator/index.ts';
// #region Propexo
import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { propexo } from '../../../nodes/Propexo/api';
import type { create as createLeadEvent } from '../../../nodes/Propexo/resources/leadEvent/create';
// #endregion
// #region RentEngine
import { RentEngine } from '../../../nodes/RentEngine/RentEngine.node';
import { rentEngine } from '../../../nodes/RentEngine/api';
import type { create as createLeasingEvent } from '../../../nodes/RentEngine/resources/leasingEvent/create';
// #endregion
import type { Pace } from '../../../nodes/shared/http/service';
import type { Engine, RunOptions, RunResult } from './engine.ts';
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
	const nodeTypes = [
		// #region Propexo
		new Propexo(),
		// #endregion
		// #region RentEngine
		new RentEngine(),
		// #endregion
	];
	const credentials = {
		propexoApi: { environment: 'custom', baseUrl: emulator.propexo.url, token: emulator.propexo.token },
		rentEngineApi: {
			baseUrl: emulator.rentEngine.url,
			token: emulator.rentEngine.token,
			webhookSecret: '',
		},
	};
	return onEngine(createEngine({ nodeTypes, credentialTypes }), emulator, credentials);
}

export const credentialTypes = [
	// #region Propexo
	new PropexoApi(),
	// #endregion
	// #region RentEngine
	new RentEngineApi(),
	// #endregion
];

/** The creating operations of the services on an engine. */
function onEngine(engine: Engine, emulator: Emulator, credentials: Credentials) {
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

type Credentials = {
	propexoApi: { environment: string; baseUrl: string; token: string };
	rentEngineApi: { baseUrl: string; token: string; webhookSecret: string };
};

/**
 * The nodes as another n8n process has them, with a rate and a knowledge of keys of its own, before the same APIs and
 * the same database.
 *
 * @param lookUpAfterMs when it looks for events in doubt
 */
export function anotherProcess(
	{ engine, emulator, credentials }: Services,
	lookUpAfterMs: number[],
): Services {
	const nodeTypes: INodeType[] = [];
	jest.isolateModules(() => {
		// #region Propexo
		const ofPropexo = {
			...jest.requireActual<{ Propexo: new () => INodeType }>('../../../nodes/Propexo/Propexo.node'),
			...jest.requireActual<{ create: typeof createLeadEvent }>(
				'../../../nodes/Propexo/resources/leadEvent/create',
			),
		};
		ofPropexo.create.write.lookUpAfterMs = lookUpAfterMs;
		nodeTypes.push(new ofPropexo.Propexo());
		// #endregion
		// #region RentEngine
		const ofRentEngine = {
			...jest.requireActual<{ RentEngine: new () => INodeType }>(
				'../../../nodes/RentEngine/RentEngine.node',
			),
			...jest.requireActual<{ create: typeof createLeasingEvent }>(
				'../../../nodes/RentEngine/resources/leasingEvent/create',
			),
		};
		ofRentEngine.create.write.lookUpAfterMs = lookUpAfterMs;
		nodeTypes.push(new ofRentEngine.RentEngine());
		// #endregion
	});
	const { processedData } = engine;
	return onEngine(createEngine({ nodeTypes, credentialTypes, processedData }), emulator, credentials);
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
