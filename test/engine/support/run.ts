import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from './engine.ts';
import type { ServiceName } from './service.ts';
import type { Services, Settings } from './services.ts';

/** A function that runs operations of one service's node. */
export const runOf =
	(service: ServiceName) =>
	async (
		services: Services,
		resource: string,
		operation: string,
		parameters: IDataObject = {},
		settings: Settings = {},
	): Promise<RunResult> =>
		await services.run(service, { resource, operation, ...parameters }, settings);

export const jsonOf = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
