import type { IDataObject } from 'n8n-workflow';

import type { RecordField } from '../../../shared/fields/field';
import type { Get } from '../../../shared/find/get';
import { UndocumentedReply } from '../../../shared/find/get';
import { objectOf, TEXT } from '../../../shared/json/schema';
import { readStatus, statusRequest, WRITE_STATUS } from '../../jobs/status';

/** The field for the write job that an operation is about. */
export const jobField = {
	name: 'jobId',
	label: 'Job ID',
	kind: 'record',
	record: "a write job's ID",
	required: true,
	local: true,
	placeholder: 'e.g. clwktsp9v000608l3c4x7k1mp',
	description: 'The job_id that came back when the event was sent',
} satisfies RecordField;

/** The schema of a write job's row. */
export const JOB = objectOf({ job_id: TEXT, ...WRITE_STATUS });

/** The row of a write job as it is now. */
export async function statusOf(get: Get, jobId: string): Promise<IDataObject> {
	const status = readStatus(await get(statusRequest(jobId)));
	if (!status) throw new UndocumentedReply();
	return { job_id: jobId, ...status };
}
