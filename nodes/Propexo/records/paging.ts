import type { IDataObject } from 'n8n-workflow';

import { isObject, listOfObjects } from '../../shared/json/objects';
import type { Page, PageStart } from '../../shared/read/pages';
import { BEGINNING, collect, onlyRows, pagesFrom } from '../../shared/read/pages';
import type { Listed } from '../../shared/find/findable';
import type { Get } from '../../shared/find/get';
import { ListChanged, NothingThere, ReadFailed, UndocumentedReply } from '../../shared/find/get';
import { titleCase } from '../../shared/json/text';
import { isAt } from './record';

/** The most records a page of a list holds. Source: `limit` of the lists in Propexo's OpenAPI file. */
const PAGE = 250;

/** How many pages are asked for at the same time, where the whole list is read. */
const AT_ONCE = 4;

/*
 * Sorted by time, then by ID: one sync brings many records at the same moment, which could otherwise change their
 * places between two pages. Source: Propexo's page "Sorting Results".
 */
const NEWEST_FIRST = 'created_at:desc,id:desc';
const OLDEST_FIRST = 'created_at:asc,id:asc';

/** One page, and how many records the whole list has: 0 if Propexo does not say. */
interface CountedPage extends Page {
	total: number;
}

/**
 * Reads one page of a list: `{ meta: { hasMore, total, limit }, results: […] }`. All of `meta` may be missing. Without
 * `hasMore`, a full page counts as followed by another one, and so does one with fewer records than `total` says. `limit` is what
 * Propexo gives at most, if that is less than what was asked for.
 *
 * @throws UndocumentedReply for anything else, such as an empty page with more behind it
 */
async function readPage(get: Get, path: string, query: IDataObject): Promise<CountedPage> {
	const body = await get({ method: 'GET', path, query });
	const { results, meta } = isObject(body) ? body : {};
	const rows = listOfObjects(results);
	const { hasMore, total: told, limit } = isObject(meta) ? meta : {};
	if (!rows) throw new UndocumentedReply();
	const total = typeof told === 'number' ? told : 0;
	const { length } = rows;
	const most = Math.min(Number(query.limit), typeof limit === 'number' ? limit : Infinity);
	const isFollowed = length > 0 && (length >= most || Number(query.offset) + length < total);
	const more = typeof hasMore === 'boolean' ? hasMore : isFollowed;
	if (more && length === 0) throw new UndocumentedReply();
	return { rows, more, total };
}

/**
 * The pages of a list, newest first, as the API gives it.
 *
 * @param limit how many records a page holds at most
 */
export function pagesOf(
	get: Get,
	path: string,
	query: IDataObject,
	{ limit = PAGE, from = BEGINNING }: { limit?: number; from?: PageStart } = {},
): ReturnType<typeof pagesFrom<Page>> {
	const asked = { ...query, 'order-by': NEWEST_FIRST, limit };
	return pagesFrom<Page>(async ({ offset }) => await readPage(get, path, { ...asked, offset }), from);
}

/** How often a list is read in all, if records are removed from it each time. */
const MOST_READINGS = 3;

/**
 * Reads a whole list, several pages at once, and gives it newest first: a record that is not in it does not exist. It is
 * read oldest first: what is added in the meantime then comes at the end, and no record moves to another page.
 *
 * @param most the most requests for that; if more are needed, it gives their number instead
 * @throws ListChanged when records were removed from it each time
 */
export async function wholeList(get: Get, path: string, query: IDataObject, most: number): Promise<Listed> {
	let before: number | undefined;
	for (let readings = 0; readings < MOST_READINGS; readings++) {
		const listed = await readUpTo(get, path, query, most);
		if (!('rows' in listed) || !listed.short) return listed;
		const { length } = listed.rows;
		// Propexo counts more than it gave, and gave as many the time before: for those who want all, that is all.
		if (most === Infinity && length === before) return listed;
		before = length;
	}
	throw new ListChanged();
}

/** The records that match the query of a finder. One page is enough, because few records share a value. */
export async function askList(
	get: Get,
	path: string,
	query: IDataObject,
): Promise<{ rows: IDataObject[]; more: boolean }> {
	return await readPage(get, path, { ...query, 'order-by': NEWEST_FIRST, limit: PAGE, offset: 0 });
}

