import type { IDataObject } from 'n8n-workflow';

import { readServiceTime } from '../../shared/http/clock';
import type { ServiceRequest } from '../../shared/http/service';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import type { Get } from '../../shared/read/read';
import { ReadFailed, UndocumentedReply } from '../../shared/read/read';

/** Most rows that RentEngine gives at once. Source: "Pagination" of its API's introduction. */
export const PAGE_ROWS = 100;

/** A record as a list gives it. */
export type Row = IDataObject;

/** One page of a list, and whether there are more behind it. */
export interface Page {
	rows: Row[];
	more: boolean;
}

/**
 * The page in an answer; undefined when there is none. Prospects and units come as bare arrays, events as
 * `{ data, page: { has_more } }`; a list that does not say goes on while it is full. Source: public clients of 2026,
 * for want of a documented reply.
 */
export function pageIn(body: unknown): Page | undefined {
	const list = isObject(body) ? body.data : body;
	if (!Array.isArray(list)) return undefined;
	const page = isObject(body) && isObject(body.page) ? body.page : {};
	const more = typeof page.has_more === 'boolean' ? page.has_more : list.length >= PAGE_ROWS;
	return { rows: list.filter(isObject) as Row[], more };
}

/** Only what was filled in: RentEngine refuses query parameters that are empty or that it does not know. */
function filledIn(query: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(query).filter(([, value]) => value !== undefined && value !== ''),
	);
}

/** The question for one page of a list; the first is page 0. */
export function pageRequest(path: string, query: IDataObject, page: number): ServiceRequest {
	return { method: 'GET', path, query: { ...filledIn(query), limit: PAGE_ROWS, page_number: page } };
}

/**
 * Reads one page of a list.
 *
 * @throws UndocumentedReply when what came is none
 */
export async function readPage(get: Get, path: string, query: IDataObject, page: number): Promise<Page> {
	const read = pageIn(await get(pageRequest(path, query, page)));
	if (!read) throw new UndocumentedReply();
	return read;
}

/** A checked date and time in UTC, as RentEngine itself writes it. */
export const utc = (time: unknown): string | undefined =>
	typeof time === 'string' ? new Date(time).toISOString() : undefined;

/**
 * Reads a list page by page from page 0 on (asking for page 1 first loses rows). Rows that move to a later page while
 * it is read are given once.
 */
export async function* pages(get: Get, path: string, query: IDataObject = {}): AsyncGenerator<Row[]> {
	const seen = new Set<string>();
	for (let page = 0; ; page++) {
		const { rows, more } = await readPage(get, path, query, page);
		const fresh = rows.filter(({ id }) => id === undefined || !seen.has(textOf(id)));
		for (const { id } of fresh) seen.add(textOf(id));
		yield fresh;
		// Nothing but rows seen before: it would go on like this for ever.
		if (!more || fresh.length === 0) return;
	}
}

/** The pages with only those rows that are wanted. */
export async function* onlyRows(
	all: AsyncIterable<Row[]>,
	wanted: (row: Row) => boolean,
): AsyncGenerator<Row[]> {
	for await (const rows of all) yield rows.filter(wanted);
}

/**
 * Whether a row was created within two checked times, the first of them included. A row without a readable time is
 * in no span.
 */
export function createdWithin(after: unknown, before: unknown): (row: Row) => boolean {
	if (after === undefined && before === undefined) return () => true;
	const from = after === undefined ? -Infinity : Date.parse(textOf(after));
	const until = before === undefined ? Infinity : Date.parse(textOf(before));
	return ({ created_at }) => {
		const time = readServiceTime(created_at);
		return time >= from && time < until;
	};
}

/** What refuses a question, without that others would be in vain: the question is not allowed or not understood. */
const isRefused = (cause: unknown): boolean =>
	cause instanceof ReadFailed && [400, 403, 404, 422].includes(cause.outcome.report.httpCode ?? 0);

/** The answer, or `otherwise` when RentEngine does not take the question. */
export async function unlessRefused<T, Other>(question: Promise<T>, otherwise: Other): Promise<T | Other> {
	return await question.catch(async (cause: unknown) =>
		isRefused(cause) ? otherwise : await Promise.reject(cause as Error),
	);
}
