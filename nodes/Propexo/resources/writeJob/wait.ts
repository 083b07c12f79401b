import { readOperation } from '../../../shared/operation';
import { awaitResults, waitTimeoutField } from '../../jobs/waitForResult';
import { jobField, jobRead } from './job';

/** Polls write jobs until each has ended, or the time is up. All items are waited for together. */
export const wait = readOperation(
	{
		value: 'wait',
		name: 'Wait',
		action: 'Wait for write job',
		description: 'Wait until the PMS has accepted or refused a write. A refused one fails its item.',
	},
	{
		...jobRead,
		fields: [
			jobField,
			{
				...waitTimeoutField,
				description:
					'How long to wait at most, in seconds, once the status of every job has been asked for',
			},
		],
		followUp: awaitResults,
	},
);
