import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import type { Services, Settings } from '../../support/services.ts';

/** Runs an operation of the Propexo node. */
export async function run(
	services: Services,
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	settings: Settings = {},
): Promise<RunResult> {
	return await services.engine.run({
		node: 'propexo',
		parameters: { resource, operation, ...parameters },
		credentials: { propexoApi: services.credentials.propexoApi },
		...settings,
	});
}

export const jsonOf = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
