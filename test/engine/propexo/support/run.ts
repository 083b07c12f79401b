import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import type { Services, Settings } from '../../support/services.ts';
import { byId } from '../../support/locator.ts';

/** Runs an operation of the Propexo node. */
export async function run(
	services: Services,
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	settings: Settings = {},
): Promise<RunResult> {
	return await services.run('propexo', { resource, operation, ...parameters }, settings);
}

/** Runs *Lead Event: Create* on a lead of an integration that takes all fields. */
export async function leadEvent(
	services: Services,
	parameters: IDataObject,
	settings: Settings = {},
): Promise<RunResult> {
	const whose = { integrationId: byId('int_any'), leadId: byId('lead_1') };
	return await run(services, 'leadEvent', 'create', { ...whose, ...parameters }, settings);
}

export const jsonOf = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
