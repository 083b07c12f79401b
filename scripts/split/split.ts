import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { changelog } from './changelog.ts';
import { copy, filesBelow, isForeign, write } from './files.ts';
import { writeManifest } from './manifest.ts';
import type { Part } from './parts.ts';
import { readme, workflowsPage, type NodeFacts } from './readme.ts';
import { testFilesOf } from './tests.ts';
import { rowsOf, workflowsOf } from './workflows.ts';

/** Files of the checkout's root that every package has. */
const AT_ROOT = [
	'.gitignore',
	'.prettierrc',
	'LICENSE',
	'SECURITY.md',
	'eslint.config.mjs',
	'gulpfile.js',
	'jest.config.js',
	'tsconfig.json',
	'tsconfig.tools.json',
	'scripts/lintAndTypes.mjs',
	'scripts/scan.mjs',
	'scripts/scanner.d.ts',
	'scripts/package.json',
	'.github/workflows/check.yml',
	'.github/workflows/publish.yml',
];

/**
 * The output schemas of a service as the build has written them. They lie beside the sources of its package, because n8n's
 * own `n8n-node build` takes them from there.
 */
const schemasOf = (root: string, { service }: Part): string[] =>
	filesBelow(join(root, 'dist'), join('nodes', service, '__schema__'));

/** A folder that is copied as it is; its files replace those of the whole package. */
const OWN = 'scripts/split/own';

/**
 * Writes one service's package, complete with its tests, into an empty folder.
 *
 * @param root the checkout; the output schemas are those of its built dist/, if there is one
 * @param target removed first, except for its installed tools
 * @param nodes what the README says of the nodes
 * @returns the paths of its tests
 */
export function split(root: string, target: string, part: Part, nodes: NodeFacts[]): string[] {
	if (existsSync(target)) {
		for (const name of readdirSync(target)) {
			if (name !== 'node_modules') rmSync(join(target, name), { recursive: true, force: true });
		}
	}
	const published = ['nodes', 'credentials']
		.flatMap((folder) => filesBelow(root, folder))
		.filter((path) => !isForeign(path, part));
	const tests = testFilesOf(root, part);
	const workflows = workflowsOf(root, part);
	const copied = [...AT_ROOT, ...published, ...workflows, ...filesBelow(root, 'emulator'), ...tests];
	copy(root, target, copied, part);
	for (const path of filesBelow(root, OWN)) copy(join(root, OWN), target, [relative(OWN, path)], part);
	copy(join(root, 'dist'), target, schemasOf(root, part), part);
	writeManifest(root, target, part);
	write(target, 'README.md', readme(part, { nodes, workflows }));
	write(target, 'WORKFLOWS.md', workflowsPage(part, rowsOf(root, workflows)));
	write(target, 'CHANGELOG.md', changelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
	return tests.filter((path) => path.endsWith('.test.ts'));
}
