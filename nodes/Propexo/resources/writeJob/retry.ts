import { segment } from '../../../shared/credential';
import { isObject } from '../../../shared/match';
import { writeOperation } from '../../../shared/operation';
import { writeOptions } from '../../../shared/options';
import { textOf } from '../../../shared/text';
import { propexo } from '../../api';
import { followResults, waitOptions } from '../../waitForResult';
import { lookUpRetry } from '../../writeLog';
import { jobField } from '../records';

/** A retry sends no dates. */
const options = writeOptions.filter(({ name }) => name !== 'timeZone');

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
