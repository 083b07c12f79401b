import type { RecordField } from '../../../shared/fields/field';
import { orElse, ReadFailed, UndocumentedReply } from '../../../shared/find/get';
import { isPassing } from '../../../shared/http/cause';
import { objectOf, TEXT } from '../../../shared/json/schema';
import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import type { Read } from '../../../shared/read/read';
import { propexo } from '../../api';
import { EXAMPLE_ID } from '../../records/record';
import { PENDING, readStatus, statusRequest, WRITE_STATUS } from '../../jobs/status';
import { awaitResults, waitTimeoutField } from '../../jobs/waitForResult';

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

/** GET /v1/admin/write-status/{root_job_id} */
const jobRead = {
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

const isBusy = (cause: unknown): boolean =>
	cause instanceof ReadFailed && isPassing(cause.outcome.report.httpCode ?? 0);

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
		// While Propexo is busy for a moment, the job is waited for like one that has not ended.
		rows: async (get, item) =>
			await orElse(jobRead.rows(get, item), isBusy, [
				{ job_id: textOf(item.values.jobId), ...PENDING },
			]),
		fields: [
			jobField,
			{
				...waitTimeoutField,
				description: 'How long to wait at most, once every job has been asked for',
			},
		],
		followUp: awaitResults,
	},
);
