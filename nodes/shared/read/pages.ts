import type { IDataObject } from 'n8n-workflow';

import { ListChanged } from '../find/get';
import { BoundedMap } from '../process/boundedMap';

/*
 * Reading a list page by page, for one reader or for several at once.
 */

/** One page of a list, as a service gave it. */
export interface Page {
	rows: IDataObject[];
	/** Whether the service says that there are more rows behind it. */
	more: boolean;
	/** Where to go on, as `pagesFrom` tells it. */
	next?: PageStart;
}

/** Where a page begins: the number of pages, and of rows, before it. Services count by the one or the other. */
export interface PageStart {
	page: number;
	offset: number;
}

export const BEGINNING: Readonly<PageStart> = { page: 0, offset: 0 };

/**
 * Reads a list page by page, up to the page that is the last. A row that comes again, because rows were added meanwhile
 * and moved it to a later page, is left out. A page with nothing but such rows is the last one that is read; otherwise it would
 * go on forever.
 *
 * @param read reads the page that begins there; what it throws ends the list
 * @param from where to begin
 * @returns each page with only its new rows; `next` says where to go on; it is missing at the end
 */
export async function* pagesFrom<One extends Page>(
	read: (start: PageStart) => Promise<One>,
	from: PageStart = BEGINNING,
): AsyncGenerator<One, void, undefined> {
	const seen = new Set<unknown>();
	let next: PageStart | undefined = from;
	while (next) {
		const found: One = await read(next);
		const rows = found.rows.filter(({ id }) => !seen.has(id));
		for (const { id } of rows) if (id !== undefined) seen.add(id);
		const goesOn = found.more && rows.length > 0;
		next = goesOn ? { page: next.page + 1, offset: next.offset + found.rows.length } : undefined;
		yield { ...found, rows, next };
	}
}

/** The first pages of a list. */
export async function* firstPages<One>(pages: AsyncIterable<One>, most: number): AsyncGenerator<One> {
	let count = 0;
	if (most <= 0) return;
	for await (const page of pages) {
		yield page;
		if (++count >= most) return;
	}
}

/** The pages with only those rows that are wanted. */
export async function* onlyRows<One extends Page>(
	pages: AsyncIterable<One>,
	wanted: (row: IDataObject) => boolean,
): AsyncGenerator<One> {
	for await (const page of pages) yield { ...page, rows: page.rows.filter(wanted) };
}

/**
 * The rows of pages, until there are enough or no further page.
 *
 * @param wanted how many rows at most; Infinity for all
 * @throws ListChanged when the service says that there are more rows, and gives none of them
 */
export async function collect(pages: AsyncIterable<Page>, wanted = Infinity): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	for await (const page of pages) {
		rows.push(...page.rows);
		if (rows.length >= wanted) break;
		if (page.more && !page.next) throw new ListChanged();
	}
	return rows.slice(0, wanted);
}

/** What one of several readers does with a list. */
interface Reader<One extends Page> {
	/** Reads the page that begins there, for all who read the list. */
	read(start: PageStart): Promise<One>;
	/** Goes through the new rows of a page; `true` when the reader needs no more. */
	visit(page: One): boolean;
}

/** How reading a list ended: where the reader stopped, at its end, or before its end, because it has too many pages. */
export type Way = 'stopped' | 'end' | 'tooLong';

interface Waiting<One extends Page> extends Reader<One> {
	resolve(way: Way): void;
	reject(cause: unknown): void;
}

/** The lists that are being read, each with those who wait for the next reading of it. All of them are in use. */
const lists = new BoundedMap<Array<Waiting<Page>>>({ most: 0, isInUse: () => true });

/**
 * Reads a list from its beginning, once for all in this process who want to know the same at the same time. A thousand
 * pages for each of ten look-ups would use up the rate that the writes need.
 *
 * A reader sees only pages that were read after it came, so that they hold all that was there by then. A reader that comes
 * while the list is being read waits for the next reading, together with the others that came meanwhile.
 *
 * @param list names the list: account, query
 * @param most how many pages are read at most
 * @returns how the reading ended for this reader; rejects when its own `read` or `visit` fails, and the others read on
 */
export async function readTogether<One extends Page>(
	list: string,
	most: number,
	reader: Reader<One>,
): Promise<Way> {
	return await new Promise<Way>((resolve, reject) => {
		// Two lists with one name have the same kind of pages.
		const waiting = { ...reader, resolve, reject } as unknown as Waiting<Page>;
		const others = lists.get(list);
		if (others) others.push(waiting);
		else void readAgainAndAgain(list, most, waiting);
	});
}

/** Reads a list until nobody waits for another reading of it. */
async function readAgainAndAgain(list: string, most: number, first: Waiting<Page>): Promise<void> {
	const next: Array<Waiting<Page>> = [first];
	lists.set(list, next);
	while (next.length > 0) await readOnce(new Set(next.splice(0)), most);
	lists.delete(list);
}

/** @param readers is emptied: each is told how the reading ended for it */
async function readOnce(readers: Set<Waiting<Page>>, most: number): Promise<void> {
	const endAll = (way: Way): void => {
		for (const { resolve } of readers) resolve(way);
	};
	const read = async (start: PageStart): Promise<Page> => {
		for (const reader of readers) {
			try {
				return await reader.read(start);
			} catch (cause) {
				readers.delete(reader);
				reader.reject(cause);
			}
		}
		return { rows: [], more: false };
	};
	const visit = (reader: Waiting<Page>, page: Page): void => {
		try {
			if (!reader.visit(page)) return;
			reader.resolve('stopped');
		} catch (cause) {
			reader.reject(cause);
		}
		readers.delete(reader);
	};
	for await (const page of firstPages(pagesFrom(read), most)) {
		for (const reader of readers) visit(reader, page);
		if (!page.more) endAll('end');
		if (!page.more || readers.size === 0) return;
	}
	endAll('tooLong');
}
