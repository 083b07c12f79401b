import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import { propexo } from '../../api';
import { JOB, jobField, statusOf } from './job';

/** GET /v1/admin/write-status/{root_job_id}: how far the PMS is with a write. */
export const getStatus = readOperation(
	{
		value: 'getStatus',
		name: 'Get Status',
		action: 'Get status of write job',
		description: 'Ask whether the PMS has taken a write, without waiting',
	},
	{
		service: propexo,
		noun: 'write job',
		fields: [jobField],
		collections: [],
		rows: async (get, { values }) => [await statusOf(get, textOf(values.jobId))],
		output: { schema: JOB },
	},
);
