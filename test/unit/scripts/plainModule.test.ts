import { join } from 'node:path';
import ts from 'typescript';

const { plainModule, holdsNothing } = jest.requireActual<{
	plainModule(code: string): string;
	holdsNothing(code: string): boolean;
}>(join(__dirname, '..', '..', '..', 'scripts', 'plainModule.cjs'));

/** What the package's compiler makes of a module, without the noise. */
const compiled = (source: string): string =>
	plainModule(
		ts.transpileModule(source, {
			compilerOptions: {
				module: ts.ModuleKind.CommonJS,
				target: ts.ScriptTarget.ES2022,
				esModuleInterop: true,
			},
		}).outputText,
	).replaceAll('\r', '');

it('imports and exports are written by their names', () => {
	const source = `
		import { post, Get } from './http';
		export const LIMIT = 2;
		export const NAME = 'x_1.post';
		export function send(to: string) { return post(to, LIMIT, { post }); }
		export class Ask extends Get { NAME = send(NAME).post; }`;
	expect(compiled(source).split(/\n\s*/)).toEqual([
		'"use strict";',
		'const { post, Get } = require("./http"),LIMIT = 2,NAME = \'x_1.post\';',
		'function send(to) { return post(to, LIMIT, { post }); }',
		'class Ask extends Get {',
		'NAME = send(NAME).post;',
		'}',
		'module.exports = { send, LIMIT, NAME, Ask };',
		'',
	]);
});

it('imports and other constants, one after the other, are one statement', () => {
	const source = `
		import { a } from './a';
		import * as all from './all';
		const b = 1;
		export const c = all;
		export function d() {
			const e = a(b), f = c;
			const { g, h } = a(e);
			let i = f;
			const j = { a };
			// What follows.
			const k = 2;
			return [g, h, i, j, k];
		}`;
	expect(compiled(source).split(/\n\s*/)).toEqual([
		'"use strict";',
		'const { a } = require("./a"),all = require("./all"),b = 1,c = all;',
		'function d() {',
		'const e = a(b), f = c,{ g, h } = a(e);',
		'let i = f;',
		'const j = { a };',
		'// What follows.',
		'const k = 2;',
		'return [g, h, i, j, k];',
		'}',
		'module.exports = { d, c };',
		'',
	]);
});

it('a name that two modules export stays with its module', () => {
	const source = `
		import { get as one } from './one';
		import { get as other } from './other';
		export const both = (get: number) => [one(get), other(get)];`;
	expect(compiled(source)).toContain('one_1.get)(get), (0, other_1.get)(get)');
	expect(compiled(source)).toContain('module.exports = { both };');
});

it('an export that is another one is written by both names', () => {
	const source = 'export const one = { a: 1 }; export const other = one; export const more = { ...one };';
	expect(compiled(source)).toContain('const one = { a: 1 },other = one,more = { ...one };');
	expect(compiled(source)).toContain('module.exports = { one, other, more };');
});

it('all of a module under one name needs no helper; a module of others may', () => {
	const source = (path: string) => `import * as all from '${path}'; export const names = Object.keys(all);`;
	expect(compiled(source('./all'))).toBe(
		'"use strict";\nconst all = require("./all"),names = Object.keys(all);\nmodule.exports = { names };\n',
	);
	expect(compiled(source('luxon'))).toContain('const all = __importStar(require("luxon")),');
	expect(compiled(source('luxon'))).toContain('var __importStar = ');
});

it('a module without exports, and one that is plain already, stay as they are', () => {
	const plain = '"use strict";\nconst { a } = require("./a");\nmodule.exports = { b: a() };\n';
	expect(plainModule(plain)).toBe(plain);
	const types = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';
	expect(plainModule(types)).toBe(types);
});

it.each([
	['export let calls = 0; export const call = () => ++calls;', '++exports.calls'],
	['export let name = 1; export const set = (to: number) => { name = to; };', 'exports.name = to'],
	['export const a = 1, b = 2;', 'exports.a = 1, exports.b = 2;'],
	['export const a = 1; export const f = (a: number) => a;', 'exports.a = 1;'],
])('exports in another form stay as the compiler writes them: %s', (source, kept) => {
	expect(compiled(source)).toContain(kept);
	expect(compiled(source)).not.toContain('module.exports');
});

it('a module of types alone holds nothing; one that does something on its own is kept', () => {
	const bare = (source: string) =>
		ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText;
	expect(
		holdsNothing(bare('import type { A } from "./a"; export interface B extends A { c: string }')),
	).toBe(true);
	expect(holdsNothing(bare('import "./a"; export type B = string;'))).toBe(false);
	expect(holdsNothing(bare('export const B = 1;'))).toBe(false);
});
