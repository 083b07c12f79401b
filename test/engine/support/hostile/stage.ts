import type { IDataObject } from 'n8n-workflow';

import type { LedgerRequest } from '../../../../emulator/index.ts';
import type { CredentialSet, RunResult } from '../index.ts';
import type { ServiceName, TestedOperation } from '../operations.ts';
import { OPERATIONS } from '../operations.ts';
// #region Propexo
import { UPDATABLE_EVENT } from '../samples.ts';
// #endregion
import type { Services, Settings } from '../services.ts';
import { createServices, publishedRate } from '../services.ts';
import { startCanary } from './canary.ts';

/** What the tests of hostile input stand on; there from the first test on. */
export interface Stage {
	services: Services;
	/** Nobody may talk to it. */
	canary: Awaited<ReturnType<typeof startCanary>>;
	/** Empties the ledgers, and sees to the records that the samples name. */
	fresh(): Promise<void>;
	/** What a service was asked since. */
	asked(service: ServiceName): LedgerRequest[];
	/** IDs of what was created since. */
	created(service: ServiceName): string[];
	/** The credentials of a service's node. */
	credentials(service: ServiceName): CredentialSet;
	/** Runs an operation in a mode that goes on when an item fails. */
	run(operation: TestedOperation, parameters: IDataObject, settings?: Settings): Promise<RunResult>;
}

const FACTOR = Number(process.env.HOSTILE_RUNS ?? 1);

/** How often fast-check tries: more, by the factor of the environment variable HOSTILE_RUNS. */
export const runs = (count: number): { numRuns: number } => ({ numRuns: Math.ceil(count * FACTOR) });

/** Whether this is a run that may take longer, as at night. */
export const hasTime = FACTOR > 1;

/** Sets a stage for the tests of the file, with an empty ledger for each. */
export function useStage(): Stage {
	const stage = {} as Stage;
	const before = { requests: 0, created: 0 };

	stage.fresh = async () => {
		stage.services.emulator.reset();
		before.requests = before.created = 0;
		// #region Propexo
		const { propexo } = stage.services.emulator;
		const lead = propexo.data.leads.get('lead_8');
		if (lead) propexo.data.events.add({ ...lead, id: UPDATABLE_EVENT, associated_lead_ids: [lead.id] });
		// The jobs of the samples, in their order.
		for (const notes of ['[fail once]', 'fine']) {
			const reply = await fetch(`${propexo.url}/v1/events/leads`, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					authorization: `Bearer ${propexo.token}`,
				},
				body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes }),
			});
			expect(reply.ok).toBe(true);
		}
		before.requests = propexo.ledger.requests.length;
		before.created = propexo.ledger.created.length;
		// #endregion
	};
	const since = (service: ServiceName) => (service === 'propexo' ? before : { requests: 0, created: 0 });
	stage.asked = (service) =>
		stage.services.emulator[service].ledger.requests.slice(since(service).requests);
	stage.created = (service) =>
		stage.services.emulator[service].ledger.created.slice(since(service).created).map(({ id }) => id);
	stage.credentials = (service) => {
		const name = `${service}Api` as const;
		return { [name]: stage.services.credentials[name] };
	};
	stage.run = async ({ service, type }, parameters, settings) =>
		await stage.services.engine.run({
			node: type.description.name,
			parameters,
			credentials: stage.credentials(service),
			onError: 'continueRegularOutput',
			...settings,
		});

	beforeAll(async () => {
		for (const { service } of OPERATIONS) publishedRate(service, { requests: 1_000_000 });
		stage.canary = await startCanary();
		stage.services = await createServices({
			propexo: { jobMs: 0 },
			rentEngine: { eventTypes: ['Assign to User', 'Log Note'] },
		});
	});
	afterAll(async () => {
		await stage.services.emulator.close();
		await stage.canary.close();
	});
	beforeEach(async () => await stage.fresh());
	return stage;
}
