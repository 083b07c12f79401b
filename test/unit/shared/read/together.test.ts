import type { Page, PageStart } from '../../../../nodes/shared/read/pages';
import { readTogether } from '../../../../nodes/shared/read/pages';

interface Numbers extends Page {
	rows: Array<{ id: number }>;
}

/** A list of numbered rows, two on each page. Each page comes when the test lets it. */
function listOf(size: number) {
	const asked: Array<[who: string, page: number]> = [];
	const due: Array<() => void> = [];
	/** Reads the list; `seen` tells what the reader was shown. */
	const reader = (who: string, last = Infinity) => {
		const seen: number[] = [];
		const way = readTogether<Numbers>('the list', 5, {
			read: async ({ page, offset }: PageStart) => {
				asked.push([who, page]);
				await new Promise<void>((resolve) => due.push(resolve));
				if (who === 'broken') throw new Error('No answer');
				const rows = Array.from({ length: Math.min(2, size - offset) }, (_, at) => ({
					id: offset + at,
				}));
				return { rows, more: offset + 2 < size };
			},
			visit: ({ rows }) => {
				seen.push(...(rows as Array<{ id: number }>).map(({ id }) => id));
				return seen.includes(last);
			},
		});
		return { seen, way };
	};
	/** Lets pages come until nothing more is asked. */
	const serve = async (pages = Infinity) => {
		for (let served = 0; served < pages; served++) {
			await new Promise(setImmediate);
			const next = due.shift();
			if (!next) return;
			next();
		}
		await new Promise(setImmediate);
	};
	return { reader, serve, asked };
}

describe('a list that several read at the same time', () => {
	it('is read once more for all who came while it was read, from its beginning', async () => {
		const { reader, serve, asked } = listOf(6);
		const first = reader('first');
		await serve(1);
		const others = [reader('second'), reader('third')];
		await serve();
		const all = [first, ...others];
		expect(await Promise.all(all.map(async ({ way }) => await way))).toEqual(['end', 'end', 'end']);
		for (const { seen } of all) expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
		expect(asked).toEqual(
			[0, 1, 2].flatMap((page) => [['first', page]]).concat([0, 1, 2].map((page) => ['second', page])),
		);
	});

	it('is read on for the others when one has found its row', async () => {
		const { reader, serve, asked } = listOf(6);
		const first = reader('first', 0);
		const second = reader('second', 1);
		const third = reader('third');
		await serve();
		expect([await first.way, await second.way, await third.way]).toEqual(['stopped', 'stopped', 'end']);
		expect(second.seen).toEqual([0, 1]);
		expect(third.seen).toHaveLength(6);
		expect(asked.map(([who]) => who)).toEqual(['first', 'second', 'third', 'third']);
	});

	it('is read on by another when the one who reads fails', async () => {
		const { reader, serve } = listOf(4);
		const first = reader('first');
		const broken = reader('broken');
		const failure = expect(broken.way).rejects.toThrow('No answer');
		const third = reader('third');
		await serve();
		await failure;
		expect([await first.way, await third.way]).toEqual(['end', 'end']);
		expect(third.seen).toEqual([0, 1, 2, 3]);
	});

	it('fails for the one who reads alone, and can be read again', async () => {
		const { reader, serve } = listOf(4);
		const broken = reader('broken');
		const failure = expect(broken.way).rejects.toThrow('No answer');
		await serve();
		await failure;
		const next = reader('next');
		await serve();
		expect(await next.way).toBe('end');
	});

	it('is read on for the others when one cannot make sense of a page', async () => {
		const { reader, serve } = listOf(4);
		const first = reader('first');
		const second = reader('second');
		const confused = readTogether<Numbers>('the list', 5, {
			read: async () => await Promise.reject(new Error('Not asked')),
			visit: () => {
				throw new Error('What is this?');
			},
		});
		const failure = expect(confused).rejects.toThrow('What is this?');
		await serve();
		await failure;
		expect([await first.way, await second.way]).toEqual(['end', 'end']);
		expect(second.seen).toEqual([0, 1, 2, 3]);
	});

	it('is too long when it has more pages than may be read', async () => {
		const { reader, serve, asked } = listOf(100);
		const { way } = reader('first');
		await serve();
		expect(await way).toBe('tooLong');
		expect(asked).toHaveLength(5);
	});
});
