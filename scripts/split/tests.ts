import { filesBelow, isForeign } from './files.ts';
import type { Part } from './parts.ts';

/** Suites that need no installed n8n. */
const SUITES = ['test/unit', 'test/engine'];
/** What they use besides, and what Jest uses to run them. */
const SHARED = ['test/jest.setup.ts', 'test/support/effort.ts'];
const OF_JEST = 'test/support/jest';
/** Folders of tests for what only the whole package has: its bench, its demo, its pages and its tools. */
export const WHOLE_ONLY = [
	...['test/unit/bench/', 'test/unit/demo/', 'test/unit/docs/', 'test/unit/scripts/'],
	...['test/unit/workflows/whole/', 'test/engine/workflows/'],
];

/** The tests of a package and all files that they use: every folder of the suites except those of other services. */
export function testFilesOf(root: string, part: Part): string[] {
	return [...SHARED, ...[OF_JEST, ...SUITES].flatMap((folder) => filesBelow(root, folder))].filter(
		(path) => !isForeign(path, part) && !WHOLE_ONLY.some((folder) => path.startsWith(folder)),
	);
}
