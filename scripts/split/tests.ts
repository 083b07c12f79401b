import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, importsOf, isForeign } from './files.ts';
import { othersThan, type Part } from './parts.ts';
import { forPart } from './text.ts';

/** What the package of one service has beside its tests; a test that needs more stays in the whole package. */
const ROOMS = ['nodes/', 'credentials/', 'emulator/', 'test/'];
/** Suites that need no installed n8n. */
const SUITES = ['test/unit', 'test/engine'];
/** Tests of the split itself. */
const OWN = 'test/unit/split/';

/**
 * The tests of one service and all that they import from test/: those that speak of it, of no other service, and
 * use nothing its package does not have.
 */
export function testsOf(root: string, part: Part): { tests: string[]; support: string[] } {
	const others = othersThan(part);
	const textOf = (path: string) => forPart(readFileSync(join(root, path), 'utf8'), part);
	const tests = SUITES.flatMap((suite) => filesBelow(root, suite)).filter((path) => {
		if (!path.endsWith('.test.ts') || path.startsWith(OWN)) return false;
		const text = `${path}\n${textOf(path)}`;
		if (others.some(({ words }) => words.test(text))) return false;
		if (!part.words.test(text) && !path.startsWith('test/engine/support/')) return false;
		return [...closure(root, path, textOf)].every(
			(used) => ROOMS.some((room) => used.startsWith(room)) && !isForeign(used, part),
		);
	});
	const used = new Set(tests.flatMap((path) => [...closure(root, path, textOf)]));
	const support = ['test/jest.setup.ts', ...used].filter(
		(path) => path.startsWith('test/') && !tests.includes(path),
	);
	const data = filesBelow(root, 'test').filter(
		(path) =>
			!path.endsWith('.ts') && isBeside(path, tests) && !others.some(({ words }) => words.test(path)),
	);
	return { tests, support: [...new Set([...support, ...data])].sort() };
}

/** Everything a file imports, itself not included. */
function closure(
	root: string,
	path: string,
	textOf: (path: string) => string,
	seen = new Set<string>(),
): Set<string> {
	for (const next of importsOf(root, path, textOf(path))) {
		if (seen.has(next)) continue;
		seen.add(next);
		closure(root, next, textOf, seen);
	}
	return seen;
}

/** Data that lies with a test, such as an API's description. */
function isBeside(path: string, tests: string[]): boolean {
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	return tests.some((test) => test.startsWith(folder.replace(/(fixtures|data)\/$/, '')));
}
