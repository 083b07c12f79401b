import { sleep } from 'n8n-workflow';

import type { Connection } from '../../shared/http/connection';
import { ask } from '../../shared/http/sendAgain';
import { isAbsent, proofOf } from '../../shared/http/whatReplyProves';
import type { Exchange } from '../../shared/http/exchange';
import { DEFAULT_TIMEOUT_MS } from '../../shared/http/network';
import { BoundedMap } from '../../shared/process/boundedMap';
import { steadyNow } from '../../shared/process/steadyNow';
import type { WriteStatus } from './status';
import { isFinal, statusIn, statusRequest } from './status';

/** The part of the published rate that all polls of an account together may use. The rest is for writes. */
const SHARE = 1 / 5;
/**
 * While at least this part of the rate is unused, polls may be as fast as the whole rate allows: in a burst of calls with
 * *Wait for Result*, most senders wait no longer than half a minute for an answer. What waits to be sent counts as used.
 */
const UNUSED = 1 / 2;
/**
 * The first pause before a job is polled, and the longest, in ms. Each pause is twice as long as the one before. The first
 * one is shorter where an account may poll more often than that.
 */
const FIRST_MS = 1_000;
const LEAST_MS = 20;
const LONGEST_MS = 30_000;
/**
 * How many refusals in a row end the polling of a job: a single one may come from a proxy for a moment. "No such job" does not
 * count as a refusal, because a new job may not be readable yet.
 */
const MOST_REFUSALS = 2;
/** The last poll of a job is made this long before its deadline, in ms. */
const BEFORE_END_MS = 1_000;

/** A job that is waited for. */
export interface Awaited {
	/** Propexo as reached with the credential that the job was sent with. */
	connection: Connection;
	jobId: string;
	/** Until when it is waited for, as `steadyNow` counts. */
	until: number;
}

/** What polling has shown so far. */
export interface Seen {
	status?: WriteStatus;
	/** Propexo refused several times in a row, so it is not asked any more. */
	refused?: true;
}

interface Job extends Awaited {
	/** When it is polled next, as `steadyNow` counts, and the pause after that, in ms. */
	due: number;
	pause: number;
	/** Refusals in a row. */
	refusals: number;
	seen: Seen;
}

/** How many accounts are remembered; each only until its next poll may be made. */
const MOST_ACCOUNTS = 5_000;

/** When the next poll may be made, as `steadyNow` counts, by account. */
const nextPoll = new BoundedMap<number>({ most: MOST_ACCOUNTS, isOver: (at) => at <= steadyNow() });

/**
 * Polls write jobs until each has come to its end or its deadline.
 *
 * Most of the rate is left to writes: all executions of an account poll one after the other, within a fifth of the rate
 * unless most of it is unused, and each job less and less often. If there are too many jobs to poll all of them in time, those that
 * were sent first come first. Jobs of different accounts do not wait for each other.
 *
 * @param signal stops it when the execution is stopped
 * @returns one entry per job, in the order of `jobs`: what was last seen of it
 */
export async function poll(jobs: Awaited[], signal: AbortSignal): Promise<Seen[]> {
	const now = steadyNow();
	const all = jobs.map((job): Job => {
		const pause = Math.max(LEAST_MS, Math.min(FIRST_MS, steadyGapMs(job.connection)));
		const due = Math.max(now, Math.min(now + pause, job.until - BEFORE_END_MS));
		return { ...job, due, pause, refusals: 0, seen: {} };
	});
	const connections = new Set(jobs.map(({ connection }) => connection));
	await Promise.all(
		[...connections].map(async (one) => {
			const own = all.filter(({ connection }) => connection === one);
			await pollWith(one, own, signal);
		}),
	);
	return all.map(({ seen }) => seen);
}

async function pollWith(connection: Connection, jobs: Job[], signal: AbortSignal): Promise<void> {
	const { account } = connection;
	let open = jobs;
	while (open.length > 0 && !signal.aborted) {
		const job = open.reduce((first, other) => (other.due < first.due ? other : first));
		const at = Math.max(job.due, nextPoll.get(account) ?? 0);
		if (at > job.until) {
			open = open.filter((other) => other !== job);
			continue;
		}
		nextPoll.set(account, Math.max(at, steadyNow()) + gapMs(connection));
		if (!(await pause(at - steadyNow(), signal))) break;
		await look(job, signal);
		if (job.seen.refused || isFinal(job.seen.status?.write_status) || !comesAgain(job)) {
			open = open.filter((other) => other !== job);
		}
	}
}

const steadyGapMs = ({ service: { rate } }: Connection): number => rate.windowMs / (rate.requests * SHARE);

/** How long after a poll the next one of the account may be made, in ms. */
function gapMs(connection: Connection): number {
	const { rateNow, unused } = connection.limiter;
	const { windowMs, requests } = connection.service.rate;
	return unused >= rateNow.limit * UNUSED ? windowMs / requests : steadyGapMs(connection);
}

async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
	return await sleep(Math.max(0, ms), signal).then(
		() => true,
		() => false,
	);
}

async function look(job: Job, stopped: AbortSignal): Promise<void> {
	const left = Math.max(BEFORE_END_MS, job.until - steadyNow());
	const signal = AbortSignal.any([stopped, AbortSignal.timeout(left)]);
	const timeoutMs = Math.min(DEFAULT_TIMEOUT_MS, left);
	const exchange = await ask(job.connection, statusRequest(job.jobId), signal, timeoutMs);
	const status = statusIn(exchange);
	job.refusals = isDefiniteNo(exchange) ? job.refusals + 1 : 0;
	if (status) job.seen = { status };
	else if (job.refusals === MOST_REFUSALS) job.seen.refused = true;
}

function isDefiniteNo(exchange: Exchange): boolean {
	const { shows, uncertain, passing } = proofOf(exchange);
	return shows === 'refused' && !uncertain && !passing && !isAbsent(exchange);
}

/** Sets when the job is polled next; gives whether that is still in time. */
function comesAgain(job: Job): boolean {
	const now = steadyNow();
	const last = job.until - BEFORE_END_MS;
	if (now >= last) return false;
	job.pause = Math.min(job.pause * 2, LONGEST_MS);
	job.due = Math.min(now + job.pause, last);
	return true;
}
