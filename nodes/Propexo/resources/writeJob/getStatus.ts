import type { IDataObject } from 'n8n-workflow';

import { objectOf, TEXT } from '../../../shared/json/schema';
import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import type { Get } from '../../../shared/find/get';
import { UndocumentedReply } from '../../../shared/find/get';
import { propexo } from '../../api';
import { readStatus, statusRequest, WRITE_STATUS } from '../../jobs/status';
import { jobField } from '../../jobs/jobField';

/** The schema of a write job's row. */
export const JOB = objectOf({ job_id: TEXT, ...WRITE_STATUS });

/** The row of a write job as it is now. */
export async function statusOf(get: Get, jobId: string): Promise<IDataObject> {
	const status = readStatus(await get(statusRequest(jobId)));
	if (!status) throw new UndocumentedReply();
	return { job_id: jobId, ...status };
}

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
