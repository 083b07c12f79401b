import type { JsonObject } from '../../json.ts';
import type { JobResult } from '../../types.ts';

/** What is to be written; the same for the first job and for its retries. */
export interface Write {
	body: JsonObject;
	integrationId: string;
	vendor: string;
	/** Its category in the write log. */
	log: { category: string; jobType: string; name: string };
	/** What a new record is. */
	creates: 'event' | 'lead' | 'appointment';
	/** The record that is changed; undefined: a new one is made. */
	updates?: string;
	/** That record, as it was when the write was accepted. */
	before?: JsonObject;
	/** What the PMS says of a write that it refuses, whatever the settings say. */
	refusal?: string;
	/** Whether the PMS tells the ID of the record. */
	tellsRecordId: boolean;
	/** Adds the record of a job that ended well to those that can be read. */
	settle(job: Job): void;
}

/** A write job: Propexo makes one for each write that it accepts. */
export interface Job extends Write {
	id: string;
	/** Position among all jobs, from 1. */
	number: number;
	/** Epoch ms of the job's end. */
	doneAt: number;
	/** What it ends in; PENDING: never ends. */
	result: JobResult;
	/** ID of the record that is made or changed. */
	recordId: string;
	/** The job that was retried. */
	retryOf?: string;
}

/** The jobs of one account. A job ends by the clock alone: nothing runs in between. */
export class Jobs {
	/** Oldest first. */
	readonly list: Job[] = [];
	private readonly byId = new Map<string, Job>();
	/** Those that `settle` has still to look at, oldest first. */
	private readonly unsettled = new Set<Job>();
	private readonly syncMs: (write: Write) => number;

	/** @param syncMs how long after its job a record can be read */
	constructor(syncMs: (write: Write) => number) {
		this.syncMs = syncMs;
	}

	/** Adds a job. It gets a new ID and a new number. */
	add(job: Write & Pick<Job, 'doneAt' | 'result' | 'retryOf'>): Job {
		const number = this.list.length + 1;
		const recordId = job.updates ?? `${job.creates}_new_${number}`;
		const added: Job = { ...job, id: jobId(number), number, recordId };
		this.byId.set(added.id, added);
		this.list.push(added);
		this.unsettled.add(added);
		return added;
	}

	get(id: string): Job | undefined {
		return this.byId.get(id);
	}

	/** The status of a job at `now` (epoch ms). */
	statusOf(job: Job, now: number): JobResult {
		return now < job.doneAt ? 'PENDING' : job.result;
	}

	/** Adds the records that jobs have written until `now` (epoch ms) to those that can be read. */
	settle(now: number): void {
		for (const job of this.unsettled) {
			if (now < job.doneAt) continue;
			const isWritten = endedWell(job.result);
			if (isWritten && now < job.doneAt + this.syncMs(job)) continue;
			this.unsettled.delete(job);
			if (isWritten) job.settle(job);
		}
	}

	clear(): void {
		this.list.length = 0;
		this.byId.clear();
		this.unsettled.clear();
	}
}

/** Whether the PMS took all of it, or a part. */
export const endedWell = (status: JobResult): boolean => status === 'SUCCESS' || status === 'PARTIAL_SUCCESS';

/** An ID in the manner of Propexo's (a cuid): 25 characters, growing with the number. */
function jobId(number: number): string {
	return `cljob${number.toString(36).padStart(20, '0')}`;
}

/**
 * What the PMS says of a job that did not go well: texts, most of them JSON of the PMS.
 * @param refusal why it refused
 */
export function jobErrors(
	result: JobResult,
	refusal = 'The guest card is closed and takes no more events.',
): string[] {
	if (result === 'FAILURE') return [JSON.stringify({ code: 'PMS-1201', message: refusal })];
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
