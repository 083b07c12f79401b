import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const { withoutBlanks } = jest.requireActual<{ withoutBlanks(code: string): string }>(
	join(__dirname, '..', '..', '..', 'scripts', 'withoutBlanks.cjs'),
);

const DIST = join(__dirname, '..', '..', '..', 'dist');

/** The tokens of a program, in order. */
function tokensOf(code: string): string[] {
	const file = ts.createSourceFile('compiled.js', code, ts.ScriptTarget.Latest, true);
	const tokens: string[] = [];
	const visit = (node: ts.Node) => {
		const parts = node.getChildren(file);
		if (parts.length === 0) tokens.push(node.getText(file));
		parts.forEach(visit);
	};
	visit(file);
	return tokens;
}

it('compiled code keeps a line for each statement and loses the blanks that only people need; no text that it holds loses one', () => {
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
		'    home`+"a  b"+(a+ +b)+(a- -b)+1 .toFixed()+typeof x+/ x /.source;}',
	]);
});

it('a list loses its last comma, unless that stands for an empty place', () => {
	const code = 'const [a, , b,] = f(1, [2,], [, ,], {x: 3,}, (y,) => y,);';
	expect(withoutBlanks(code)).toBe('const[a,,b]=f(1,[2],[,,],{x:3},(y)=>y);');
});

/** Tokens without the commas that may stand before the end of a list. */
const withoutLastCommas = (tokens: string[]): string[] =>
	tokens.filter(
		(token, place) =>
			token !== ',' ||
			!/^[)\]}]$/.test(tokens[place + 1] ?? '') ||
			/^[,[]$/.test(tokens[place - 1] ?? ''),
	);

it('the compiled package means the same without its blanks: it has the same tokens', () => {
	const scripts = globSync('{nodes,credentials}/**/*.js', { cwd: DIST });
	expect(scripts.length).toBeGreaterThan(200);
	for (const script of scripts) {
		const code = readFileSync(join(DIST, script), 'utf8');
		expect([script, tokensOf(withoutBlanks(code))]).toEqual([script, withoutLastCommas(tokensOf(code))]);
	}
});
