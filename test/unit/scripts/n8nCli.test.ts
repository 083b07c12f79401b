import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import {
	contentsOf,
	differences,
	listDifferences,
	wantedFiles,
	type Contents,
} from '../../../scripts/n8nCli/contents.ts';

const folder = mkdtempSync(join(tmpdir(), 'contents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let packages = 0;
/** An unpacked package that holds these files. */
function unpacked(files: Record<string, string>): Contents {
	const target = join(folder, `${packages++}`);
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(target, path)), { recursive: true });
		writeFileSync(join(target, path), text);
	}
	return contentsOf(target);
}

const FILES = { 'package.json': '{}', 'dist/nodes/A/A.node.js': 'a', 'dist/nodes/A/A.node.json': '{}' };

describe('two builds of a package', () => {
	it('are equal when they hold the same files with the same contents', () => {
		expect(differences(unpacked(FILES), unpacked(FILES))).toEqual([]);
	});

	it('differ by a file that one of them lacks, has besides, or has with another content', () => {
		const { 'dist/nodes/A/A.node.json': _, ...without } = FILES;
		const more = { ...FILES, 'dist/docs/images/panel.png': 'picture', 'dist/build/stray.js': '' };
		expect(differences(unpacked(FILES), unpacked(without))).toEqual([
			'missing: dist/nodes/A/A.node.json',
		]);
		expect(differences(unpacked(FILES), unpacked(more)).sort()).toEqual([
			'does not belong there: dist/build/stray.js',
			'does not belong there: dist/docs/images/panel.png',
		]);
		expect(differences(unpacked(FILES), unpacked({ ...FILES, 'package.json': '{ }' }))).toEqual([
			'another content: package.json',
		]);
	});
});

describe('a package of some sources', () => {
	const SOURCES = [
		'nodes/A/A.node.ts',
		'nodes/A/fields.ts',
		'nodes/A/A.node.json',
		'nodes/A/a.svg',
		'nodes/A/__schema__/v1.0.0/thing/get.json',
		'credentials/AApi.credentials.ts',
		'test/unit/a.test.ts',
		'docs/images/panel.png',
	];

	it('holds what n8n loads, the modules joined in one file, codex files, icons and output schemas, and nothing of the rest', () => {
		expect(wantedFiles(SOURCES)).toEqual([
			'LICENSE',
			'README.md',
			'dist/credentials/AApi.credentials.js',
			'dist/nodes/A/A.node.js',
			'dist/nodes/A/A.node.json',
			'dist/nodes/A/__schema__/v1.0.0/thing/get.json',
			'dist/nodes/A/a.svg',
			'dist/nodes/bundle.js',
			'package.json',
		]);
	});

	it('lacks what it should hold, or holds what it should not', () => {
		const found = [...wantedFiles(SOURCES), 'dist/docs/images/panel.png'].filter(
			(path) => path !== 'dist/nodes/A/a.svg',
		);
		expect(listDifferences(wantedFiles(SOURCES), found)).toEqual([
			'missing: dist/nodes/A/a.svg',
			'does not belong there: dist/docs/images/panel.png',
		]);
	});
});
