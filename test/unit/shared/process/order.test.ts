import fc from 'fast-check';

import { eachOf, inOrder } from '../../../../nodes/shared/process/order';

describe('working through items', () => {
	it('begins each once, keeps the order of a key, and has no more than the limit under way', async () => {
		const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(
				keys,
				fc.integer({ min: 1, max: 6 }),
				fc.scheduler(),
				async (given, limit, scheduler) => {
					const begun: number[] = [];
					const underWay = new Map<string, number>();
					const work = async (index: number) => {
						const key = given[index] ?? '';
						expect(underWay.has(key)).toBe(false);
						underWay.set(key, index);
						expect(underWay.size).toBeLessThanOrEqual(limit);
						begun.push(index);
						await scheduler.schedule(Promise.resolve());
						underWay.delete(key);
					};
					await scheduler.waitFor(inOrder(given, limit, work));
					expect([...begun].sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
					for (const key of new Set(given)) {
						const own = begun.filter((index) => given[index] === key);
						expect(own).toEqual([...own].sort((a, b) => a - b));
					}
				},
			),
			{ numRuns: 300, seed: 20_261_120 },
		);
	});

	it('does not let items of other keys wait for one that takes long', async () => {
		const done: number[] = [];
		let finish = () => {};
		const long = new Promise<void>((resolve) => {
			finish = resolve;
		});
		const all = inOrder(['a', 'a', 'b', 'c', 'b'], 2, async (index) => {
			if (index === 0) await long;
			done.push(index);
		});
		await new Promise(setImmediate);
		expect(done).toEqual([2, 4, 3]);
		finish();
		await all;
		expect(done).toEqual([2, 4, 3, 0, 1]);
	});

	it('is done at once when there is nothing to work on', async () => {
		await inOrder([], 10, async () => await Promise.reject(new Error('no item')));
	});

	it('uses all the places there are, and gives each item, also one that comes twice', async () => {
		let most = 0;
		let underWay = 0;
		const items = Array.from({ length: 100 }, (_, index) => index % 50);
		const given: number[] = [];
		await eachOf(items, async (item, index) => {
			given[index] = item;
			most = Math.max(most, ++underWay);
			await new Promise(setImmediate);
			underWay--;
		});
		expect(most).toBe(8);
		expect(given).toEqual(items);
	});
});
