import type { IDataObject } from 'n8n-workflow';

import type { Since } from '../shared/clock';
import { sinceBy } from '../shared/clock';
import { holdsAll, isObject } from '../shared/match';
import type { ServiceRequest } from '../shared/service';
import { textOf } from '../shared/text';
import type { LookedUp, LookUpTools } from '../shared/write';

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

/** The rows of the log since then; undefined when it cannot be read to its end. */
async function readLog(
	{ ask }: LookUpTools,
	range: string | undefined,
	since: number,
	narrowed: IDataObject = {},
): Promise<LogRow[] | undefined> {
	if (range === undefined) return undefined;
	const rows: LogRow[] = [];
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
			return undefined;
		const { results } = exchange.body;
		const logs: unknown = isObject(results) ? results.logs : undefined;
		if (!Array.isArray(logs)) return undefined;
		const when = sinceBy(exchange, since);
		for (const row of logs.filter(isObject)) {
			rows.push({
				jobId: textOf(row.job_id),
				when: when(row.created_at),
				parameters: isObject(row.parameters) ? row.parameters : undefined,
			});
		}
		if (logs.length < PAGE) return rows;
	}
	return undefined;
}

const rangeSince = (since: number): string | undefined =>
	RANGES.find(({ upTo }) => Date.now() - since <= upTo)?.range;

/** How sure it is that a row is the write in doubt. */
type Likeness = 'same' | 'perhaps' | 'other';

function judge(
	rows: LogRow[],
	{ isTaken }: LookUpTools,
	likeness: (row: LogRow) => Likeness,
	found: (row: LogRow) => IDataObject,
): LookedUp {
	let doubtful = false;
	for (const row of rows) {
		if (row.jobId === '' || isTaken(row.jobId) || row.when === 'before') continue;
		const like = likeness(row);
		if (like === 'same' && row.when === 'after') return { found: [found(row)] };
		if (like !== 'other') doubtful = true;
	}
	return doubtful ? 'undecided' : 'absent';
}

/** Looks for a lead event: same integration, same parameters, logged since the request began. */
export async function lookUpWrite(
	tools: LookUpTools,
	{ body: sent = {} }: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const { integration_id } = sent;
	const rows = await readLog(tools, rangeSince(since), since, { integration_id });
	if (!rows) return 'undecided';
	const likeness = ({ parameters }: LogRow): Likeness =>
		parameters === undefined ? 'perhaps' : holdsAll(parameters, sent) ? 'same' : 'other';
	return judge(rows, tools, likeness, ({ jobId }) => ({ job_id: jobId, data: { ...sent } }));
}

/** The ID at the end of a path. */
const idIn = ({ path }: ServiceRequest): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** Looks for an update: same values and, where the log names it, the same event. */
export async function lookUpUpdate(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	const rows = await readLog(tools, rangeSince(since), since);
	if (!rows) return 'undecided';
	const sent = request.body ?? {};
	const likeness = ({ parameters }: LogRow): Likeness => {
		if (parameters === undefined) return 'perhaps';
		if (!holdsAll(parameters, sent)) return 'other';
		const { event_id: eventId } = parameters;
		if (eventId === undefined) return 'perhaps';
		return eventId === idIn(request) ? 'same' : 'other';
	};
	return judge(rows, tools, likeness, ({ jobId }) => ({ job_id: jobId, data: { ...sent } }));
}

/** Looks for a retry: another job with the very parameters of the one that was to be retried. */
export async function lookUpRetry(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	// The write that failed may be much older than the retry.
	const rows = rangeSince(since) && (await readLog(tools, 'month', since));
	const first = rows ? rows.find(({ jobId }) => jobId === idIn(request)) : undefined;
	const wanted = first?.parameters;
	if (!rows || !wanted) return 'undecided';
	const likeness = ({ jobId, parameters }: LogRow): Likeness => {
		if (jobId === first.jobId) return 'other';
		if (parameters === undefined) return 'perhaps';
		return holdsAll(parameters, wanted) && holdsAll(wanted, parameters) ? 'same' : 'other';
	};
	return judge(rows, tools, likeness, ({ jobId }) => ({ job_id: jobId }));
}
