import { BoundedMap } from '../process/boundedMap';
import type { Page, PageStart } from './pages';
import { firstPages, pagesFrom } from './pages';

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
