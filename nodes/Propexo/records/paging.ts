import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/json/objects';
import type { Get } from '../../shared/read/read';
import { NothingThere, UndocumentedReply } from '../../shared/read/read';

/** The most records a page of a list holds. Source: `limit` of the lists in Propexo's OpenAPI file. */
export const PAGE = 250;

/** How many pages are asked for at the same time, where the whole list is read. */
const AT_ONCE = 4;

/*
 * The ID comes second: one sync brings many records at the same moment, and those could otherwise change their places
 * from one page to the next. Source: Propexo's page "Sorting Results".
 */
export const NEWEST_FIRST = 'created_at:desc,id:desc';
const OLDEST_FIRST = 'created_at:asc,id:asc';

/** One page of a list, and whether there are more behind it. */
export interface Page {
	rows: IDataObject[];
	more: boolean;
	/** How many records the whole list has, where that is told. */
	total: number;
}

/**
 * Reads the answer to a list: `{ meta: { hasMore, total }, results: […] }`. Both may be missing; a full page may then
 * have another behind it, and an empty one never has.
 *
 * @throws UndocumentedReply for anything else
 */
export function readPage(body: unknown, limit: number): Page {
	if (!isObject(body) || !Array.isArray(body.results)) throw new UndocumentedReply();
	const rows = body.results.filter(isObject) as IDataObject[];
	const { hasMore, total } = isObject(body.meta) ? body.meta : {};
	const more = typeof hasMore === 'boolean' ? hasMore : rows.length >= limit;
	return { rows, more: more && rows.length > 0, total: typeof total === 'number' ? total : 0 };
}

/** The rows of a page that no page before it had. */
function freshOf({ rows }: Page, seen: Set<unknown>): IDataObject[] {
	const fresh = rows.filter(({ id }) => !seen.has(id));
	for (const { id } of fresh) if (id !== undefined) seen.add(id);
	return fresh;
}

/**
 * Reads a list page by page, newest first, as the API gives it. A record that was added meanwhile moves all others on
 * by one place, so that one of them comes again; it is left out.
 *
 * @param wanted how many records are asked for, so that no page is larger than needed
 */
export async function* pagesOf(
	get: Get,
	path: string,
	query: IDataObject,
	wanted = Infinity,
): AsyncGenerator<IDataObject[], void, undefined> {
	const limit = Math.min(PAGE, wanted);
	const ordered = { ...query, 'order-by': NEWEST_FIRST };
	const seen = new Set<unknown>();
	for (let offset = 0, more = true; more;) {
		const page = readPage(
			await get({ method: 'GET', path, query: { ...ordered, limit, offset } }),
			limit,
		);
		offset += page.rows.length;
		more = page.more;
		const fresh = freshOf(page, seen);
		// Nothing but rows seen before: it would go on like this for ever.
		more &&= fresh.length > 0;
		yield fresh;
	}
}

/**
 * Reads a whole list, several pages at once, and gives it newest first. It is read oldest first: what is added
 * meanwhile then comes at the end, and no record changes its page between two that are read together.
 */
async function readAll(get: Get, path: string, query: IDataObject): Promise<IDataObject[]> {
	const seen = new Set<unknown>();
	const ask = async (offset: number): Promise<Page> => {
		const asked = { ...query, 'order-by': OLDEST_FIRST, limit: PAGE, offset };
		const page = readPage(await get({ method: 'GET', path, query: asked }), PAGE);
		return { ...page, more: page.more && freshOf(page, seen).length > 0 };
	};
	const first = await ask(0);
	const pages = [first];
	const size = first.rows.length;
	const count = first.more ? Math.ceil(first.total / size) : 0;
	let next = 1;
	const giveUp = async (cause: unknown) => {
		next = count;
		return await Promise.reject(cause as Error);
	};
	const work = async () => {
		for (let page = next++; page < count; page = next++) {
			const found = await ask(page * size).catch(giveUp);
			pages[page] = found;
			// The last one, whatever `total` says, or one with nothing but rows seen before.
			if (!found.more) next = count;
		}
	};
	// Nothing is left under way when one of them fails.
	for (const ended of await Promise.allSettled(Array.from({ length: AT_ONCE }, work))) {
		if (ended.status === 'rejected') await Promise.reject(ended.reason as Error);
	}
	for (let offset = pages.length * size, last = pages.at(-1); last?.more; last = pages.at(-1)) {
		const page = await ask(offset);
		pages.push(page);
		offset += page.rows.length;
	}
	const rows = pages.flatMap((page) => page.rows);
	return [...new Map(rows.map((row) => [row.id ?? row, row])).values()].reverse();
}

/**
 * Reads the newest records of a list.
 *
 * @param wanted how many at most; Infinity for all
 * @param keeps leaves out those that are not meant
 */
export async function newest(
	get: Get,
	path: string,
	query: IDataObject,
	wanted: number,
	keeps?: (row: IDataObject) => boolean,
): Promise<IDataObject[]> {
	if (wanted === Infinity) {
		const all = await readAll(get, path, query);
		return keeps ? all.filter(keeps) : all;
	}
	const kept: IDataObject[] = [];
	// Where some are left out, a page is not made smaller than it may be.
	for await (const page of pagesOf(get, path, query, keeps ? PAGE : wanted)) {
		kept.push(...(keeps ? page.filter(keeps) : page));
		if (kept.length >= wanted) break;
	}
	return kept.slice(0, wanted);
}

/**
 * Reads one record by its ID: the answer has an object in `results`, not a list.
 *
 * @param what the record as users call it: "lead"
 */
export async function readOne(get: Get, path: string, what: string): Promise<IDataObject> {
	const body = await get({ method: 'GET', path });
	if (!isObject(body)) throw new UndocumentedReply();
	if (isObject(body.results)) return body.results as IDataObject;
	if (body.results !== null) throw new UndocumentedReply();
	throw new NothingThere(
		`Propexo has no ${what} of this ID`,
		`Check the ID: it must be the one Propexo uses, not that of the PMS, and belong to the account of the credential.`,
	);
}
