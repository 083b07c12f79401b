import { readArguments } from '../../../bench/arguments.ts';

const read = (...args: string[]) => readArguments(args, ['a', 'b', 'c']);

it('The bench runs all cases, or those that are named', () => {
	expect(read().cases).toEqual(['a', 'b', 'c']);
	expect(read('--cases', 'ca').cases).toEqual(['c', 'a']);
});

it.each(['x', 'ax', ''])('The bench refuses the cases %p, of which it has none or not all', (cases) => {
	expect(() => read('--cases', cases)).toThrow(
		new TypeError('--cases takes some of the letters abc, and no others'),
	);
});
