import type { LookedUp, LookUpTools } from '../../../shared/deliver/write';
import { contradicts } from '../../../shared/find/contradicts';
import type { ServiceRequest } from '../../../shared/http/service';
import { holdsAll } from '../../../shared/json/compare';
import { isObject } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { jobWrite } from '../../jobs/jobWrite';
import type { LogRow } from '../../jobs/writeLog';
import { lookFor, rangeSince, throughLog } from '../../jobs/writeLog';
import { jobField } from './read';

/** The ID at the end of a path. */
const idIn = ({ path }: ServiceRequest): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** Looks for a retry: another job with exactly the parameters of the job that was to be retried. */
async function lookUpRetry(tools: LookUpTools, request: ServiceRequest, since: number): Promise<LookedUp> {
	if (rangeSince(since) === undefined) return 'undecided';
	// The write that failed may be much older than the retry.
	const range = 'month';
	let wanted: Record<string, unknown> | undefined;
	const isFirst = ({ jobId }: LogRow) => jobId === idIn(request);
	await throughLog(tools, { range, since }, (row) => {
		if (isFirst(row)) wanted = row.parameters;
		return isFirst(row);
	});
	if (!wanted) return 'undecided';
	const first = wanted;
	return await lookFor(tools, {
		range,
		since,
		likeness: (row) => {
			if (isFirst(row)) return 'other';
			if (row.parameters === undefined) return 'perhaps';
			if (contradicts(row.parameters, first)) return 'other';
			return holdsAll(row.parameters, first) && holdsAll(first, row.parameters) ? 'same' : 'perhaps';
		},
		found: ({ jobId }) => ({ job_id: jobId }),
	});
}

/** The answer is documented as `{ success, job_id }`. */
const isRefusal = (body: unknown): boolean => isObject(body) && body.success === false;

/**
 * Sends a failed write to the PMS again. The reply names a new job, which replaces the old one.
 */
export const retry = jobWrite(
	{
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
	},
	{
		rows: (body) =>
			isObject(body) && typeof body.job_id === 'string' && body.job_id !== '' && !isRefusal(body)
				? [{ job_id: body.job_id }]
				: undefined,
		isRefusal,
		refusesRepeats: true,
		/**
		 * Source: the description of the endpoint in Propexo's OpenAPI file, "Only failed write operations can be retried".
		 *
		 * @cause _Write Job: Retry_ was refused. Most often the write did not fail: Propexo retries no other.
		 * @cure See how it ended. If it succeeded, there is nothing to do.
		 */
		ifRefused: "'Write Job: Get Status' shows how this write ended. Only one that failed can be retried.",
		// When a retry fails, Propexo reports a failed write with a new job ID. A workflow that uses the job ID as key must
		// not retry that one too, so the key counts for the new job as well.
		repeatedBy: (key, { values, ...item }, [row]) => {
			const job = textOf(values.jobId);
			if (job === '' || !key.includes(job)) return undefined;
			const jobId = textOf(row?.job_id);
			return { key: key.replaceAll(job, jobId), item: { ...item, values: { ...values, jobId } } };
		},
		lookUp: lookUpRetry,
	},
);
