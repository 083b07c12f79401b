import type { Answer } from '../answer.ts';
import type { Call, Route, Schema } from '../server.ts';
import { failure, notFound } from './errors.ts';
import { jobErrors, type Job } from './jobs.ts';
import { startJob } from './leadEvents.ts';
import type { PropexoWorld } from './world.ts';

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

/** What becomes of writes: their status, their retry, their log. */
export const adminRoutes = (world: PropexoWorld): Route[] => [
	{
		method: 'GET',
		path: '/v1/admin/write-status/:root_job_id',
		handle: (call) => writeStatus(world, call),
	},
	{
		method: 'POST',
		path: '/v1/admin/retry-write/:root_job_id',
		body: { type: 'object', properties: {}, additionalProperties: false },
		handle: (call) => retryWrite(world, call),
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
		handle: (call) => writeLogs(world, call),
	},
];

function writeStatus(world: PropexoWorld, { params }: Call): Answer {
	const job = world.jobs.get(params['root_job_id'] ?? '');
	if (!job) return notFound('Job');
	const status = world.jobs.statusOf(job, Date.now());
	const written = status === 'SUCCESS' || status === 'PARTIAL_SUCCESS';
	return {
		status: 200,
		body: {
			write_status: status,
			errors: jobErrors(status),
			created_record_id: written ? job.recordId : null,
		},
	};
}

function retryWrite(world: PropexoWorld, { params, row }: Call): Answer {
	const job = world.jobs.get(params['root_job_id'] ?? '');
	if (!job) return notFound('Job');
	if (world.jobs.statusOf(job, Date.now()) !== 'FAILURE') {
		return failure(400, 'invalid_request', 'Only failed write operations can be retried');
	}
	const integration = world.data.integrations.get(job.integrationId);
	if (!integration) return notFound('Integration');
	const tellsRecordId = job.recordId !== null;
	const retry = startJob(world, row, {
		body: job.body,
		integration,
		tellsRecordId,
		retryOf: job.id,
		...(job.updates === undefined ? {} : { updates: job.updates }),
	});
	return { status: 200, body: { success: true, job_id: retry.id } };
}

/** Newest first; jobs that are still pending are not in it. */
function writeLogs(world: PropexoWorld, { query }: Call): Answer {
	const now = Date.now();
	const limit = Number(query['limit'] ?? 100);
	const range = query['time_range'] as keyof typeof RANGES | undefined;
	const since = range === undefined ? 0 : now - RANGES[range];
	let skip = Number(query['offset'] ?? 0);
	const logs: unknown[] = [];
	const otherCategory = query['write_category'] !== undefined && query['write_category'] !== 'events';
	for (
		let index = world.jobs.list.length - 1;
		index >= 0 && logs.length < limit && !otherCategory;
		index--
	) {
		const job = world.jobs.list[index];
		if (!job || job.doneAt < since) continue;
		const log = logOf(world, job, now);
		if (!log || (query['status'] !== undefined && log.status !== query['status'])) continue;
		if (query['integration_id'] !== undefined && log.integration_id !== query['integration_id']) continue;
		if (skip > 0) skip--;
		else logs.push(log);
	}
	return { status: 200, body: { results: { logs } } };
}

function logOf(world: PropexoWorld, job: Job, now: number) {
	const status = world.jobs.statusOf(job, now);
	if (status === 'PENDING') return undefined;
	return {
		id: `log_${job.number}`,
		created_at: new Date(job.doneAt).toISOString(),
		job_id: job.id,
		job_log_id: `joblog_${job.number}`,
		status: status === 'SUCCESS' ? ('SUCCESS' as const) : ('FAILURE' as const),
		integration_id: job.integrationId,
		job_type: job.updates === undefined ? 'CREATE_LEAD_EVENT' : 'UPDATE_LEAD_EVENT',
		parameters: job.body,
		error: jobErrors(status)[0] ?? null,
		name: job.updates === undefined ? 'Create lead event' : 'Update lead event',
		vendor: job.vendor,
	};
}
