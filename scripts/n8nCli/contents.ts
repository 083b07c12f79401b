import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The files of a package, by their paths in it, each with the hash of its content. */
export type Contents = ReadonlyMap<string, string>;

/** Files that are packed beside what is built. */
const TOP_LEVEL = ['LICENSE', 'README.md', 'package.json'];
/** What a package is built from. */
const SOURCES = ['nodes', 'credentials'];

/** Reads an unpacked package. */
export function contentsOf(folder: string): Contents {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
	const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
	return new Map(files.map((file) => [relative(folder, file), hash(file)]));
}

/** Sources that n8n loads by name. All others are joined in the bundle. */
const LOADED = /\.(node|credentials)\.ts$/;

/**
 * What a package made of these sources must hold, and nothing else: the files that n8n loads, all modules joined in one;
 * codex files, icons and output schemas as they are.
 *
 * @param sources paths in the package's repository
 */
export function wantedFiles(sources: string[]): string[] {
	const built = sources
		.filter((path) => SOURCES.some((folder) => path.startsWith(`${folder}/`)))
		.filter((path) => LOADED.test(path) || !path.endsWith('.ts'))
		.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`);
	return [...TOP_LEVEL, 'dist/nodes/bundle.js', ...built].sort();
}

/** Which files are in one of two lists alone, in words. */
export function listDifferences(wanted: string[], found: string[]): string[] {
	const missing = wanted.filter((path) => !found.includes(path));
	const foreign = found.filter((path) => !wanted.includes(path));
	return [
		...missing.map((path) => `missing: ${path}`),
		...foreign.map((path) => `does not belong there: ${path}`),
	];
}

/** How a package differs from another build of the same sources, in words; nothing when they are equal. */
export function differences(own: Contents, other: Contents): string[] {
	const both = [...own.keys()].filter((path) => other.has(path));
	return [
		...listDifferences([...own.keys()], [...other.keys()]),
		...both.filter((path) => own.get(path) !== other.get(path)).map((path) => `another content: ${path}`),
	];
}
