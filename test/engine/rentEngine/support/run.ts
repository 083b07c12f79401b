import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { byId } from '../../support/locator.ts';
import { runOf } from '../../support/run.ts';
import type { Services, Settings } from '../../support/services.ts';

export { jsonOf } from '../../support/run.ts';

/** Runs an operation of the RentEngine node. */
export const run = runOf('rentEngine');

/** Runs *Leasing Event: Create* on a prospect. */
export async function leasingEvent(
	services: Services,
	parameters: IDataObject,
	settings: Settings = {},
): Promise<RunResult> {
	return await run(services, 'leasingEvent', 'create', { prospectId: byId(1001), ...parameters }, settings);
}
