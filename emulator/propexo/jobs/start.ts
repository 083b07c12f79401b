import type { JsonObject } from '../../json.ts';
import type { Answer } from '../../server/answer.ts';
import type { LedgerRequest } from '../../server/ledger.ts';
import type { JobResult, PropexoSettings } from '../../types.ts';
import type { PropexoWorld } from '../world.ts';
import type { Job, Write } from './jobs.ts';

/**
 * Makes the job of an accepted write and notes it in the ledger.
 * @param retryOf the job that failed
 */
export function startJob(world: PropexoWorld, row: LedgerRequest, write: Write, retryOf?: string): Job {
	const { jobMs, jobResult } = world.settings;
	const job = world.jobs.add({
		...write,
		doneAt: Date.now() + jobMs,
		result:
			write.refusal === undefined
				? decideResult(write.body, jobResult, retryOf !== undefined)
				: 'FAILURE',
		...(retryOf === undefined ? {} : { retryOf }),
	});
	const kind = retryOf !== undefined ? 'retry' : write.updates !== undefined ? 'update' : write.creates;
	world.ledger.create(row, job.id, write.body, kind, retryOf ?? write.updates);
	world.onJob?.(job);
	return job;
}

/**
 * What a job ends in. A mark in the notes decides first: `[fail]`, `[fail once]` (its retry succeeds), `[partial]`,
 * `[pending]`.
 */
function decideResult(body: JsonObject, setting: PropexoSettings['jobResult'], isRetry: boolean): JobResult {
	const notes = typeof body['notes'] === 'string' ? body['notes'] : '';
	if (notes.includes('[fail once]')) return isRetry ? 'SUCCESS' : 'FAILURE';
	if (notes.includes('[fail]')) return 'FAILURE';
	if (notes.includes('[partial]')) return 'PARTIAL_SUCCESS';
	if (notes.includes('[pending]')) return 'PENDING';
	return typeof setting === 'function' ? setting(body) : setting;
}

/** The reply to any write, in the shape that is set. The echo is what was sent, not the record. */
export function accepted(world: PropexoWorld, job: Job, echo: JsonObject): Answer {
	if (world.settings.replyShape === 'meta')
		return { status: 200, body: { meta: { job_id: job.id }, result: echo } };
	return { status: 200, body: { job_id: job.id, data: echo } };
}
