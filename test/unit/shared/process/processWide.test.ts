import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..', '..', '..');

/** What changes a list, a map or a set. */
const CHANGES = ['set', 'add', 'push', 'unshift', 'splice', 'delete', 'clear', 'fill', 'sort', 'reverse'];
/** Classes whose objects hold nothing that grows: BoundedMap says how many values it keeps at most. */
const BOUNDED = ['BoundedMap', 'OneByOne', 'Set', 'Map', 'RegExp'];

/** The variables of a module itself, which live as long as the process. */
function variablesOf(source: ts.SourceFile): ts.VariableDeclaration[] {
	return source.statements.flatMap((statement) =>
		ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
	);
}

const isConstant = ({ parent }: ts.VariableDeclaration) => (parent.flags & ts.NodeFlags.Const) !== 0;

/** The class of an object that a variable holds; '' for anything else. */
const classOf = ({ initializer }: ts.VariableDeclaration): string =>
	initializer && ts.isNewExpression(initializer) ? initializer.expression.getText() : '';

/** The names whose values are changed anywhere in a file. */
function changedIn(source: ts.SourceFile): Set<string> {
	const names = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
			const { expression, name } = node.expression;
			if (CHANGES.includes(name.text)) names.add(expression.getText());
		}
		const isAssigned =
			ts.isBinaryExpression(node) &&
			node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
			node.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
		const target = isAssigned ? node.left : undefined;
		if (target && (ts.isElementAccessExpression(target) || ts.isPropertyAccessExpression(target))) {
			names.add(target.expression.getText());
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return names;
}

/** What the modules of a folder keep for the whole process without a bound, and how many bounded maps there are. */
function keptIn(folder: string): { unbounded: string[]; bounded: number } {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.ts'),
	);
	const unbounded: string[] = [];
	let bounded = 0;
	for (const file of files) {
		const path = join(folder, file);
		const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
		const changed = changedIn(source);
		for (const variable of variablesOf(source)) {
			const name = variable.name.getText();
			const className = classOf(variable);
			if (className === 'BoundedMap') bounded++;
			// What is kept beside an object goes with it.
			else if (className === 'WeakMap') continue;
			else if (
				!isConstant(variable) ||
				changed.has(name) ||
				(className !== '' && !BOUNDED.includes(className))
			) {
				unbounded.push(`${relative(folder, path)}: ${name}`);
			}
		}
	}
	return { unbounded, bounded };
}

it('whatever lives as long as the n8n process is constant, or a BoundedMap', () => {
	const { unbounded, bounded } = keptIn(join(root, 'nodes'));
	expect(unbounded).toEqual([]);
	expect(bounded).toBeGreaterThanOrEqual(3);
});

it('a map, a list, an object or a variable that would grow is found', () => {
	const folder = mkdtempSync(join(tmpdir(), 'leasing-kept-'));
	writeFileSync(
		join(folder, 'planted.ts'),
		[
			'const LEGAL = new Set(["a"]);',
			'const map = new Map(); export const add = (a: string) => map.set(a, 1);',
			'const list: string[] = []; list.push("a");',
			'const byName: Record<string, number> = {}; byName["a"] = 1;',
			'let last = ""; last = "a";',
			'const own = new Keeper();',
			'const fine = new BoundedMap<number>({ most: 3 }); fine.set("a", 1);',
		].join('\n'),
	);
	const { unbounded, bounded } = keptIn(folder);
	rmSync(folder, { recursive: true });
	expect(unbounded).toEqual(['map', 'list', 'byName', 'last', 'own'].map((name) => `planted.ts: ${name}`));
	expect(bounded).toBe(1);
});
