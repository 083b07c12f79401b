import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { RentEngine } from '../../../nodes/RentEngine/RentEngine.node';
import { othersThan, parts, type Part } from '../../../scripts/split/parts.ts';
import { factsOf, type Description } from '../../../scripts/split/readme.ts';
import { split } from '../../../scripts/split/split.ts';
import { forPart } from '../../../scripts/split/text.ts';

const root = join(__dirname, '..', '..', '..');
const descriptions = { Propexo: new Propexo().description, RentEngine: new RentEngine().description };

const folder = mkdtempSync(join(tmpdir(), 'split-'));
const targetOf = (part: Part) => join(folder, part.packageName);
const testsOf = new Map<Part, string[]>();

beforeAll(() => {
	for (const part of parts) {
		const facts = factsOf(descriptions[part.service] as unknown as Description);
		testsOf.set(part, split(root, targetOf(part), part, [facts]));
	}
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All files of a package, by their paths in it. */
function filesOf(part: Part, below = ''): string[] {
	return readdirSync(join(targetOf(part), below)).flatMap((name) => {
		const path = join(below, name);
		return statSync(join(targetOf(part), path)).isDirectory() ? filesOf(part, path) : [path];
	});
}
const read = (part: Part, path: string) => readFileSync(join(targetOf(part), path), 'utf8');
/** Without comments: those of nodes/shared may tell which service made something necessary. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
const manifestOf = (part: Part) =>
	JSON.parse(read(part, 'package.json')) as {
		name: string;
		scripts: Record<string, string>;
		n8n: { nodes: string[]; credentials: string[] };
		dependencies?: object;
		overrides?: object;
	};

/** The relative imports of a module, as far as they name a file that is not there. */
function missingImports(part: Part, path: string): string[] {
	const imports = [...read(part, path).matchAll(/(?:from|import|require\()\s*'(\.[^']+)'/g)];
	return imports
		.map(([, to]) => join(targetOf(part), dirname(path), String(to)))
		.filter((to) => ![to, `${to}.ts`, join(to, 'index.ts')].some(existsSync))
		.map((to) => `${path} → ${to}`);
}

describe.each(parts)('the package $packageName', (part) => {
	const other = othersThan(part)[0]?.service.toLowerCase() ?? '';

	it('holds its own service alone in everything that is published or told', () => {
		const mentioning = filesOf(part)
			.filter((path) => /^(nodes|credentials)\/|\.test\.ts$|^(package\.json|README\.md)$/.test(path))
			.filter((path) => !path.startsWith('test/engine/support/'))
			.filter((path) => code(read(part, path)).toLowerCase().includes(other));
		expect(mentioning).toEqual([]);
	});

	it('imports nothing it does not have', () => {
		const modules = filesOf(part).filter((path) => path.endsWith('.ts'));
		expect(modules.flatMap((path) => missingImports(part, path))).toEqual([]);
	});

	it('lists exactly the nodes and credentials it has', () => {
		const { n8n } = manifestOf(part);
		const compiled = (ending: string) =>
			filesOf(part)
				.filter((path) => path.endsWith(ending))
				.map((path) => `dist/${path.replace(/\.ts$/, '.js')}`);
		expect(new Set(n8n.nodes)).toEqual(new Set(compiled('.node.ts')));
		expect(new Set(n8n.credentials)).toEqual(new Set(compiled('.credentials.ts')));
	});

	it('calls its nodes by the name of the package in the codex files', () => {
		const codex = filesOf(part).filter((path) => path.endsWith('.node.json'));
		expect(codex).not.toEqual([]);
		for (const path of codex) {
			const { node } = JSON.parse(read(part, path)) as { node: string };
			expect(node.split('.')[0]).toBe(part.packageName);
		}
	});

	it('has the source as it is here, but for its name', () => {
		const published = filesOf(part).filter((path) => /^(nodes|credentials)\/.*\.ts$/.test(path));
		for (const path of published) {
			expect(read(part, path)).toBe(forPart(readFileSync(join(root, path), 'utf8'), part));
		}
	});

	it('has the tests of its service and what they import', () => {
		expect(testsOf.get(part)).toEqual(
			expect.arrayContaining([
				part.service === 'Propexo'
					? 'test/engine/propexo/leadEvent.create.test.ts'
					: 'test/engine/rentEngine/leasingEvent.create.test.ts',
			]),
		);
		for (const path of testsOf.get(part) ?? []) expect(filesOf(part)).toContain(path);
	});

	it('has nothing in its package.json that n8n refuses, and no command without its file', () => {
		const manifest = manifestOf(part);
		expect(manifest.name).toBe(part.packageName);
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('overrides');
		const files = Object.values(manifest.scripts).flatMap((line) => line.match(/\S+\.(ts|mjs)\b/g) ?? []);
		expect(files.filter((path) => !existsSync(join(targetOf(part), path)))).toEqual([]);
	});

	it('tells in its README what its node offers', () => {
		const { displayName } = descriptions[part.service];
		expect(read(part, 'README.md')).toMatch(
			new RegExp(`^\\| \\*\\*${displayName}\\*\\* \\|.*Create`, 'm'),
		);
	});
});

it('removes what an earlier split left behind, but not the installed tools', () => {
	const [part] = parts;
	if (!part) throw new Error('There is no part');
	const target = join(folder, 'again');
	split(root, target, part, []);
	const before = readdirSync(target).sort();
	mkdirSync(join(target, 'node_modules'));
	writeFileSync(join(target, 'stale.ts'), '');
	split(root, target, part, []);
	expect(readdirSync(target).sort()).toEqual([...before, 'node_modules'].sort());
});
