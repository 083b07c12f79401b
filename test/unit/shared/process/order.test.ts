import fc from 'fast-check';

import { eachOf, inOrder, joined } from '../../../../nodes/shared/process/order';

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

describe('joining items that share a key', () => {
	it('gives those that share one the same, also by way of a third item, and others another one', () => {
		const keysOfItems = fc.array(
			fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 3 }),
		);
		fc.assert(
			fc.property(keysOfItems, (keys) => {
				const groups = keys.map((_, index) => index);
				const isShared = (one: number, other: number) =>
					keys[one]?.some((key) => keys[other]?.includes(key)) ?? false;
				for (const [one] of keys.entries())
					for (const [other] of keys.entries())
						if (isShared(one, other)) {
							const [from, to] = [groups[one], groups[other]];
							groups.forEach((group, index) => group === from && (groups[index] = to ?? 0));
						}
				const joinedKeys = joined(keys);
				for (const [one] of keys.entries())
					for (const [other] of keys.entries())
						expect(joinedKeys[one] === joinedKeys[other]).toBe(groups[one] === groups[other]);
			}),
			{ numRuns: 300, seed: 20_261_130 },
		);
	});

	const COUNT = 20_000;
	const each = (keysOf: (index: number) => string[]) =>
		Array.from({ length: COUNT }, (_, index) => keysOf(index));

	it.each([
		['one key of all', each((index) => [`lead ${index}`, 'key'])],
		['one key of all, named first', each((index) => ['key', `lead ${index}`])],
		['each a key of the one before', each((index) => [`lead ${index}`, `lead ${index + 1}`])],
		[
			'each a key of the one after',
			each((index) => [`lead ${COUNT - index}`, `lead ${COUNT - index - 1}`]),
		],
		[
			'each a key of the one before, named first',
			each((index) => [`lead ${index + 1}`, `lead ${index}`]),
		],
	])('looks up few keys for each of many items: %s', (_, keys) => {
		const looks = jest.spyOn(Map.prototype, 'get');
		const joinedKeys = joined(keys);
		const { length } = looks.mock.calls;
		looks.mockRestore();
		expect(new Set(joinedKeys).size).toBe(1);
		expect(length).toBeLessThan(20 * COUNT);
	});
});
