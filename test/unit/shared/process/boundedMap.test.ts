import fc from 'fast-check';

import { BoundedMap } from '../../../../nodes/shared/process/boundedMap';

const keysOf = (map: BoundedMap<unknown>) => map.entries().map(([key]) => key);

describe('a bounded map', () => {
	it('gives what was set, until it is deleted', () => {
		const map = new BoundedMap<number>({ most: 3 });
		map.set('a', 1);
		map.set('a', 2);
		expect([map.get('a'), map.get('b'), map.size]).toEqual([2, undefined, 1]);
		map.delete('a');
		expect([map.get('a'), map.size]).toEqual([undefined, 0]);
	});

	it('makes a missing value once', () => {
		const map = new BoundedMap<object>({ most: 3 });
		const make = jest.fn(() => ({}));
		expect(map.getOrAdd('a', make)).toBe(map.getOrAdd('a', make));
		expect(make).toHaveBeenCalledTimes(1);
	});

	it('lets the one go that was used longest ago', () => {
		const map = new BoundedMap<number>({ most: 2 });
		map.set('a', 1);
		map.set('b', 2);
		map.get('a');
		map.set('c', 3);
		expect(keysOf(map)).toEqual(['a', 'c']);
	});

	it('never gives what is over, and forgets it', () => {
		const over = new Set<string>();
		const map = new BoundedMap<string>({ most: 9, isOver: (value) => over.has(value) });
		for (const key of ['a', 'b', 'c']) map.set(key, key);
		over.add('b');
		expect(map.get('b')).toBeUndefined();
		over.add('a');
		map.set('d', 'd');
		expect(keysOf(map)).toEqual(['c', 'd']);
	});

	it('keeps a new value that is only filled afterwards', () => {
		const map = new BoundedMap<string[]>({ most: 9, isOver: ({ length }) => length === 0 });
		const made = map.getOrAdd('a', () => []);
		made.push('filled');
		expect(map.getOrAdd('a', () => [])).toBe(made);
	});

	it('makes anew what is over', () => {
		let now = 0;
		const map = new BoundedMap<{ until: number }>({ most: 9, isOver: ({ until }) => until <= now });
		const make = () => ({ until: now + 10 });
		const first = map.getOrAdd('a', make);
		now = 9;
		expect(map.getOrAdd('a', make)).toBe(first);
		now = 10;
		expect(map.getOrAdd('a', make)).not.toBe(first);
	});

	it('keeps what is in use although it is too many, until it is not', () => {
		const used = new Set(['a', 'b', 'c']);
		const map = new BoundedMap<string>({ most: 2, isInUse: (value) => used.has(value) });
		for (const key of ['a', 'b', 'c', 'd']) map.set(key, key);
		expect(keysOf(map)).toEqual(['a', 'b', 'c', 'd']);
		used.delete('b');
		map.set('e', 'e');
		expect(keysOf(map)).toEqual(['a', 'c', 'e']);
	});

	it('never holds more than its bound and what is in use, and loses nothing newer than what it keeps', () => {
		const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
		const step = fc.record({ does: fc.constantFrom('get', 'set', 'delete'), key });
		fc.assert(
			fc.property(fc.array(step), fc.subarray(['a', 'b', 'c']), (steps, inUse) => {
				const map = new BoundedMap<string>({ most: 3, isInUse: (value) => inUse.includes(value) });
				let lastUsed: string[] = [];
				for (const { does, key } of steps) {
					const there = keysOf(map).includes(key);
					if (does === 'set') map.set(key, key);
					if (does === 'delete') map.delete(key);
					if (does === 'get') expect(map.get(key)).toBe(there ? key : undefined);
					lastUsed = lastUsed.filter((other) => other !== key);
					if (does === 'set' || (does === 'get' && there)) lastUsed.push(key);
					const kept = keysOf(map);
					expect(kept.length).toBeLessThanOrEqual(Math.max(3, inUse.length + 1));
					// In the order of their last use.
					expect(kept).toEqual(lastUsed.filter((other) => kept.includes(other)));
					// What has gone was used longer ago than all that stays and is not in use.
					const spare = kept.filter((other) => !inUse.includes(other));
					lastUsed
						.filter((other) => !kept.includes(other))
						.forEach((gone) => {
							for (const stays of spare)
								expect(lastUsed.indexOf(gone)).toBeLessThan(lastUsed.indexOf(stays));
						});
					lastUsed = kept;
				}
			}),
			{ seed: 20_261_126, numRuns: 500 },
		);
	});
});
