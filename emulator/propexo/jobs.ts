import type { JobResult, JsonObject } from '../types.ts';

/** A write job: what Propexo makes of an accepted write. */
export interface Job {
	id: string;
	/** Position among all jobs, from 1. */
	number: number;
	/** Epoch ms of the write, and of its end. */
	at: number;
	doneAt: number;
	body: JsonObject;
	integrationId: string;
	vendor: string;
	/** What it ends in; PENDING: never ends. */
	result: JobResult;
	/** ID that `created_record_id` tells; null where the PMS tells none. */
	recordId: string | null;
	/** The write that was retried. */
	retryOf?: string;
	/** The event that is updated; nothing: a new one is made. */
	updates?: string;
	/** Set once the event is among the events that can be read. */
	settled: boolean;
}

/** The jobs of the emulated Propexo. A job ends by the clock alone: nothing runs in between. */
export class Jobs {
	/** Oldest first. */
	readonly list: Job[] = [];
	private readonly byId = new Map<string, Job>();

	add(job: Omit<Job, 'id' | 'number' | 'settled'>): Job {
		const number = this.list.length + 1;
		const added: Job = { ...job, id: jobId(number), number, settled: false };
		this.byId.set(added.id, added);
		this.list.push(added);
		return added;
	}

	get(id: string): Job | undefined {
		return this.byId.get(id);
	}

	/** How far a job is at `now` (epoch ms). */
	statusOf(job: Job, now: number): JobResult {
		return now < job.doneAt ? 'PENDING' : job.result;
	}

	clear(): void {
		this.list.length = 0;
		this.byId.clear();
	}
}

/** An ID in the manner of Propexo's (a cuid): 25 characters, growing with the number. */
function jobId(number: number): string {
	return `cljob${number.toString(36).padStart(20, '0')}`;
}

/**
 * What the PMS says of a job that did not go well, in Propexo's manner: texts, most of them JSON of the PMS.
 */
export function jobErrors(result: JobResult): string[] {
	if (result === 'FAILURE') {
		return [
			JSON.stringify({
				code: 'PMS-1201',
				message: 'The guest card is closed and takes no more events.',
			}),
		];
	}
	if (result === 'PARTIAL_SUCCESS') {
		return [
			JSON.stringify({
				response: { error: { code: 408, message: 'The event was added; its note was not.' } },
			}),
			'Failed to write event note: the PMS did not answer in time.',
		];
	}
	return [];
}

/**
 * What a job ends in. A mark in the notes decides first: `[fail]`, `[fail once]` (its retry succeeds), `[partial]`,
 * `[pending]`.
 */
export function decideResult(
	body: JsonObject,
	setting: JobResult | ((body: JsonObject) => JobResult),
	isRetry: boolean,
): JobResult {
	const notes = typeof body['notes'] === 'string' ? body['notes'] : '';
	if (notes.includes('[fail once]')) return isRetry ? 'SUCCESS' : 'FAILURE';
	if (notes.includes('[fail]')) return 'FAILURE';
	if (notes.includes('[partial]')) return 'PARTIAL_SUCCESS';
	if (notes.includes('[pending]')) return 'PENDING';
	return typeof setting === 'function' ? setting(body) : setting;
}
