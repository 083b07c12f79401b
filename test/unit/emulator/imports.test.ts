import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const EMULATOR = join(__dirname, '..', '..', '..', 'emulator');

/** Every file of the emulator, with the files of it that it imports, types included. */
const imports = new Map(
	readdirSync(EMULATOR, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => {
			const text = readFileSync(join(EMULATOR, file), 'utf8');
			const found = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
				relative(EMULATOR, resolve(EMULATOR, dirname(file), String(path))),
			);
			return [file, found] as const;
		}),
);

/** The files on a way from `file` back to itself; undefined where there is none. */
function circleThrough(file: string): string[] | undefined {
	const seen = new Set<string>();
	const walk = (at: string, way: string[]): string[] | undefined => {
		for (const next of imports.get(at) ?? []) {
			if (next === file) return [...way, file];
			if (seen.has(next)) continue;
			seen.add(next);
			const found = walk(next, [...way, next]);
			if (found) return found;
		}
		return undefined;
	};
	return walk(file, [file]);
}

it('no file of the emulator imports itself by way of others', () => {
	expect(imports.size).toBeGreaterThan(20);
	const circles = [...imports.keys()].map(circleThrough).filter((circle) => circle !== undefined);
	expect(circles.map((circle) => circle.join(' → '))).toEqual([]);
});
