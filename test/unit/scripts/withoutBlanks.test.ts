import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { part } from '../../support/effort.ts';

const { withoutBlanks } = jest.requireActual<{ withoutBlanks(code: string): string }>(
	join(__dirname, '..', '..', '..', 'scripts', 'withoutBlanks.cjs'),
);

const DIST = join(__dirname, '..', '..', '..', 'dist');

/**
 * What a program means: its tokens in order, without the commas that may end a list and without semicolons, and the kinds of
 * its nodes in order, which tell where statements end.
 */
function meaningOf(code: string) {
	const file = ts.createSourceFile('compiled.js', code, ts.ScriptTarget.Latest, true);
	const tokens: string[] = [];
	const readTokens = (node: ts.Node) => {
		const parts = node.getChildren(file);
		if (parts.length === 0 && node.kind !== ts.SyntaxKind.SemicolonToken) tokens.push(node.getText(file));
		parts.forEach(readTokens);
	};
	readTokens(file);
	const kinds: ts.SyntaxKind[] = [];
	const readKinds = (node: ts.Node) => {
		kinds.push(node.kind);
		ts.forEachChild(node, readKinds);
	};
	readKinds(file);
	return { tokens: withoutLastCommas(tokens), kinds };
}

/** Tokens without the commas that may stand before the end of a list. */
const withoutLastCommas = (tokens: string[]): string[] =>
	tokens.filter(
		(token, place) =>
			token !== ',' ||
			!/^[)\]}]$/.test(tokens[place + 1] ?? '') ||
			/^[,[]$/.test(tokens[place - 1] ?? ''),
	);

it('compiled code loses the blanks that only people need; no text that it holds loses one', () => {
	const code = [
		'function told(name, { first: x } = {}) {',
		'    if (name !== x)',
		'        return `Dear ${name',
		'            .trim()},',
		'    welcome ${`to',
		'        a ${name}`}',
		'    home` + "a  b" + (a + +b) + (a - -b) + 1 .toFixed() + typeof x + / x /.source;',
		'}',
	];
	expect(withoutBlanks(code.join('\n')).split('\n')).toEqual([
		'function told(name,{first:x}={}){if(name!==x)return`Dear ${name.trim()},',
		'    welcome ${`to',
		'        a ${name}`}',
		'    home`+"a  b"+(a+ +b)+(a- -b)+1 .toFixed()+typeof x+/ x /.source}',
	]);
});

it('functions and classes keep their lines; a statement behind a semicolon needs none', () => {
	const code = 'const a = 1;\nf();\nfunction f() {\n    let b = a;\n    g(b);\n}\nclass C {\n}\nf();\n';
	expect(withoutBlanks(code)).toBe('const a=1;f();function f(){let b=a;g(b)}\nclass C{}\nf();');
});

it('what goes on with a statement needs no line of its own', () => {
	const code =
		'try {\n    a = b\n        ? c\n        : d\n            && e;\n}\ncatch {\n    f();\n}\ng();';
	expect(withoutBlanks(code)).toBe('try{a=b?c:d&&e}catch{f()}\ng();');
});

it('a list loses its last comma, unless that stands for an empty place', () => {
	const code = 'const [a, , b,] = f(1, [2,], [, ,], {x: 3,}, (y,) => y,);';
	expect(withoutBlanks(code)).toBe('const[a,,b]=f(1,[2],[,,],{x:3},(y)=>y);');
	expect(withoutBlanks('a = [\n    1,\n    f(\n        2,\n    ),\n];')).toBe('a=[1,f(2)];');
});

it('a block loses its last semicolon, unless that is a statement of its own', () => {
	const code = 'class A { x = 1; f() { for (;;) { while (g()); } } h() { if (a) b(); else; } }';
	expect(withoutBlanks(code)).toBe('class A{x=1;f(){for(;;){while(g());}}h(){if(a)b();else;}}');
	expect(withoutBlanks('if (a) { b(); }\nclass B { x = 1; }\nc();')).toBe('if(a){b()}\nclass B{x=1}\nc();');
});

it('the compiled package means the same without its blanks', () => {
	const scripts = globSync('{nodes,credentials}/**/*.js', { cwd: DIST });
	expect(scripts.length).toBeGreaterThan(200);
	for (const script of part(scripts, 3)) {
		const code = readFileSync(join(DIST, script), 'utf8');
		expect([script, meaningOf(withoutBlanks(code))]).toEqual([script, meaningOf(code)]);
	}
});
