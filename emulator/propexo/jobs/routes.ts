import type { JsonObject } from '../../json.ts';
import type { Answer } from '../../server/answer.ts';
import type { Call, Route, Schema } from '../../server/route.ts';
import { failure, notFound } from '../errors.ts';
import type { PropexoSettings } from '../../types.ts';
import type { PropexoWorld } from '../world.ts';
import { endedWell, jobErrors, type Job, type Write } from './jobs.ts';
import { startJob } from './start.ts';

const TEXT: Schema = { type: 'string' };
const RANGES = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000 } as const;

const WRITE_CATEGORIES = [
	'amenities',
	'applicants',
	'applications',
	'contracts',
	'crm_listings',
	'deposit_summaries',
	'event_types',
	'events',
	'file_types',
	'file_upload',
	'invoices',
	'leads',
	'leases',
	'listings',
	'properties',
	'purchase_orders',
	'recurring_resident_charges',
	'resident_charges',
	'resident_payments',
	'resident_pets',
	'residents',
	'service_request_vendors',
	'service_requests',
	'transactions',
	'units',
];

/** Write jobs: their status, their retry, their log. */
export const jobRoutes: readonly Route<PropexoWorld>[] = [
	{
		method: 'GET',
		path: '/v1/admin/write-status/:root_job_id',
		handle: writeStatus,
	},
	{
		method: 'POST',
		path: '/v1/admin/retry-write/:root_job_id',
		body: { type: 'object', properties: {}, additionalProperties: false },
		handle: retryWrite,
	},
	{
		method: 'GET',
		path: '/v1/admin/logs/writes/',
		query: {
			limit: { type: 'integer', minimum: 1, maximum: 100 },
			offset: { type: 'integer', minimum: 0 },
			time_range: { type: 'string', enum: Object.keys(RANGES) },
			integration_id: TEXT,
			status: { type: 'string', enum: ['SUCCESS', 'FAILURE'] },
			write_category: { type: 'string', enum: WRITE_CATEGORIES },
		},
		handle: writeLogs,
	},
];

function writeStatus({ world, params }: Call<PropexoWorld>): Answer {
	const job = world.jobs.get(params['root_job_id'] ?? '');
	if (!job) return notFound('Job');
	const status = world.jobs.statusOf(job, Date.now());
	return {
		status: 200,
		body: {
			write_status: status,
			errors: jobErrors(status, job.refusal),
			created_record_id: endedWell(status) && job.tellsRecordId ? job.recordId : null,
		},
	};
}

function retryWrite({ world, params, row }: Call<PropexoWorld>): Answer {
	const job = world.jobs.get(params['root_job_id'] ?? '');
	if (!job) return notFound('Job');
	if (world.jobs.statusOf(job, Date.now()) !== 'FAILURE')
		return failure(400, 'invalid_request', 'Only failed write operations can be retried');
	const retry = startJob(world, row, writeOf(job), job.id);
	return { status: 200, body: { success: true, job_id: retry.id } };
}

/** What a job was to write. */
function writeOf({ id, number, doneAt, result, recordId, retryOf, ...write }: Job): Write {
	return write;
}

/** Newest first; jobs that are still pending are not in it. */
function writeLogs({ world, query }: Call<PropexoWorld>): Answer {
	const now = Date.now();
	const limit = Number(query['limit'] ?? 100);
	const offset = Number(query['offset'] ?? 0);
	const range = query['time_range'] as keyof typeof RANGES | undefined;
	const since = range === undefined ? 0 : now - RANGES[range];
	const wanted = (job: Job): boolean => {
		const status = world.jobs.statusOf(job, now);
		return (
			status !== 'PENDING' &&
			job.doneAt >= since &&
			(query['write_category'] ?? job.log.category) === job.log.category &&
			(query['status'] ?? loggedStatus(status)) === loggedStatus(status) &&
			(query['integration_id'] ?? job.integrationId) === job.integrationId
		);
	};
	const logs = world.jobs.list
		.filter(wanted)
		.reverse()
		.slice(offset, offset + limit);
	return { status: 200, body: { results: { logs: logs.map((job) => logOf(world, job, now)) } } };
}

/** The log knows two statuses; a write that was taken in part is a failure in it. */
const loggedStatus = (status: string): string => (status === 'SUCCESS' ? 'SUCCESS' : 'FAILURE');

const LOGGED: Record<PropexoSettings['loggedAs'], (body: JsonObject) => JsonObject> = {
	body: (body) => body,
	wrapped: (body) => ({ body, requested_by: 'api' }),
	camelCase: (body) =>
		Object.fromEntries(
			Object.entries(body).map(([name, value]) => [
				name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
				value,
			]),
		),
	withoutNotes: ({ notes: _, ...body }) => body,
};

function logOf(world: PropexoWorld, job: Job, now: number) {
	const status = world.jobs.statusOf(job, now);
	return {
		id: `log_${job.number}`,
		created_at: new Date(job.doneAt).toISOString(),
		job_id: job.id,
		job_log_id: `joblog_${job.number}`,
		status: loggedStatus(status),
		integration_id: job.integrationId,
		job_type: job.log.jobType,
		parameters: LOGGED[world.settings.loggedAs](job.body),
		error: jobErrors(status, job.refusal)[0] ?? null,
		name: job.log.name,
		vendor: job.vendor,
	};
}
