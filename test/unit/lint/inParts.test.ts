import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

const { projects } = jest.requireActual<{
	projects: Array<{ displayName: string; globals: { IN_PARTS: string[] } }>;
}>(join(root, 'jest.config.js'));
const listed = (suite: string) =>
	projects.find(({ displayName }) => displayName === suite)?.globals.IN_PARTS ?? [];

const PARTS = /import \{[^}]*\b(?:part|partOfRuns|triesAll)\b[^}]*\} from '[./]*support\/effort\.ts'/;

it('every test file that tries a part of something in npm test is one of those that try all of it in the long suite', () => {
	const files = globSync('test/{unit,engine}/**/*.test.ts', { cwd: root }).filter((file) =>
		PARTS.test(readFileSync(join(root, file), 'utf8')),
	);
	expect(files.length).toBeGreaterThan(2);
	const isListed = (file: string) =>
		listed('unit').some((name) => file.replaceAll('\\', '/').endsWith(`${name}.test.ts`));
	expect(files.filter((file) => !isListed(file))).toEqual([]);
	expect(listed('engine')).toEqual(listed('unit'));
	expect(listed('long')).toEqual([]);
});