async function readUpTo(
	get: Get,
	path: string,
	query: IDataObject,
	most: number,
): Promise<{ rows: IDataObject[]; requests: number; short: boolean } | { requests: number }> {
	const asked = { ...query, 'order-by': OLDEST_FIRST, limit: PAGE };
	const seen = new Set<unknown>();
	const read = async ({ offset }: PageStart) => {
		const page = await readPage(get, path, { ...asked, offset });
		// It would go on like this forever.
		if (page.more && page.rows.every(({ id }) => seen.has(id))) throw new ListChanged();
		for (const { id } of page.rows) if (id !== undefined) seen.add(id);
		return page;
	};
	const first = await read(BEGINNING);
	const size = first.rows.length;
	const requests = first.more ? Math.max(Math.ceil(first.total / size), 2) : 1;
	if (requests > most) return { requests };
	const told = first.more ? await readTold(read, size, Math.ceil(first.total / size)) : [];
	const pages: CountedPage[] = [first, ...told];
	if (pages.every(({ more }) => more)) {
		// There are more pages than the list said.
		const from = { page: pages.length, offset: pages.length * size };
		for await (const page of pagesFrom<CountedPage>(read, from)) pages.push(page);
	}
	const rows = pages.flatMap((page) => page.rows);
	const all = [...new Map(rows.map((row) => [row.id ?? row, row])).values()].reverse();
	// Records were removed meanwhile, so that others may have been missed.
	const short = all.length < first.total || pages.some(({ total }) => total < first.total);
	return { rows: all, requests: pages.length, short };
}

/**
 * The pages from the second one on, as many as the list says: several at once, up to one that says it is the last.
 *
 * @param size rows of the first page
 * @param count how many pages there are, with the first
 */
async function readTold(
	read: (start: PageStart) => Promise<CountedPage>,
	size: number,
	count: number,
): Promise<CountedPage[]> {
	const pages: CountedPage[] = [];
	let next = 1;
	let end = count;
	const work = async () => {
		for (let page = next++; page < end; page = next++) {
			const found = await read({ page, offset: page * size }).catch(async (cause: unknown) => {
				end = 0;
				return await Promise.reject(cause as Error);
			});
			pages[page - 1] = found;
			if (!found.more) end = 0;
		}
	};
	// If one fails, the others end first: no request is left under way.
	for (const ended of await Promise.allSettled(Array.from({ length: AT_ONCE }, work))) {
		if (ended.status === 'rejected') await Promise.reject(ended.reason as Error);
	}
	return pages;
}

/** Finds out about rows what they do not hold themselves. */
export type Complete = (rows: IDataObject[]) => Promise<void>;

async function* completed(pages: AsyncIterable<Page>, complete?: Complete): AsyncGenerator<Page> {
	for await (const page of pages) {
		await complete?.(page.rows);
		yield page;
	}
}

/** Which records of a list are wanted; all of them, if nothing is said. */
interface Newest {
	/** How many at most. */
	wanted?: number;
	keeps?(row: IDataObject): boolean;
	/** Is called before `keeps`. */
	complete?: Complete;
}

/** Reads the newest records of a list. */
export async function newest(
	get: Get,
	path: string,
	query: IDataObject,
	{ wanted = Infinity, keeps, complete }: Newest = {},
): Promise<IDataObject[]> {
	const isKept = keeps ?? (() => true);
	if (wanted === Infinity) {
		const listed = await wholeList(get, path, query, wanted);
		const rows = 'rows' in listed ? listed.rows : [];
		await complete?.(rows);
		return rows.filter(isKept);
	}
	// If some rows are left out, full pages are read: more rows may be needed than are wanted.
	const pages = pagesOf(get, path, query, { limit: keeps ? PAGE : Math.min(PAGE, wanted) });
	return await collect(onlyRows(completed(pages, complete), isKept), wanted);
}

/** @noMessage It ends the messages below. */
const CHECK_ID =
	"Check the ID: it must be Propexo's, not that of the PMS, and belong to the account of the credential.";

/** Whether Propexo has answered that it has no such record. */
export const hasNone = (cause: unknown): boolean =>
	cause instanceof NothingThere || (cause instanceof ReadFailed && cause.hasStatus([404]));

/**
 * Reads the record that an item names by its ID in a field, in order to find another one.
 *
 * @throws NothingThere, naming that field, when there is none
 */
export async function readNamed(reading: Promise<IDataObject>, what: string): Promise<IDataObject> {
	return await reading.catch(async (cause: Error) => {
		if (!hasNone(cause)) return await Promise.reject(cause);
		/**
		 * @example Propexo has no lead with the ID in 'Lead'
		 * @cause Where to look for a record depends on another field, and Propexo has none of the ID in that.
		 * @cure Use the ID that Propexo has, not that of the PMS; or choose another way, such as _By Email_.
		 */
		throw new NothingThere(`Propexo has no ${what} with the ID in '${titleCase(what)}'`, CHECK_ID);
	});
}

/**
 * Reads one record by its ID: the reply has an object in `results`, not a list. Another record than that is no answer.
 *
 * @param what the record as users call it: "lead"
 */
export async function readOne(get: Get, path: string, what: string): Promise<IDataObject> {
	const body = await get({ method: 'GET', path });
	if (!isObject(body)) throw new UndocumentedReply();
	if (isAt(path, body.results)) return body.results;
	if (body.results !== null) throw new UndocumentedReply();
	/**
	 * @cause There is no such record in the account of the credential.
	 * @cure Use the ID that Propexo has, not that of the PMS.
	 */
	throw new NothingThere(`Propexo has no ${what} of this ID`, CHECK_ID);
}
