import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { othersThan, type Part } from './parts.ts';
import { renamed } from './text.ts';

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

/** Whether a file belongs to another service: by its folder, or, for a credential, by its name. */
export function isForeign(path: string, part: Part): boolean {
	return othersThan(part).some(
		({ service }) =>
			path.startsWith(`nodes/${service}/`) ||
			path.startsWith(`credentials/${service}`) ||
			SUITE_FOLDER.exec(path)?.[1] === folderOf(service),
	);
}

/** The folder in which a test lies, below that of its suite. */
const SUITE_FOLDER = /^test\/[^/]+\/([^/]+)\//;

/** "RentEngine" → "rentEngine", as its folders below test/ are named. */
export const folderOf = (service: string): string => service.charAt(0).toLowerCase() + service.slice(1);

/** Copies files, their texts with the name of the new package. */
export function copy(root: string, target: string, paths: string[], part: Part): void {
	for (const path of paths) {
		const source = join(root, path);
		const isText = TEXTS.has(extname(path)) || path.startsWith('.');
		const content = isText ? renamed(readFileSync(source, 'utf8'), part) : readFileSync(source);
		write(target, path, content);
	}
}

/** Writes a file of the new package; its folders are made. */
export function write(target: string, path: string, content: string | Uint8Array): void {
	mkdirSync(dirname(join(target, path)), { recursive: true });
	writeFileSync(join(target, path), content);
}
