import type { IDataObject } from 'n8n-workflow';

import type { Likeness } from '../../shared/deliver/send/lookUp';
import { likenessOfListed } from '../../shared/deliver/send/lookUp';
import type { LookedUp, LookUpTools } from '../../shared/deliver/write';
import type { Since } from '../../shared/http/serviceTime';
import { sinceBy } from '../../shared/http/serviceTime';
import type { Reply } from '../../shared/http/exchange';
import { Aborted, untilAbort } from '../../shared/process/untilAbort';
import { replyIfDone } from '../../shared/http/whatReplyProves';
import { isObject, listOfObjects } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { DAY_MS, HOUR_MS } from '../../shared/json/time';
import { steadyNow } from '../../shared/process/steadyNow';
import type { Page, Way } from '../../shared/read/pages';
import { readTogether } from '../../shared/read/pages';
import { orElse, UndocumentedReply } from '../../shared/find/get';
import type { Tools } from '../../shared/http/connection';
import { ask } from '../../shared/http/sendAgain';
import type { WriteStatus } from './status';
import { PENDING, statusIn, statusRequest } from './status';
import { endOf } from './successors';

/*
 * Propexo's write log. Source: GET /v1/admin/logs/writes/ of its OpenAPI file. A row has the status SUCCESS or FAILURE,
 * so a job that is still PENDING need not be listed: a look-up looks several times before it says "absent".
 * `parameters` is not a required part of a row; a row without them may be the one in doubt.
 */

/** Rows of one page. */
const PAGE = 100;
/**
 * The most pages that a look-up reads: 30,000 writes, which takes two minutes at the published rate. A longer log leaves it
 * undecided.
 */
const MOST_PAGES = 300;

/** The time ranges that the API offers, each with the age in ms up to which a write surely lies within it. */
const RANGES = [
	{ range: 'hour', upTo: HOUR_MS * 0.8 },
	{ range: 'day', upTo: HOUR_MS * 23 },
	{ range: 'week', upTo: DAY_MS * 6.5 },
	{ range: 'month', upTo: DAY_MS * 28.5 },
];

/** One write, as the log tells of it. */
export interface LogRow {
	jobId: string;
	/** Whether it was created after the request began. */
	when: ReturnType<Since>;
	parameters?: Record<string, unknown>;
	/** SUCCESS or FAILURE. A write that was taken in part may be listed as a failure. */
	status: string;
	/** Propexo's names for the kind of job. They are not documented. */
	kind: string;
}

interface LogPage extends Page {
	reply: Reply;
}

/** @throws UndocumentedReply when what came is no page of the log */
async function readLog({ ask: askFor }: LookUpTools, query: IDataObject): Promise<LogPage> {
	const reply = replyIfDone(await askFor({ method: 'GET', path: '/v1/admin/logs/writes/', query }));
	const results = isObject(reply?.body) ? reply.body.results : undefined;
	const rows = listOfObjects(isObject(results) && results.logs);
	if (!reply || !rows) throw new UndocumentedReply();
	return { rows, more: rows.length >= PAGE, reply };
}

const rowOf = (
	{ job_id, created_at, parameters, job_type, name, status }: IDataObject,
	when: Since,
): LogRow => ({
	jobId: textOf(job_id),
	when: when(created_at),
	parameters: isObject(parameters) ? parameters : undefined,
	status: textOf(status),
	kind: `${textOf(job_type)} ${textOf(name)}`,
});

/** Reads the log before anything is sent, when no record of it belongs to an item yet. */
export const readingWith = (tools: Tools): LookUpTools => ({
	account: tools.account,
	signal: tools.signal,
	ask: async (request) => await ask(tools, request, tools.signal),
	isTaken: () => false,
});

/** The part of the log to go through. */
interface PartOfLog {
	/** A time range of the API; undefined if none goes back so far. */
	range: string | undefined;
	/** When the request began, as `steadyNow` counts: rows are compared with it. */
	since: number;
	/** What narrows it down, as a query. */
	narrowed?: IDataObject;
}

/**
 * Goes through the rows of the log, page by page, together with all others of this process who want to know the same.
 *
 * @param visit gives `true` to stop at a row
 */
