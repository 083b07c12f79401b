import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import type { Emulator, EmulatorOptions } from '../../../emulator/index.ts';
import { startEmulator } from '../../../emulator/index.ts';
import type { Timing } from '../../../nodes/shared/operation';
import { runOperation } from '../../../nodes/shared/operation';
import type { Engine, RunOptions, RunResult } from './engine.ts';
import { createEngine } from './engine.ts';
import type { ProcessedDataStore } from './processed-data.ts';
import type { EmulatedCredential, ServiceName, TestedService } from './service.ts';
import { loadServices, SERVICES } from './service.ts';

export type Settings = Partial<Omit<RunOptions, 'node' | 'parameters'>>;

export { byId } from './locator.ts';

/** A credential for each emulated API, by the name of its type. */
export type Credentials = { [Name in ServiceName as `${Name}Api`]: EmulatedCredential };

/** The nodes in the engine, and the APIs that they talk to, emulated. */
export interface Services {
	emulator: Emulator;
	engine: Engine;
	credentials: Credentials;
	/** Runs the node of a service with the credential for its emulator. */
	run(service: ServiceName, parameters: IDataObject, settings?: Settings): Promise<RunResult>;
}

/** What a test can change. */
export interface ServicesOptions extends EmulatorOptions {
	/** Times that the nodes use instead of those of the services. */
	timing?: Timing;
	/** The database of n8n to use; left out, it gets a new one. */
	processedData?: ProcessedDataStore;
}

/**
 * Starts emulator and engine, and closes them, for the tests of a file or of the `describe` in which it is called. Each
 * test gets the emulator in its first state. What the nodes have learned about the services stays for the whole file.
 *
 * @returns filled in before the first test
 */
export function useServices(options: ServicesOptions = {}): Services {
	const services = {} as Services;
	beforeAll(async () => void Object.assign(services, await createServices(options)));
	beforeEach(() => services.emulator.reset());
	afterAll(async () => await services.emulator.close());
	return services;
}

/** The same, with an emulator for each test, at an address that is new to the nodes. */
export function useNewServices(options: ServicesOptions = {}): Services {
	const services = {} as Services;
	beforeEach(async () => void Object.assign(services, await createServices(options)));
	afterEach(async () => await services.emulator.close());
	return services;
}

/**
 * Times for all tests that do not say otherwise: short pauses before a request is sent again, and short claims of keys; no run
 * lasts so long that it tells how far it is, however slow the machine. A test of such a time brings its own.
 */
const IN_A_HURRY: Timing = {
	retryAfterMs: [20, 40, 80],
	claimSilenceMs: { shortest: 10, longest: 40, noticedAfter: 50, calmStepMs: 1 },
	tellEveryMs: 86_400_000,
};

/** For callers that close them themselves; tests call `useServices`. */
export async function createServices(given: ServicesOptions = {}): Promise<Services> {
	const { timing, processedData, ...options } = given;
	const withDefaults = SERVICES.map(({ name, settings }) => [name, { ...settings, ...options[name] }]);
	const emulator = await startEmulator({
		pagePort: false,
		...options,
		...Object.fromEntries(withDefaults),
	});
	return servicesOn(emulator, SERVICES, timing, processedData);
}

/** The same APIs and the same database, with nodes that use other times. */
export function withTiming({ emulator, engine }: Services, timing: Timing): Services {
	return servicesOn(emulator, SERVICES, timing, engine.processedData);
}

/**
 * The nodes of another n8n process: with their own rate and their own knowledge of keys, and with the same APIs and the
 * same database.
 */
export function anotherProcess({ emulator, engine }: Services, timing?: Timing): Services {
	let services: TestedService[] = [];
	let run = runOperation;
	jest.isolateModules(() => {
		services = loadServices();
		run = jest.requireActual<{ runOperation: typeof runOperation }>(
			'../../../nodes/shared/operation',
		).runOperation;
	});
	return servicesOn(emulator, services, timing, engine.processedData, run);
}

function servicesOn(
	emulator: Emulator,
	services: TestedService[],
	timing?: Timing,
	processedData?: ProcessedDataStore,
	run = runOperation,
): Services {
	const credentials = Object.fromEntries(
		services.map(({ name, credentialFor }) => [`${name}Api`, credentialFor(emulator)]),
	) as Credentials;
	const engine = createEngine({
		nodeTypes: services.map((service) => timed(service, { ...IN_A_HURRY, ...timing }, run)),
		credentialTypes: services.map(({ credentialType }) => credentialType),
		processedData,
	});
	return {
		emulator,
		engine,
		credentials,
		run: async (node, parameters, settings) => {
			const type = `${node}Api` as const;
			return await engine.run({
				node,
				parameters,
				credentials: { [type]: credentials[type] },
				...settings,
			});
		},
	};
}

/**
 * The node of a service, with other times. Unless a test says so, it does not look for requests that nobody waits for any
 * more: that takes two minutes.
 */
function timed({ node, resources }: TestedService, timing: Timing, run: typeof runOperation): INodeType {
	return {
		...node,
		async execute(this: IExecuteFunctions) {
			return await run(this, resources, { goesOnForMs: 0, ...timing });
		},
	};
}
