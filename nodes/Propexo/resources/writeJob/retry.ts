import type { AskedItem, Decision, DecideTools } from '../../../shared/deliver/beforeSending';
import { isPreview } from '../../../shared/deliver/options';
import type { Likeness } from '../../../shared/deliver/send/lookUp';
import type { LookedUp, LookUpTools } from '../../../shared/deliver/write';
import { contradicts } from '../../../shared/find/contradicts';
import { ask } from '../../../shared/http/sendAgain';
import type { ServiceRequest } from '../../../shared/http/service';
import { holdsAll } from '../../../shared/json/compare';
import { isObject } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { steadyNow } from '../../../shared/process/steadyNow';
import type { Because } from '../../../shared/report/outcome';
import { jobWrite } from '../../jobs/jobWrite';
import type { Note } from '../../jobs/status';
import { statusIn, statusRequest } from '../../jobs/status';
import { endAfter, isFailure, mayBeTaken, noteSuccessor } from '../../jobs/successors';
import type { LogRow } from '../../jobs/writeLog';
import { lookFor, rangeSince, readingWith, throughLog } from '../../jobs/writeLog';
import { jobField } from './read';

/** The ID at the end of a path. */
const idIn = ({ path }: ServiceRequest): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** How sure it is that a job has exactly these parameters. */
function likenessTo(wanted: Record<string, unknown>, { parameters }: LogRow): Likeness {
	if (parameters === undefined) return 'perhaps';
	if (contradicts(parameters, wanted)) return 'other';
	return holdsAll(parameters, wanted) && holdsAll(wanted, parameters) ? 'same' : 'perhaps';
}

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
			return likenessTo(first, row);
		},
		found: ({ jobId }) => ({ job_id: jobId }),
	});
}

/** How many writes of the log are read for one that was made since: a page each hundred, the newest first. */
const MOST_ROWS = 1_000;

/**
 * The job that has written the same as this one since, as the log shows it; undefined if it shows none. One that the PMS has
 * refused too does not count.
 */
async function sameSince(tools: DecideTools, jobId: string): Promise<string | undefined> {
	const later: LogRow[] = [];
	let first: LogRow | undefined;
	await throughLog(readingWith(tools), { range: 'month', since: steadyNow() }, (row) => {
		if (row.jobId === jobId) first = row;
		else later.push(row);
		return first !== undefined || later.length >= MOST_ROWS;
	});
	const wanted = first?.parameters;
	if (!wanted) return undefined;
	for (const row of later) {
		const isSame = row.kind === first?.kind && likenessTo(wanted, row) === 'same';
		if (isSame && row.status === 'SUCCESS') return row.jobId;
		if (!isSame) continue;
		const status = await statusOf(tools, row.jobId);
		if (status && status.write_status !== 'FAILURE') return row.jobId;
	}
	return undefined;
}

const statusOf = async (tools: DecideTools, jobId: string) =>
	statusIn(await ask(tools, statusRequest(jobId), tools.signal));

/** The job that has written the same since, or is about to: '' if its request is under way or in doubt. */
async function madeSince(tools: DecideTools, jobId: string): Promise<string | undefined> {
	const { account } = tools;
	const anew = await endAfter({ account, jobId, how: 'anew' }, async (job) => await statusOf(tools, job));
	if (anew && !isFailure(anew)) return anew.jobId;
	// A log that cannot be read is no reason not to retry.
	return await sameSince(tools, jobId).catch(() => undefined);
}

/**
 * @cause _Write Job: Retry_ was not sent: the same was written anew since the PMS refused it, by the job that is named, or is about
 * to be. For example, _Lead: Create or Update_ has added the lead after all. A retry would write it twice.
 * @cure See how that job ended. If it failed, retry that one.
 */
const madeAnew = (jobId: string): Because => ({
	because: `it was not retried, because it was made again by ${jobId === '' ? 'a request whose outcome is not known yet' : `job ${jobId}`}`,
	description:
		"Nothing was sent. 'Write Job: Get Status' shows how that job ended; if it failed, retry that one.",
	details: { ...(jobId !== '' && { made_again_by: jobId }) },
});

/** Before a job is retried: nobody else may have written the same since. */
async function decideOne(tools: DecideTools, { read, options }: AskedItem): Promise<Decision> {
	const { account } = tools;
	const jobId = textOf(read.values.jobId);
	const since = await madeSince(tools, jobId);
	if (since !== undefined && isPreview(options))
		return { problem: { label: jobField.label, wrong: madeAnew(since).because, whole: true } };
	let note: Note | undefined;
	return {
		begin: () => {
			if (since !== undefined) return madeAnew(since);
			if (mayBeTaken(account, jobId, 'anew')) return madeAnew('');
			note ??= noteSuccessor(account, jobId, 'retry');
			return undefined;
		},
		noteTaken: ([row]) => {
			note ??= noteSuccessor(account, jobId, 'retry');
			note.taken(textOf(row?.job_id));
		},
		takeBack: () => note?.takeBack(),
	};
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
		decide: async (tools, items) =>
			await Promise.all(items.map(async (item) => await decideOne(tools, item))),
	},
);