export async function throughLog(
	tools: LookUpTools,
	{ range, since, narrowed }: PartOfLog,
	visit: (row: LogRow) => boolean,
): Promise<Way | 'unreadable'> {
	if (range === undefined) return 'unreadable';
	const query = { ...narrowed, time_range: range, limit: PAGE };
	const way = readTogether<LogPage>(`${tools.account}\n${JSON.stringify(query)}`, MOST_PAGES, {
		read: async ({ page }) => await readLog(tools, { ...query, offset: page * PAGE }),
		visit: ({ rows, reply }) => {
			const when = sinceBy(reply, since);
			return rows.some((row) => visit(rowOf(row, when)));
		},
	});
	// Another execution may be reading, and goes on when this one is stopped.
	return await orElse(
		untilAbort(way, tools.signal),
		(cause) => cause instanceof UndocumentedReply || cause instanceof Aborted,
		'unreadable',
	);
}

/** The time range to ask for, so that it includes `since` (as `steadyNow` counts); undefined if the log does not go back so far. */
export const rangeSince = (since: number): string | undefined =>
	RANGES.find(({ upTo }) => steadyNow() - since <= upTo)?.range;

/** What to look for in the log, and where. */
interface Wanted extends PartOfLog {
	likeness(row: LogRow): Likeness;
	found(row: LogRow): IDataObject;
}

/**
 * How a write ended that the log calls a failure: it also says so of one that was taken in part. It is pending as long as its status
 * is not known. A retry of it may have been taken.
 */
async function failureOf(
	{ account, ask: askFor }: LookUpTools,
	row: LogRow,
): Promise<{ row: LogRow; status: WriteStatus }> {
	const end = await endOf(account, row.jobId, async (jobId) =>
		statusIn(await askFor(statusRequest(jobId))),
	);
	return { row: { ...row, jobId: end.jobId || row.jobId }, status: end.status ?? PENDING };
}

/** Of failures of the same write: the one that was not refused after all, or else the newest. */
async function mostTakenOf(
	tools: LookUpTools,
	failures: LogRow[],
): Promise<{ row: LogRow; status: WriteStatus } | undefined> {
	let newest: { row: LogRow; status: WriteStatus } | undefined;
	for (const row of failures) {
		const one = await failureOf(tools, row);
		if (one.status.write_status !== 'FAILURE') return one;
		newest ??= one;
	}
	return newest;
}

/**
 * Looks through the log for the row that is the write in doubt. If it was sent several times, the PMS may have taken one
 * request and refused another as a repeat: a row that tells a success counts, wherever it stands.
 *
 * @returns `absent` only if the whole log was read and no row could be it; one that the log calls a failure comes with its result
 */
export async function lookFor(tools: LookUpTools, { likeness, found, ...part }: Wanted): Promise<LookedUp> {
	let taken: LogRow | undefined;
	let failures: LogRow[] = [];
	let doubtful = false;
	let mayBeTaken = false;
	/** How many rows were older than the request since the last one that was not. */
	let older = 0;
	// The log lists the newest first: of the failures found, no request of this write can stand behind a page of older rows.
	const isPast = () => failures.length > 0 && older >= PAGE;
	const way = await throughLog(tools, part, (row) => {
		const like = likenessOfListed(tools, { id: row.jobId, when: row.when }, () => likeness(row));
		const isFailure = row.status === 'FAILURE';
		older = row.when === 'before' ? older + 1 : 0;
		doubtful ||= like === 'perhaps';
		mayBeTaken ||= like === 'perhaps' && !isFailure;
		if (like === 'same' && isFailure) failures = [...failures, row];
		else if (like === 'same') taken = row;
		return taken !== undefined || isPast();
	});
	if (taken) return { found: [found(taken)] };
	// A part of the log that could not be read may tell a success.
	if (way !== 'end' && !isPast()) return 'undecided';
	const failure = await mostTakenOf(tools, failures);
	if (!failure) return doubtful ? 'undecided' : 'absent';
	if (mayBeTaken && failure.status.write_status === 'FAILURE') return 'undecided';
	return { found: [{ ...found(failure.row), ...failure.status }], copies: failures.length };
}
