import type { IDataObject } from 'n8n-workflow';

import type { LookedUp, LookUpTools } from '../../shared/deliver/write';
import { allFields, apiName } from '../../shared/fields/field';
import type { Since } from '../../shared/http/clock';
import { sinceBy } from '../../shared/http/clock';
import type { ServiceRequest } from '../../shared/http/service';
import { holdsAll } from '../../shared/json/compare';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { additionalFields, leadEventFields } from '../resources/leadEvent/fields';

/*
 * Look-ups in Propexo's write log. Source: GET /v1/admin/logs/writes/ of its OpenAPI file. A row has the status SUCCESS
 * or FAILURE, so a job that is still PENDING need not be listed: the caller looks several times before it takes
 * "absent" for an answer. `parameters` is not a required part of a row; a row without them cannot be told from ours.
 */

const PAGE = 100;
const MOST_PAGES = 20;

const HOUR_MS = 3_600_000;
/** What can be asked for, with the age in ms up to which a write lies safely within it. */
const RANGES = [
	{ range: 'hour', upTo: HOUR_MS * 0.8 },
	{ range: 'day', upTo: HOUR_MS * 23 },
	{ range: 'week', upTo: HOUR_MS * 24 * 6.5 },
	{ range: 'month', upTo: HOUR_MS * 24 * 28.5 },
];

interface LogRow {
	jobId: string;
	/** Epoch of its creation, against the moment the request began. */
	when: ReturnType<Since>;
	parameters?: Record<string, unknown>;
}

/** How the way through the log ended: at a row, at its end, or without getting so far. */
type Way = 'stopped' | 'end' | 'unreadable';

/**
 * Goes through the rows of the log since then, page by page.
 *
 * @param visit ends it by `true`
 */
async function throughLog(
	{ ask }: LookUpTools,
	range: string | undefined,
	since: number,
	narrowed: IDataObject,
	visit: (row: LogRow) => boolean,
): Promise<Way> {
	if (range === undefined) return 'unreadable';
	for (let page = 0; page < MOST_PAGES; page++) {
		const exchange = await ask({
			method: 'GET',
			path: '/v1/admin/logs/writes/',
			query: {
				...narrowed,
				write_category: 'events',
				time_range: range,
				limit: PAGE,
				offset: page * PAGE,
			},
		});
		if (exchange.kind !== 'replied' || exchange.status !== 200 || !isObject(exchange.body))
			return 'unreadable';
		const { results } = exchange.body;
		const logs: unknown = isObject(results) ? results.logs : undefined;
		if (!Array.isArray(logs)) return 'unreadable';
		const when = sinceBy(exchange, since);
		for (const row of logs.filter(isObject)) {
			const read: LogRow = {
				jobId: textOf(row.job_id),
				when: when(row.created_at),
				parameters: isObject(row.parameters) ? row.parameters : undefined,
			};
			if (visit(read)) return 'stopped';
		}
		if (logs.length < PAGE) return 'end';
	}
	return 'unreadable';
}

const rangeSince = (since: number): string | undefined =>
	RANGES.find(({ upTo }) => Date.now() - since <= upTo)?.range;

/** How sure it is that a row is the write in doubt. */
type Likeness = 'same' | 'perhaps' | 'other';

/** What to look for in the log, and where. */
interface Wanted {
	range: string | undefined;
	since: number;
	narrowed?: IDataObject;
	likeness(row: LogRow): Likeness;
	found(row: LogRow): IDataObject;
}

async function lookFor(
	tools: LookUpTools,
	{ range, since, narrowed = {}, likeness, found }: Wanted,
): Promise<LookedUp> {
	let same: LogRow | undefined;
	let doubtful = false;
	const way = await throughLog(tools, range, since, narrowed, (row) => {
		if (row.jobId === '' || tools.isTaken(row.jobId) || row.when === 'before') return false;
		const like = likeness(row);
		if (like === 'same' && row.when === 'after') same = row;
		else if (like !== 'other') doubtful = true;
		return same !== undefined;
	});
	if (same) return { found: [found(same)] };
	return way === 'end' && !doubtful ? 'absent' : 'undecided';
}

/** As far as the log tells of them, the parameters are those that were sent. */
function holdsWhatItTells(parameters: Record<string, unknown>, sent: IDataObject): boolean {
	const told = Object.entries(sent).filter(([name]) => name in parameters);
	return holdsAll(parameters, Object.fromEntries(told));
}

const EVENT_FIELDS = allFields({ fields: leadEventFields, collections: [additionalFields] })
	.filter(({ local }) => !local)
	.map(apiName);

/** Nothing that somebody filled in. Propexo may note a switch that was left out as one that is off. */
const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || value === false;

/** Whether an event was logged with a field that was not sent, so that it is likely another one. */
function tellsMore(parameters: Record<string, unknown>, sent: IDataObject): boolean {
	return EVENT_FIELDS.some((name) => !(name in sent) && !isBlank(parameters[name]));
}

/** Looks for a lead event: same integration, same parameters, logged since the request began. */
export async function lookUpWrite(
	tools: LookUpTools,
	{ body: sent = {}, query }: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const { integration_id } = sent;
	// Fields that Propexo left out for the PMS may be left out of the log as well.
	const mayLack = query?.ignore_unknown_fields !== undefined;
	return await lookFor(tools, {
		range: rangeSince(since),
		since,
		narrowed: { integration_id },
		likeness: ({ parameters }) => {
			if (parameters === undefined) return 'perhaps';
			// What Propexo adds to a log is not documented: such an event is neither ours for sure nor surely another.
			if (holdsAll(parameters, sent)) return tellsMore(parameters, sent) ? 'perhaps' : 'same';
			return mayLack && holdsWhatItTells(parameters, sent) ? 'perhaps' : 'other';
		},
		found: ({ jobId }) => ({ job_id: jobId, data: { ...sent } }),
	});
}

/** The ID at the end of a path. */
const idIn = ({ path }: ServiceRequest): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** Looks for an update: same values and, where the log names it, the same event. */
export async function lookUpUpdate(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const sent = request.body ?? {};
	return await lookFor(tools, {
		range: rangeSince(since),
		since,
		likeness: ({ parameters }) => {
			if (parameters === undefined) return 'perhaps';
			if (!holdsAll(parameters, sent)) return 'other';
			const { event_id: eventId } = parameters;
			if (eventId === undefined) return 'perhaps';
			return eventId === idIn(request) ? 'same' : 'other';
		},
		found: ({ jobId }) => ({ job_id: jobId, data: { ...sent } }),
	});
}

/** Looks for a retry: another job with the very parameters of the one that was to be retried. */
export async function lookUpRetry(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	if (rangeSince(since) === undefined) return 'undecided';
	// The write that failed may be much older than the retry.
	const range = 'month';
	let wanted: Record<string, unknown> | undefined;
	const isFirst = ({ jobId }: LogRow) => jobId === idIn(request);
	await throughLog(tools, range, since, {}, (row) => {
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
			return holdsAll(row.parameters, first) && holdsAll(first, row.parameters) ? 'same' : 'other';
		},
		found: ({ jobId }) => ({ job_id: jobId }),
	});
}
