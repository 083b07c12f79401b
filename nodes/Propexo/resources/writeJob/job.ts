import type { RecordField } from '../../../shared/fields/field';
import { UndocumentedReply } from '../../../shared/find/get';
import { objectOf, TEXT } from '../../../shared/json/schema';
import { textOf } from '../../../shared/json/text';
import type { Read } from '../../../shared/read/read';
import { propexo } from '../../api';
import { EXAMPLE_ID } from '../../records/record';
import { readStatus, statusRequest, WRITE_STATUS } from '../../jobs/status';

/** The field for the write job that an operation is about. */
export const jobField = {
	name: 'jobId',
	label: 'Job ID',
	kind: 'record',
	record: "a write job's ID",
	required: true,
	local: true,
	placeholder: EXAMPLE_ID,
	description: 'The job_id that came back when the event was sent',
} satisfies RecordField;

/** Reads how far the PMS is with a write. GET /v1/admin/write-status/{root_job_id} */
export const jobRead = {
	service: propexo,
	fields: [jobField],
	collections: [],
	rows: async (get, { values }) => {
		const jobId = textOf(values.jobId);
		const status = readStatus(await get(statusRequest(jobId)));
		if (!status) throw new UndocumentedReply();
		return [{ job_id: jobId, ...status }];
	},
	output: { schema: objectOf({ job_id: TEXT, ...WRITE_STATUS }) },
} satisfies Read;
