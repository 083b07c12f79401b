import { readOperation } from '../../../shared/operation';
import { jobRead } from './job';

/** How far the PMS is with a write. */
export const getStatus = readOperation(
	{
		value: 'getStatus',
		name: 'Get Status',
		action: 'Get status of write job',
		description: 'Ask whether the PMS has accepted a write, without waiting',
	},
	jobRead,
);
