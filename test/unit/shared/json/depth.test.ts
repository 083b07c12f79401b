import { isDeeperThan } from '../../../../nodes/shared/json/objects';

/** So many lists and objects in each other, in turn. */
function nested(levels: number): unknown {
	let value: unknown = 'leaf';
	for (let level = 0; level < levels; level++) value = level % 2 ? [1, value] : { a: value, b: null };
	return value;
}

describe('the depth of a value', () => {
	it.each([
		[0, 'text', false],
		[0, null, false],
		[0, {}, true],
		[3, nested(3), false],
		[3, nested(4), true],
		[200, nested(200), false],
		[200, nested(201), true],
		[200, nested(500_000), true],
	])('beyond %i levels is told from one within them', (levels, value, deeper) => {
		expect(isDeeperThan(value, levels)).toBe(deeper);
	});

	it('of a value that contains itself, in however many places, has no end', () => {
		const loop: unknown[] = [];
		loop.push(loop, { loop }, [loop]);
		expect(isDeeperThan(loop, 200)).toBe(true);
	});

	it('of one value in many places is that of one of them', () => {
		let value: unknown = {};
		for (let level = 0; level < 100; level++) value = { a: value, b: value };
		expect(isDeeperThan(value, 200)).toBe(false);
	});
});
