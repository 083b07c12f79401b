import { BoundedMap } from '../../shared/process/boundedMap';
import type { Note, WriteStatus } from './status';
import { KNOWN_MS } from './status';

/*
 * Which write jobs this process has made in place of one that the PMS had refused. A refusal is not the end of a write: *Write Job:
 * Retry* gives a new job, and Propexo goes on telling FAILURE of the first one. All code that asks how a write ended asks here, so
 * that nothing is written a second time beside its retry.
 */

/** How a job was replaced: the same write was retried, or another item writes the same anew. */
type How = 'retry' | 'anew';

/** A job that was made in place of another one. */
interface Successor {
	how: How;
	/** '' while its request is under way, or where nobody knows whether it arrived. */
	jobId: string;
	/** When Propexo was asked last, the PMS had refused it. */
	isRefused?: boolean;
	until: number;
}

/** For how many jobs that failed this process remembers what came after them. */
const MOST_KNOWN = 20_000;

const isKept = ({ until }: Successor): boolean => until > Date.now();

/** By account and job, the oldest first. */
const known = new BoundedMap<Successor[]>({ most: MOST_KNOWN, isOver: (all) => !all.some(isKept) });

const nameOf = (account: string, jobId: string): string => `${account}\n${jobId}`;

const successorsOf = (account: string, jobId: string, how: How): Successor[] =>
	(known.get(nameOf(account, jobId)) ?? []).filter((one) => one.how === how && isKept(one));

/** Notes that a request goes out in place of a job that failed. */
export function noteSuccessor(account: string, jobId: string, how: How): Note {
	const name = nameOf(account, jobId);
	const one: Successor = { how, jobId: '', until: Date.now() + KNOWN_MS };
	known.set(name, [...(known.get(name) ?? []).filter(isKept), one]);
	return {
		taken: (next) => {
			one.jobId = next;
		},
		takeBack: () => {
			one.until = 0;
		},
	};
}

/** Whether the PMS may take, or has taken, what was made in place of a job: all that is known is not that it was refused. */
export const mayBeTaken = (account: string, jobId: string, how: How): boolean =>
	successorsOf(account, jobId, how).some(
		(one) => !one.isRefused || mayBeTaken(account, one.jobId, 'retry'),
	);

/** The last retry of a job that this process knows to have been taken by Propexo; undefined if there is none. */
export function retryOf(account: string, jobId: string): string | undefined {
	const last = successorsOf(account, jobId, 'retry')
		.filter((one) => one.jobId !== '')
		.at(-1)?.jobId;
	return last && (retryOf(account, last) ?? last);
}

/** How a write ended. */
export interface End {
	/** Of the job and those that replaced it: the one that this is the status of; '' of a retry that is under way or in doubt. */
	jobId: string;
	/** Undefined if nobody can tell. */
	status?: WriteStatus;
}

/** Whether the PMS has refused a write, by its first job and by all retries of it. */
export const isFailure = ({ status }: Pick<End, 'status'>): boolean => status?.write_status === 'FAILURE';

/** Asks for the status of one job. */
type AskStatus = (jobId: string) => Promise<WriteStatus | undefined>;

/**
 * How a write ended: by its own job, or by a retry of it where that one failed. It failed only if all of them did.
 *
 * @param statusOf asks for the status of one job
 */
export async function endOf(account: string, jobId: string, statusOf: AskStatus): Promise<End> {
	const own = { jobId, status: await statusOf(jobId) };
	if (!isFailure(own)) return own;
	return (await endAfter({ account, jobId, how: 'retry' }, statusOf)) ?? own;
}

/** How that ended which was made in place of a job, with what may have been taken first; undefined if nothing was made. */
export async function endAfter(
	{ account, jobId, how }: { account: string; jobId: string; how: How },
	statusOf: AskStatus,
): Promise<End | undefined> {
	let newest: End | undefined;
	let open: End | undefined;
	for (const one of successorsOf(account, jobId, how).reverse()) {
		const end = one.jobId === '' ? { jobId: '' } : await endOf(account, one.jobId, statusOf);
		one.isRefused = isFailure(end);
		if (!one.isRefused && end.status) return end;
		if (one.isRefused) newest ??= end;
		else open ??= end;
	}
	return open ?? newest;
}
