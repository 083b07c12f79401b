import { isObject } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { jobWrite } from '../../jobs/jobWrite';
import { lookUpRetry } from '../../jobs/lookUpRetry';
import { jobField } from './job';

/** The answer is documented as `{ success, job_id }`. */
const isRefusal = (body: unknown): boolean => isObject(body) && body.success === false;

/**
 * Sends a failed write to the PMS again. The reply names a new job, which replaces the old one.
 */
export const retry = jobWrite({
	value: 'retry',
	name: 'Retry',
	action: 'Retry write job',
	description: 'Send a write again that the PMS refused; this gives a new job ID',
	noun: 'retry',
	fields: [jobField],
	collections: [],
	method: 'POST',
	path: '/v1/admin/retry-write/{jobId}',
	about: ['jobId'],
	sameEvent: [],
	rows: (body) =>
		isObject(body) && typeof body.job_id === 'string' && body.job_id !== '' && !isRefusal(body)
			? [{ job_id: body.job_id }]
			: undefined,
	isRefusal,
	// When a retry fails, Propexo reports a failed write with a new job ID. A workflow that uses the job ID as key must
	// not retry that one too, so the key counts for the new job as well.
	repeatedBy: (key, { values, ...item }, [row]) => {
		const job = textOf(values.jobId);
		if (job === '' || !key.includes(job)) return undefined;
		const jobId = textOf(row?.job_id);
		return { key: key.replaceAll(job, jobId), item: { ...item, values: { ...values, jobId } } };
	},
	lookUp: lookUpRetry,
});
