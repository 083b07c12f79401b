import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { byId } from '../../support/locator.ts';
import { runOf } from '../../support/run.ts';
import type { Services, Settings } from '../../support/services.ts';

export { jsonOf } from '../../support/run.ts';

/** Runs an operation of the Propexo node. */
export const run = runOf('propexo');

/** Runs *Lead Event: Create* on a lead of an integration that takes all fields. */
export async function leadEvent(
	services: Services,
	parameters: IDataObject,
	settings: Settings = {},
): Promise<RunResult> {
	const whose = { integrationId: byId('int_any'), leadId: byId('lead_1') };
	return await run(services, 'leadEvent', 'create', { ...whose, ...parameters }, settings);
}

/** Has a lead event refused by its PMS, and gives the write job that failed. */
export async function failedJob(services: Services, notes = 'a [fail once]'): Promise<string> {
	const { settings, ledger } = services.emulator.propexo;
	settings.jobMs = 0;
	await leadEvent(services, { notes });
	const id = ledger.created.at(-1)?.id;
	if (id === undefined) throw new Error('Nothing was created');
	return id;
}
