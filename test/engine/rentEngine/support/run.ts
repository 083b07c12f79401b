import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import type { Services, Settings } from '../../support/services.ts';
import { byId } from '../../support/locator.ts';

/** Runs an operation of the RentEngine node. */
export async function run(
	services: Services,
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	settings: Settings = {},
): Promise<RunResult> {
	return await services.run('rentEngine', { resource, operation, ...parameters }, settings);
}

/** Runs *Leasing Event: Create* on a prospect. */
export async function leasingEvent(
	services: Services,
	parameters: IDataObject,
	settings: Settings = {},
): Promise<RunResult> {
	const whose = { prospectId: byId(1001) };
	return await run(services, 'leasingEvent', 'create', { ...whose, ...parameters }, settings);
}
