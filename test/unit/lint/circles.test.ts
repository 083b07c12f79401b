import { join, relative } from 'node:path';

import { circlesIn, importsIn } from './support/imports.ts';

const root = join(__dirname, '..', '..', '..');

it.each(['nodes', 'emulator'])(
	'no modules of %s/ import each other in a circle, types included',
	(folder) => {
		const imports = importsIn(join(root, folder));
		expect(imports.size).toBeGreaterThan(20);
		const circles = circlesIn(imports).map((way) => way.map((file) => relative(root, file)).join(' → '));
		expect(circles).toEqual([]);
	},
);

it('a circle is found, however long and wherever it begins', () => {
	const imports = new Map([
		['entry', ['a', 'leaf']],
		['a', ['leaf', 'b']],
		['b', ['c']],
		['c', ['a']],
		['leaf', []],
	]);
	expect(circlesIn(imports)).toEqual([['a', 'b', 'c', 'a']]);
	imports.set('c', ['leaf']);
	expect(circlesIn(imports)).toEqual([]);
});
