import type { IDataObject } from 'n8n-workflow';

import { ListChanged } from '../find/get';

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
 * @returns each page with its new rows alone; `next` says where to go on; it is missing at the end
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
