import type { IDataObject } from 'n8n-workflow';

import { ListChanged } from '../../../../nodes/shared/find/get';
import type { Page, PageStart } from '../../../../nodes/shared/read/pages';
import { collect, firstPages, onlyRows, pagesFrom } from '../../../../nodes/shared/read/pages';

const rowsOf = (...ids: Array<number | undefined>): IDataObject[] =>
	ids.map((id) => (id === undefined ? {} : { id }));

/** A list that gives these pages, and notes where it was read. */
function listOf(pages: Page[]) {
	const read: PageStart[] = [];
	return {
		read,
		pages: (from?: PageStart) =>
			pagesFrom(async (place) => {
				read.push(place);
				return pages[place.page] ?? { rows: [], more: false };
			}, from),
	};
}

const idsOf = (rows: IDataObject[]) => rows.map(({ id }) => id);

describe('the pages of a list', () => {
	it('are read to the last one, by page and by row', async () => {
		const list = listOf([
			{ rows: rowsOf(1, 2, 3), more: true },
			{ rows: rowsOf(4, 5), more: true },
			{ rows: rowsOf(6), more: false },
		]);
		expect(idsOf(await collect(list.pages()))).toEqual([1, 2, 3, 4, 5, 6]);
		expect(list.read).toEqual([
			{ page: 0, offset: 0 },
			{ page: 1, offset: 3 },
			{ page: 2, offset: 5 },
		]);
	});

	it('hold each row once, although one moved to the next page', async () => {
		const list = listOf([
			{ rows: rowsOf(1, 2), more: true },
			{ rows: rowsOf(2, 3), more: false },
		]);
		expect(idsOf(await collect(list.pages()))).toEqual([1, 2, 3]);
	});

	it('keep all rows without an ID', async () => {
		const list = listOf([
			{ rows: rowsOf(undefined, undefined), more: true },
			{ rows: rowsOf(undefined), more: false },
		]);
		expect(await collect(list.pages())).toHaveLength(3);
	});

	it.each([
		['brings nothing new', rowsOf(1, 2)],
		['is empty', []],
	])('are no whole list when a page %s and the service says that there are more', async (_, rows) => {
		const again = { rows, more: true };
		const list = listOf([{ rows: rowsOf(1, 2), more: true }, again, again, again]);
		await expect(collect(list.pages())).rejects.toThrow(ListChanged);
		expect(list.read).toHaveLength(2);
		expect(idsOf(await collect(list.pages(), 2))).toEqual([1, 2]);
		expect(idsOf(await collect(firstPages(list.pages(), 1)))).toEqual([1, 2]);
	});

	it('end at an empty page', async () => {
		const list = listOf([
			{ rows: rowsOf(1), more: true },
			{ rows: [], more: false },
		]);
		expect(idsOf(await collect(list.pages()))).toEqual([1]);
	});

	it('say where to go on, and go on there', async () => {
		const list = listOf([
			{ rows: rowsOf(1, 2), more: true },
			{ rows: rowsOf(3), more: false },
		]);
		const { value: first } = await list.pages().next();
		expect(first?.next).toEqual({ page: 1, offset: 2 });
		for await (const page of list.pages(first?.next)) {
			expect([idsOf(page.rows), page.next]).toEqual([[3], undefined]);
		}
	});

	it('are not read further than needed', async () => {
		const list = listOf(Array.from({ length: 9 }, (_, page) => ({ rows: rowsOf(page), more: true })));
		expect(idsOf(await collect(list.pages(), 2))).toEqual([0, 1]);
		expect(idsOf(await collect(firstPages(list.pages(), 3)))).toEqual([0, 1, 2]);
		expect(await collect(firstPages(list.pages(), 0))).toEqual([]);
		expect(list.read).toHaveLength(5);
	});

	it('can be narrowed to some rows', async () => {
		const list = listOf([{ rows: rowsOf(1, 2, 3), more: false }]);
		const odd = onlyRows(list.pages(), ({ id }) => Number(id) % 2 === 1);
		expect(idsOf(await collect(odd))).toEqual([1, 3]);
	});

	it('end with what reading throws', async () => {
		const failing = pagesFrom(async () => await Promise.reject(new Error('no answer')));
		await expect(collect(failing)).rejects.toThrow('no answer');
	});
});
