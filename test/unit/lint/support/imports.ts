import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Files → the files that they import. */
export type Imports = Map<string, string[]>;

/** The relative paths that a file imports, types too. */
export function relativeImports(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
	return importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
}

/** The file that a relative import leads to; undefined where there is none. */
export function targetOf(file: string, path: string): string | undefined {
	const bare = join(dirname(file), path);
	const candidates = [bare, `${bare}.ts`, join(bare, 'index.ts')];
	return candidates.find((one) => existsSync(one) && statSync(one).isFile());
}

/** What the modules of a folder import from each other. */
export function importsIn(folder: string): Imports {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => join(folder, name));
	return new Map(
		files.map((file) => [file, relativeImports(file).flatMap((path) => targetOf(file, path) ?? [])]),
	);
}

/** A way from a file back to itself, for each file from which the search meets one. */
export function circlesIn(imports: Imports): string[][] {
	const circles: string[][] = [];
	const done = new Set<string>();
	const follow = (file: string, way: string[]): void => {
		if (way.includes(file)) {
			circles.push([...way.slice(way.indexOf(file)), file]);
			return;
		}
		if (done.has(file)) return;
		for (const next of imports.get(file) ?? []) follow(next, [...way, file]);
		done.add(file);
	};
	for (const file of imports.keys()) follow(file, []);
	return circles;
}
