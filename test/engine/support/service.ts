import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';

import type { Emulator } from '../../../emulator/index.ts';
import type { Resource } from '../../../nodes/shared/operation';
import type { Driven, Emulated } from './deliver/driven.ts';
import type { OpenDoor } from './trigger/doors.ts';

/** The services, by the names that the emulator and their nodes have for them. */
export type ServiceName = {
	[Name in keyof Emulator]: Emulator[Name] extends Emulated ? Name : never;
}[keyof Emulator];

/** The credential for an emulated API. */
export type EmulatedCredential = { baseUrl: string; token: string } & Record<string, string>;

/** One service, with everything that the tests of all services need to know about it. */
export interface TestedService {
	name: ServiceName;
	/** As users know it. */
	title: string;
	node: INodeType;
	/** The system behind it, as messages name that of the samples, and any other. */
	behind?: { ofSamples: string; any: string };
	/** Operations of the node. */
	resources: Resource[];
	trigger: INodeType;
	credentialType: ICredentialType;
	/** The credential for its emulator. */
	credentialFor(emulator: Emulator): EmulatedCredential;
	/** Settings of its emulator, so that no test has to wait for a minute. */
	settings: IDataObject;
	/** Its operations that create something, in a form that all tests can use. */
	driven: Driven[];
	/** All its operations that write, in the same form; but for those that have tests of their own. */
	writes: Driven[];
	/** Switches its trigger on. */
	door: OpenDoor;
	samples: Samples;
}

/** Valid values of parameters for a service, and the records that they name. */
export interface Samples {
	/** IDs of records that the emulator holds, by the names of parameters. */
	ids: Record<string, string | number>;
	/** Other values, by the names of parameters, where the type alone is not enough. */
	values?: Record<string, unknown>;
	/** Where an operation wants another value than the others: operation → parameter → value. */
	byOperation?: Record<string, Record<string, unknown>>;
	/**
	 * Values that an operation needs besides what its fields say is required: by the operation, or by the collection of
	 * which something is filled in.
	 */
	needed?: Record<string, IDataObject>;
	/** What may be chosen in the editor before a list is opened. */
	chosen: Array<[what: string, chosen: IDataObject]>;
	/** Other settings of the emulator, with which every operation works. */
	settings?: IDataObject;
	/** Adds the records of `ids` that the emulator does not begin with. */
	furnish?(emulator: Emulator): Promise<void>;
}

const SUITE = join(__dirname, '..');

/** Loads the services again: each is a folder of the suite with a `support/service.ts`. */
export function loadServices(): TestedService[] {
	return readdirSync(SUITE)
		.sort()
		.map((folder) => join(SUITE, folder, 'support', 'service.ts'))
		.filter((path) => existsSync(path))
		.map((path) => jest.requireActual<{ service: TestedService }>(path).service);
}

/** All services there are. */
export const SERVICES: TestedService[] = loadServices();

/** Everything that creates something, of all services. */
export const DRIVEN: Driven[] = SERVICES.flatMap(({ driven }) => driven);

/** Every write of all services. */
export const WRITES: Driven[] = SERVICES.flatMap(({ writes }) => writes);
