import type { IDataObject } from 'n8n-workflow';

import { readServiceTime } from '../../shared/http/clock';
import { firstPages } from '../../shared/read/pages';
import type { Get } from '../../shared/read/read';
import type { Row } from './paging';
import { createdWithin, pagesOf } from './paging';

const DAY_MS = 86_400_000;
const FIRST_SPAN_MS = 14 * DAY_MS;
const SHORTEST_SPAN_MS = 3_600_000;
/** Nothing older is looked for. */
const OLDEST_MS = 20 * 365 * DAY_MS;
/** A span with more pages is read in shorter pieces. */
const MOST_PAGES_OF_SPAN = 5;
/** A span with fewer rows makes the next one longer. */
const FEW_ROWS = 50;
/** Requests for one portion of the list: a person waits for it. */
const MOST_REQUESTS = 20;

/** From where to go on: everything created before `before` (epoch ms), by spans of `span` ms. */
export interface Position {
	before: number;
	span: number;
}

/** A portion of the prospects, newest first; `next` is missing when there are no older ones. */
export interface Portion {
	rows: Row[];
	next?: Position;
}

/** The prospects of a span in the order they came; `complete` when there are no more of them. */
async function readSpan(get: Get, query: IDataObject): Promise<{ rows: Row[]; complete: boolean }> {
	const rows: Row[] = [];
	let complete = false;
	for await (const page of firstPages(pagesOf(get, '/prospects', query), MOST_PAGES_OF_SPAN)) {
		rows.push(...page.rows);
		complete = !page.more;
	}
	return { rows, complete };
}

/** The part of a span to read instead, where it holds too many prospects: only its newest ones. */
function newestPart(times: number[], after: number, until: number): { after: number } | { from: number } {
	const [first = 0, last = 0] = [times[0], times.at(-1)];
	const inOrder = (sign: number) =>
		times.every((time, index) => sign * (time - (times[index - 1] ?? time)) >= 0);
	// Newest first: what was read is what is wanted, but for those of the same moment as the last one.
	if (inOrder(-1) && first > last) return { from: last + 1 };
	// Oldest first: the newest ones come after what was read.
	if (inOrder(1) && last > after) return { after: last };
	return { after: until - Math.floor((until - after) / 4) };
}

/**
 * Reads prospects from the newest to older ones. RentEngine does not search them, nor does it document an order, so
 * they are read by spans of time, each sorted here; how long a span is follows from how many prospects there are.
 *
 * @param wanted which ones are looked for; the portion ends when there are `enough`, or after some requests
 */
export async function newestProspects(
	get: Get,
	from: Position | undefined,
	wanted: (rows: Row[]) => Promise<Row[]>,
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
	const rows: Row[] = [];
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
		const inSpan = found.rows.filter(createdWithin(new Date(part.from).toISOString(), end));
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
