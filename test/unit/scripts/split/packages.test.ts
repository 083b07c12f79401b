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
import { join } from 'node:path';

import { nodesOf } from '../../../../scripts/split/nodes.ts';
import { othersThan, parts, type Part } from '../../../../scripts/split/parts.ts';
import type { NodeFacts } from '../../../../scripts/split/readme.ts';
import { split } from '../../../../scripts/split/split.ts';
import { renamed, WHOLE } from '../../../../scripts/split/text.ts';
import { relativeImports, targetOf as leadsTo } from '../../lint/support/imports.ts';
import { names } from './support/names.ts';

const root = join(__dirname, '..', '..', '..', '..');
/** The nodes as they are written here; a split proper takes them as they are built. */
const sourceOf = (path: string) =>
	jest.requireActual<Record<string, unknown>>(
		join(root, path.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
	);

const folder = mkdtempSync(join(tmpdir(), 'split-'));
const targetOf = (part: Part) => join(folder, part.packageName);
const testsOf = new Map<Part, string[]>();
const nodesOfPart = new Map<Part, NodeFacts[]>();

beforeAll(() => {
	for (const part of parts) {
		const nodes = nodesOf(root, part, sourceOf);
		nodesOfPart.set(part, nodes);
		testsOf.set(part, split(root, targetOf(part), part, nodes));
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
const code = (path: string, text: string) =>
	path.endsWith('.ts') ? text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '') : text;
const manifestOf = (part: Part) =>
	JSON.parse(read(part, 'package.json')) as {
		name: string;
		scripts: Record<string, string>;
		n8n: { nodes: string[]; credentials: string[] };
		dependencies?: object;
		overrides?: object;
	};

/** The relative imports of a module that lead to no file of the package. */
function missingImports(part: Part, path: string): string[] {
	const file = join(targetOf(part), path);
	return relativeImports(file)
		.filter((to) => leadsTo(file, to) === undefined)
		.map((to) => `${path} → ${to}`);
}

describe.each(parts)('the package $packageName', (part) => {
	it('holds its own service alone in everything that is published or told', () => {
		const told = filesOf(part)
			.filter((path) => /^(nodes|credentials|workflows)\/|\.test\.ts$|^[^/]+$/.test(path))
			.filter((path) => !path.startsWith('test/unit/emulator/') && path !== 'package-lock.json');
		const foreign = told.filter((path) =>
			othersThan(part).some((other) => names(`${path}\n${code(path, read(part, path))}`, other)),
		);
		expect(foreign).toEqual([]);
	});

	it('imports nothing it does not have', () => {
		const modules = filesOf(part).filter((path) => path.endsWith('.ts'));
		expect(modules.flatMap((path) => missingImports(part, path))).toEqual([]);
	});

	it('has every file that its configuration of Jest names', () => {
		const named = [...read(part, 'jest.config.js').matchAll(/'<rootDir>\/([^'$]+\.\w+)'/g)];
		const files = named.map(([, path = '']) => path);
		expect(files.length).toBeGreaterThan(4);
		expect(files.filter((path) => !existsSync(join(targetOf(part), path)))).toEqual([]);
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

	it('has no picture and no output schema outside of what it publishes, where n8n-node build would pack it', () => {
		const copied = filesOf(part).filter((path) => /\.(png|svg)$|(^|\/)__schema__\//.test(path));
		expect(copied.filter((path) => path.endsWith('.svg'))).not.toEqual([]);
		expect(copied.filter((path) => !/^(nodes|credentials)\//.test(path))).toEqual([]);
	});

	it('has the source as it is here, but for its name', () => {
		const published = filesOf(part).filter((path) => /^(nodes|credentials)\/.*\.ts$/.test(path));
		for (const path of published) {
			expect(read(part, path)).toBe(renamed(readFileSync(join(root, path), 'utf8'), part));
		}
	});

	it('has nothing in its package.json that n8n refuses, and no command without its file', () => {
		const manifest = manifestOf(part);
		expect(manifest.name).toBe(part.packageName);
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('overrides');
		const files = Object.values(manifest.scripts).flatMap((line) => line.match(/\S+\.(ts|mjs)\b/g) ?? []);
		expect(files.filter((path) => !existsSync(join(targetOf(part), path)))).toEqual([]);
	});

	it('has every command that another of its commands, or its CI, runs', () => {
		const { scripts } = manifestOf(part);
		const workflows = filesOf(part, '.github/workflows').map((path) => read(part, path));
		expect(workflows).toHaveLength(3);
		const run = [...Object.values(scripts), ...workflows].flatMap((line) =>
			[...line.matchAll(/\bnpm(?: run |:| (?=test\b))([\w:]+)/g)].map(([, name = '']) => name),
		);
		expect(run).toEqual(expect.arrayContaining(['scan', 'test']));
		expect(run.filter((name) => !(name in scripts))).toEqual([]);
	});

	it('tells in its README what each of its nodes offers', () => {
		const nodes = nodesOfPart.get(part) ?? [];
		expect(nodes.length).toBeGreaterThan(1);
		for (const { displayName } of nodes) {
			expect(read(part, 'README.md')).toMatch(
				new RegExp(`^\\| \\*\\*${displayName}\\*\\* \\|[^|]{10,}\\|[^|]{5,}\\|$`, 'm'),
			);
		}
		expect(read(part, 'README.md')).toMatch(/^\| \*\*.*: .*Create/m);
	});

	it('shows in its README an example with a workflow that it has', () => {
		const { file, path } = part.example;
		expect(read(part, 'README.md')).toContain(`(workflows/${file})`);
		expect(read(part, 'README.md')).toContain('(WORKFLOWS.md#an-example)');
		expect(read(part, 'WORKFLOWS.md')).toContain(`/webhook/${path} `);
		const { nodes } = JSON.parse(read(part, `workflows/${file}`)) as {
			nodes: Array<{ type: string; parameters: { path?: string } }>;
		};
		expect(nodes.map(({ parameters }) => parameters.path)).toContain(path);
		const types = nodes.map(({ type }) => type.split('.')[0]);
		expect(types).toContain(part.packageName);
		expect(types).not.toContain(WHOLE);
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
