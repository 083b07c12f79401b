import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, importsOf, isForeign } from './files.ts';
import { names, othersThan, type Part } from './parts.ts';
import { forPart } from './text.ts';

/** What the package of one service has beside its tests; a test that needs more stays in the whole package. */
const ROOMS = ['nodes/', 'credentials/', 'emulator/', 'test/'];
/** Suites that need no installed n8n. */
const SUITES = ['test/unit', 'test/engine'];
/** Tests of what only the whole package has: its pages, its tools, the split itself. */
export const WHOLE_ONLY = ['test/unit/docs/', 'test/unit/scripts/'];
/** The emulator goes into every package with all services, and so do its tests. */
export const EMULATOR = 'test/unit/emulator/';

/**
 * The tests of a package and all that they import from test/. A test belongs to every package but for those of a
 * service that it does not name when it names another one: what names none is about what all of them contain.
 */
export function testsOf(root: string, part: Part): { tests: string[]; support: string[] } {
	const others = othersThan(part);
	const textOf = (path: string) => forPart(readFileSync(join(root, path), 'utf8'), part);
	const aboutOthers = (path: string, text: string): boolean =>
		!path.startsWith(EMULATOR) && others.some((other) => names(`${path}\n${text}`, other));
	const tests = SUITES.flatMap((suite) => filesBelow(root, suite)).filter(
		(path) =>
			path.endsWith('.test.ts') &&
			!WHOLE_ONLY.some((folder) => path.startsWith(folder)) &&
			!aboutOthers(path, textOf(path)),
	);
	for (const path of tests) {
		const missing = [...closure(root, path, textOf)].filter(
			(used) => !ROOMS.some((room) => used.startsWith(room)) || isForeign(used, part),
		);
		// Left out silently, a test would be missed by nobody.
		if (missing.length > 0)
			throw new Error(`${path} needs what ${part.packageName} does not have: ${missing.join(', ')}`);
	}
	const used = new Set(tests.flatMap((path) => [...closure(root, path, textOf)]));
	const support = ['test/jest.setup.ts', ...used].filter(
		(path) => path.startsWith('test/') && !tests.includes(path),
	);
	const data = filesBelow(root, 'test').filter(
		(path) => !path.endsWith('.ts') && isBeside(path, tests) && !aboutOthers(path, ''),
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
