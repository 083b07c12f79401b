import { timeZoneOption, writeOptions } from '../../../shared/deliver/options';
import { segment } from '../../../shared/http/credential';
import { isObject } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { writeOperation } from '../../../shared/operation';
import { propexo } from '../../api';
import { followResults, waitOptions } from '../../jobs/waitForResult';
import { lookUpRetry } from '../../jobs/writeLog';
import { jobField } from '../../records/fields';

/** A retry sends no dates. */
const options = writeOptions.filter((option) => option !== timeZoneOption);

/** The answer is documented as `{ success, job_id }`. */
const isRefusal = (body: unknown): boolean => isObject(body) && body.success === false;

/**
 * POST /v1/admin/retry-write/{root_job_id}: has a failed write sent to the PMS once more. The answer names a new job,
 * which is the one to follow from then on.
 */
export const retry = writeOperation(
	{
		value: 'retry',
		name: 'Retry',
		action: 'Retry write job',
		description: 'Have a write that the PMS refused sent to it once more; this gives a new job ID',
	},
	{
		service: propexo,
		noun: 'retry',
		fields: [jobField],
		collections: [],
		options: [...waitOptions, ...options],
		request: ({ values }) => ({
			method: 'POST',
			path: `/v1/admin/retry-write/${segment(textOf(values.jobId))}`,
			// The API wants an empty object. n8n sends no body at all for one without keys, and leaves out undefined ones.
			body: { root_job_id: undefined },
		}),
		order: ({ values }) => textOf(values.jobId),
		sameEvent: () => ['jobId'],
		rows: (body) =>
			isObject(body) && typeof body.job_id === 'string' && body.job_id !== '' && !isRefusal(body)
				? [{ job_id: body.job_id }]
				: undefined,
		isRefusal,
		idOf: (row) => textOf(row.job_id),
		lookUp: lookUpRetry,
		lookUpAfterMs: [2_000, 5_000, 10_000, 20_000],
		followUp: followResults,
	},
);
