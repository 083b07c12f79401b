import type { IDataObject } from 'n8n-workflow';

import { readServiceTime } from '../../shared/http/serviceTime';
import { DAY_MS, HOUR_MS } from '../../shared/json/time';
import { firstPages } from '../../shared/read/pages';
import type { Get } from '../../shared/find/get';
import { pagesOf } from './paging';
import { createdWithin } from './times';

const FIRST_SPAN_MS = 14 * DAY_MS;
const SHORTEST_SPAN_MS = HOUR_MS;
/** Prospects older than this are not looked for. */
const OLDEST_MS = 20 * 365 * DAY_MS;
/** A span with more pages than this is read in shorter pieces. */
const MOST_PAGES_OF_SPAN = 5;
/** After a span with fewer rows than this, the next span is longer, to save requests. */
const FEW_ROWS = 50;
/** The most requests for one portion of the list: a person waits for it. */
const MOST_REQUESTS = 20;

/** Where to go on: with prospects created before `before` (epoch ms), in spans of `span` ms. */
export interface Position {
	before: number;
	span: number;
}

/** A portion of the prospects, newest first; `next` is missing when there are no older ones. */
interface Portion {
	rows: IDataObject[];
	next?: Position;
}

/** The prospects of a span as RentEngine gives them; `complete` when there are no more of them. */
async function readSpan(get: Get, query: IDataObject): Promise<{ rows: IDataObject[]; complete: boolean }> {
	const rows: IDataObject[] = [];
	let complete = false;
	for await (const page of firstPages(pagesOf(get, '/prospects', query), MOST_PAGES_OF_SPAN)) {
		rows.push(...page.rows);
		complete = !page.more;
	}
	return { rows, complete };
}

/** What to read instead of a span with too many prospects: the part with its newest ones. */
function newestPart(times: number[], after: number, until: number): { after: number } | { from: number } {
	const [first = 0, last = 0] = [times[0], times.at(-1)];
	const inOrder = (sign: number) =>
		times.every((time, index) => sign * (time - (times[index - 1] ?? time)) >= 0);
	// Newest first: the rows that were read are the newest ones. Further rows may have the same time as the last one.
	if (inOrder(-1) && first > last) return { from: last + 1 };
	// Oldest first: the newest ones come after the rows that were read.
	if (inOrder(1) && last > after) return { after: last };
	return { after: until - Math.floor((until - after) / 4) };
}

/**
 * Reads prospects, the newest first. RentEngine cannot search them and documents no order, so they are read in spans of
 * time, and sorted here. The more prospects there are, the shorter the spans.
 *
 * @param wanted filters rows; the portion ends with `enough` rows that it kept, or after `MOST_REQUESTS`
 */
export async function newestProspects(
	get: Get,
	from: Position | undefined,
	wanted: (rows: IDataObject[]) => Promise<IDataObject[]>,
	enough: number,
): Promise<Portion> {
	const now = Date.now();
	let requests = 0;
	const counted: Get = async (request) => {
		requests++;
		return await get(request);
	};
	let before = from?.before ?? Infinity;
	let span = from?.span ?? FIRST_SPAN_MS;
	const rows: IDataObject[] = [];
	while (rows.length < enough && requests < MOST_REQUESTS) {
		const until = Math.min(before, now);
		if (until < now - OLDEST_MS) return { rows };
		const after = until - span;
		const end = before === Infinity ? undefined : new Date(before).toISOString();
		const query = { created_after: new Date(after).toISOString(), created_before: end };
		const found = await readSpan(counted, query);
		const times = found.rows.map(({ created_at }) => readServiceTime(created_at));
		const part =
			found.complete || span <= SHORTEST_SPAN_MS ? { from: after } : newestPart(times, after, until);
		if ('after' in part) {
			span = until - part.after;
			continue;
		}
		const inSpan = found.rows.filter(createdWithin(new Date(part.from).toISOString(), end, true));
		inSpan.sort(
			(a, b) =>
				readServiceTime(b.created_at) - readServiceTime(a.created_at) || Number(b.id) - Number(a.id),
		);
		rows.push(...(await wanted(inSpan)));
		before = part.from;
		if (found.rows.length < FEW_ROWS) span *= 4;
	}
	return { rows, next: { before, span } };
}
