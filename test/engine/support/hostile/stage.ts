import type { IDataObject } from 'n8n-workflow';

import type { LedgerRequest } from '../../../../emulator/index.ts';
import type { CredentialSet, RunResult } from '../index.ts';
import type { TestedOperation } from '../operations.ts';
import type { ServiceName, TestedService } from '../service.ts';
import { SERVICES } from '../service.ts';
import type { Services, Settings } from '../services.ts';
import { useServices } from '../services.ts';
import { useCanary } from './canary.ts';

/** What the tests of hostile input need; ready before the first test. */
export interface Stage {
	services: Services;
	/** A server that must not get any request. */
	canary: ReturnType<typeof useCanary>;
	/** Empties the ledgers, and adds the records that the samples name. */
	fresh(): Promise<void>;
	/** The requests to a service since then. */
	asked(service: TestedService): LedgerRequest[];
	/** IDs of the records created since then. */
	created(service: TestedService): string[];
	/** The credentials of a service's node. */
	credentials(service: TestedService): CredentialSet;
	/** Runs an operation in a mode that goes on when an item fails. */
	run(operation: TestedOperation, parameters: IDataObject, settings?: Settings): Promise<RunResult>;
}

/** A rate and times for which no test has to wait. */
const TIMING = { rate: { requests: 1_000_000 }, lookUpAfterMs: [1] };

/** Sets a stage for the tests of the file, with an empty ledger for each. */
export function useStage(): Stage {
	const canary = useCanary();
	const services = useServices({
		timing: TIMING,
		...Object.fromEntries(SERVICES.map(({ name, samples }) => [name, samples.settings])),
	});
	const before = new Map<ServiceName, { requests: number; created: number }>();

	const stage: Stage = {
		services,
		canary,
		async fresh() {
			services.emulator.reset();
			for (const { name, samples } of SERVICES) {
				await samples.furnish?.(services.emulator);
				const { requests, created } = services.emulator[name].ledger;
				before.set(name, { requests: requests.length, created: created.length });
			}
		},
		asked: ({ name }) => services.emulator[name].ledger.requests.slice(before.get(name)?.requests),
		created: ({ name }) =>
			services.emulator[name].ledger.created.slice(before.get(name)?.created).map(({ id }) => id),
		credentials: ({ name }) => ({ [`${name}Api`]: services.credentials[`${name}Api`] }),
		run: async ({ service }, parameters, settings) =>
			await services.run(service.name, parameters, { onError: 'continueRegularOutput', ...settings }),
	};
	beforeEach(async () => await stage.fresh());
	return stage;
}
