import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { othersThan, type Part } from './parts.ts';
import { forPart } from './text.ts';

const NOT_SOURCE = new Set(['node_modules', 'dist', 'build', '.demo', '.cache']);
const TEXTS = new Set(['.ts', '.mjs', '.js', '.json', '.md', '.yml', '.yaml', '.svg', '']);

/** Files of a folder and all below it, by their path from the checkout, in order. */
export function filesBelow(root: string, folder: string): string[] {
	if (!existsSync(join(root, folder))) return [];
	const found = readdirSync(join(root, folder)).sort();
	return found.flatMap((name) => {
		const path = join(folder, name);
		if (NOT_SOURCE.has(name)) return [];
		return statSync(join(root, path)).isDirectory() ? filesBelow(root, path) : [path];
	});
}

/** Whether a file of nodes/ or credentials/ belongs to another service. */
export function isForeign(path: string, part: Part): boolean {
	return othersThan(part).some(
		({ service }) => path.startsWith(`nodes/${service}/`) || path.startsWith(`credentials/${service}`),
	);
}

/** Files whose every mention of the other service is in a region of its own. */
export function copy(root: string, target: string, paths: string[], part: Part): void {
	for (const path of paths) {
		const source = join(root, path);
		const isText = TEXTS.has(extname(path)) || path.startsWith('.');
		const content = isText ? forPart(readFileSync(source, 'utf8'), part) : readFileSync(source);
		write(target, path, content);
	}
}

/** Writes a file of the new package; its folders are made. */
export function write(target: string, path: string, content: string | Uint8Array): void {
	mkdirSync(dirname(join(target, path)), { recursive: true });
	writeFileSync(join(target, path), content);
}

const IMPORT = /(?:from|import|require\()\s*'(\.[^']+)'/g;

/** The files of the checkout that a module imports, by their paths. Modules that do not exist are left out. */
export function importsOf(root: string, path: string, text: string): string[] {
	return [...text.matchAll(IMPORT)].flatMap(([, to]) => {
		const bare = relative(root, join(root, dirname(path), String(to)));
		const candidates = [bare, `${bare}.ts`, join(bare, 'index.ts')];
		const found = candidates.find(
			(candidate) => existsSync(join(root, candidate)) && statSync(join(root, candidate)).isFile(),
		);
		return found === undefined ? [] : [found];
	});
}
