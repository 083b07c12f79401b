import type { IDataObject } from 'n8n-workflow';

import type { LookUpTools } from '../../shared/deliver/write';
import type { Since } from '../../shared/http/serviceTime';
import { sinceBy } from '../../shared/http/serviceTime';
import type { ServiceRequest } from '../../shared/http/service';
import { replyIfDone } from '../../shared/http/whatReplyProves';
import { isObject, listOfObjects, picked } from '../../shared/json/objects';
import type { Page } from '../../shared/read/pages';
import { pagesFrom } from '../../shared/read/pages';
import type { Get } from '../../shared/find/get';
import { orElse, ReadFailed, UndocumentedReply } from '../../shared/find/get';

/** Most rows that RentEngine gives at once. Source: "Pagination" of its API's introduction. */
export const PAGE_ROWS = 100;

/**
 * The page in a reply; undefined when there is none. Prospects and units come as bare arrays, events as
 * `{ data, page: { has_more, next_page_number } }`. Without `has_more`, a page that names the next one, and a full one, count as
 * followed by another one. Source: public clients of 2026; RentEngine documents no reply.
 */
function pageIn(body: unknown, limit = PAGE_ROWS): Page | undefined {
	const rows = listOfObjects(isObject(body) ? body.data : body);
	if (!rows) return undefined;
	const page = isObject(body) && isObject(body.page) ? body.page : {};
	const { has_more: told, next_page_number: next } = page;
	const isFollowed = typeof next === 'number' || rows.length >= limit;
	const more = typeof told === 'boolean' ? told : isFollowed;
	return { rows, more };
}

/** A query without empty parameters: RentEngine refuses them. */
const filledIn = (query: IDataObject): IDataObject =>
	picked(query, (_, value) => value !== undefined && value !== '');

/** One page of a list that is cut into pages of `limit` rows; the first is page 0. */
interface PageAt {
	page: number;
	limit?: number;
}

function pageRequest(path: string, query: IDataObject, { page, limit = PAGE_ROWS }: PageAt): ServiceRequest {
	return { method: 'GET', path, query: { ...filledIn(query), limit, page_number: page } };
}

/**
 * Reads one page of a list.
 *
 * @throws UndocumentedReply when the reply holds no page
 */
export async function readPage(get: Get, path: string, query: IDataObject, at: PageAt): Promise<Page> {
	const read = pageIn(await get(pageRequest(path, query, at)), at.limit);
	if (!read) throw new UndocumentedReply();
	return read;
}

/**
 * The pages of a list, from page 0 on (asking for page 1 first loses rows).
 *
 * @param first number of the page to begin with
 */
export function pagesOf(
	get: Get,
	path: string,
	query: IDataObject = {},
	first = 0,
): ReturnType<typeof pagesFrom<Page>> {
	const from = { page: first, offset: first * PAGE_ROWS };
	return pagesFrom<Page>(async ({ page }) => await readPage(get, path, query, { page }), from);
}

interface Asked extends Required<PageAt> {
	/** It begins with rows that are known. */
	overlaps?: true;
}

const endOf = ({ page, limit }: Asked): number => (page + 1) * limit;

/** The page that gives the most rows behind the first `end` rows of a list, and begins with some of those. */
function pageBehind(end: number): Asked {
	const pages = Array.from({ length: PAGE_ROWS / 2 }, (_, less): Asked => {
		const limit = PAGE_ROWS - less;
		return { page: Math.floor((end - 1) / limit), limit, overlaps: true };
	});
	return pages.reduce((best, one) => (endOf(one) > endOf(best) ? one : best));
}

/**
 * The pages of a list whose rows may be removed meanwhile. RentEngine counts in pages, so another row moves to the page before,
 * and would be missed: a unit that is leased leaves the list of those that are available. So each page begins with rows of the
 * one before: if it does not, that one is read again.
 */
export function steadyPages(
	get: Get,
	path: '/prospects' | '/units',
	query: IDataObject = {},
): ReturnType<typeof pagesFrom<Page>> {
	const seen = new Set<unknown>();
	let asked: Asked = { page: 0, limit: PAGE_ROWS };
	return pagesFrom<Page>(async () => {
		const { page, limit, overlaps } = asked;
		const found = await readPage(get, path, query, asked);
		const isMoved = overlaps && found.rows.length > 0 && !seen.has(found.rows[0]?.id);
		const before = isMoved ? await readPage(get, path, query, { page: page - 1, limit }) : { rows: [] };
		const all = [...before.rows, ...found.rows];
		const rows = all.filter(({ id }) => id === undefined || !seen.has(id));
		for (const { id } of rows) seen.add(id);
		// A page of another length, or rows without IDs: it cannot be told where they lie in the list.
		const isCounted = found.rows.length === limit && !seen.has(undefined);
		asked = isCounted ? pageBehind(endOf(asked)) : { page: page + 1, limit };
		return { ...found, rows };
	});
}

/** The most pages of a list that a look-up reads. A longer list leaves it undecided. */
const MOST_PAGES = 50;

/** A page that a look-up reads. */
interface PageSince extends Page {
	/** Compares times in it with the moment the request began. */
	when: Since;
}

/**
 * The pages of a list for a look-up: up to the last one, even after a page with nothing new, because *absent* must be certain.
 * Source: GET /leasing_events with `prospect_id`, `limit` and `page_number` from 0, as public clients use it.
 *
 * @param since when the request in doubt began, as `steadyNow` counts
 * @throws UndocumentedReply when what came is no page of the list
 */
export async function* pagesSince(
	{ ask }: LookUpTools,
	path: '/leasing_events' | '/prospects',
	query: IDataObject,
	since: number,
): AsyncGenerator<PageSince> {
	for (let page = 0; page < MOST_PAGES; page++) {
		const reply = replyIfDone(await ask(pageRequest(path, query, { page })));
		// Events do not come as a bare list, and prospects as nothing else.
		const isRight = isObject(reply?.body) === (path === '/leasing_events');
		const found = isRight ? pageIn(reply?.body) : undefined;
		if (!reply || !found) throw new UndocumentedReply();
		yield { ...found, when: sinceBy(reply, since) };
		if (!found.more) return;
	}
}

/** All rows of a list for a look-up. */
export interface RowsSince extends Pick<PageSince, 'rows' | 'when'> {
	/** Whether they are all rows of the list. */
	complete: boolean;
}

/** As `pagesSince`, with the rows of all pages together. */
export async function rowsSince(...list: Parameters<typeof pagesSince>): Promise<RowsSince> {
	const all: RowsSince = { rows: [], complete: false, when: () => 'unclear' };
	for await (const { rows, more, when } of pagesSince(...list)) {
		all.rows.push(...rows);
		all.complete = !more;
		all.when = when;
	}
	return all;
}

/** Whether RentEngine refused this one request, so that others may still succeed. */
const isRefused = (cause: unknown): boolean =>
	cause instanceof ReadFailed && cause.hasStatus([400, 403, 404, 422]);

/** The reply, or `otherwise` where RentEngine refused the request. */
export async function unlessRefused<T, Other>(reading: Promise<T>, otherwise: Other): Promise<T | Other> {
	return await orElse(reading, isRefused, otherwise);
}

/** The result of a look-up; `undecided` if a reply had another form than documented. */
export async function ifReadable<T>(lookUp: Promise<T>): Promise<T | 'undecided'> {
	return await orElse(lookUp, (cause) => cause instanceof UndocumentedReply, 'undecided' as const);
}
