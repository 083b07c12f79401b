'use strict';

const ts = require('typescript');

/** Lines of a compiled module that only programs with two kinds of modules need, or that announce its exports. */
const ANNOUNCEMENT = /^(Object\.defineProperty\(exports, "__esModule"|exports\.\w+ = .*void 0;$)/;

/**
 * Compiled code with its imports and exports as a person writes them: `const { a } = require("./b")` and `a()` in place of
 * `const b_1 = require("./b")` and `(0, b_1.a)()`, and one `module.exports` at the end. The compiler's way would be a
 * thirtieth of the packed package. Names that would mean two things in a module stay as the compiler wrote them.
 *
 * The meaning is the same as long as no modules require each other in a circle (test/unit/lint/circles.test.ts).
 *
 * @param {string} code
 */
function plainModule(code) {
	const file = read(code);
	const { bare, members } = namesIn(file);
	const taken = new Set(bare);
	const plain = edited(code, [
		...plainExports(file, taken, members),
		...plainImports(file, taken, members),
		...plainNamespaces(file),
	]);
	// What was exported where it was declared is a constant only now.
	return edited(plain, joinedConstants(read(plain)));
}

/** @param {string} code */
const read = (code) => ts.createSourceFile('compiled.js', code, ts.ScriptTarget.Latest, true);

/** @type {(code: string, edits: Edit[]) => string} */
const edited = (code, edits) =>
	edits
		.sort((one, other) => other.from - one.from)
		.reduce((text, { from, to, now }) => text.slice(0, from) + now + text.slice(to), code);

/**
 * @typedef {import('typescript').SourceFile} File
 * @typedef {import('typescript').PropertyAccessExpression} Member
 * @typedef {{ from: number, to: number, now: string }} Edit
 */

/**
 * The names that mean a variable, and `x.y` by its x.
 *
 * @param {File} file
 */
function namesIn(file) {
	/** @type {string[]} */
	const bare = [];
	/** @type {Map<string, Member[]>} */
	const members = new Map();
	/** @param {import('typescript').Node} node */
	const visit = (node) => {
		if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
			const { text } = node.expression;
			members.set(text, [...(members.get(text) ?? []), node]);
			return;
		}
		if (ts.isIdentifier(node) && !isPropertyName(node)) bare.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(file);
	return { bare, members };
}

/** @param {import('typescript').Identifier} node */
function isPropertyName(node) {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
	if (ts.isBindingElement(parent)) return parent.propertyName === node;
	return (
		(ts.isPropertyAssignment(parent) ||
			ts.isMethodDeclaration(parent) ||
			ts.isPropertyDeclaration(parent)) &&
		parent.name === node
	);
}

/**
 * @param {File} file
 * @param {Set<string>} taken gets the names that the exports then have
 * @param {Map<string, Member[]>} members
 * @returns {Edit[]}
 */
function plainExports(file, taken, members) {
	const uses = members.get('exports') ?? [];
	const lines = file.statements.flatMap((statement) => {
		if (!ts.isExpressionStatement(statement) || ANNOUNCEMENT.test(statement.getText(file))) return [];
		const { expression } = statement;
		if (!ts.isBinaryExpression(expression)) return [];
		const { left, right } = expression;
		return uses.includes(/** @type {Member} */ (left))
			? [{ statement, left: /** @type {Member} */ (left), right }]
			: [];
	});
	const names = lines.map(({ left }) => left.name.text);
	/** @type {(line: typeof lines[number]) => boolean} */
	const isOfFunction = ({ left, right }) => ts.isIdentifier(right) && right.text === left.name.text;
	const variables = lines.filter((line) => !isOfFunction(line));
	const announcements = file.statements.filter((one) => ANNOUNCEMENT.test(one.getText(file)));
	const gone = [...announcements, ...lines.filter(isOfFunction).map(({ statement }) => statement)];
	const isGone = (/** @type {Member} */ use) =>
		gone.some(({ pos, end }) => pos <= use.pos && use.end <= end);
	const rest = uses.filter((use) => !isGone(use) && !lines.some(({ left }) => left === use));
	const meansTwo = variables.some(({ left }) => taken.has(left.name.text));
	if (names.length === 0 || new Set(names).size < names.length || meansTwo || rest.some(isAssigned))
		return [];

	names.forEach((name) => taken.add(name));
	return [
		...gone.map(({ pos, end }) => ({ from: pos, to: end, now: '' })),
		...variables.map(({ left, right }) => ({
			from: left.getStart(file),
			to: right.getStart(file),
			now: `const ${left.name.text} = `,
		})),
		...rest.map((use) => shortened(file, use)),
		{ from: file.end, to: file.end, now: `module.exports = { ${names.join(', ')} };\n` },
	];
}

/** @param {Member} use */
const isAssigned = (use) => {
	const { parent } = use;
	if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) return true;
	return (
		ts.isBinaryExpression(parent) &&
		parent.left === use &&
		/^[^=!<>]*=$/.test(parent.operatorToken.getText())
	);
};

/**
 * @param {File} file
 * @param {Set<string>} taken gets the names that are imported then
 * @param {Map<string, Member[]>} members
 * @returns {Edit[]}
 */
function plainImports(file, taken, members) {
	return file.statements.flatMap((statement) => {
		const [, variable, rest] = /^const (\w+_\d+) = (require\(.*\);)$/.exec(statement.getText(file)) ?? [];
		const uses = members.get(variable ?? '') ?? [];
		const names = [...new Set(uses.map(({ name }) => name.text))];
		if (uses.length === 0 || names.some((name) => taken.has(name))) return [];
		names.forEach((name) => taken.add(name));
		const now = `const { ${names.join(', ')} } = ${rest}`;
		return [
			{ from: statement.getStart(file), to: statement.end, now },
			...uses.map((use) => shortened(file, use)),
		];
	});
}

/** What the compiler writes for `import * as`, which gives all exports of a module under one name. */
const HELPER = /^var (__createBinding|__setModuleDefault|__importStar) = /;
const NAMESPACE = /^const \w+ = __importStar\(require\("\.[^"]+"\)\);$/;

/**
 * @param {File} file
 * @returns {Edit[]}
 */
function plainNamespaces(file) {
	const texts = file.statements.map((statement) => statement.getText(file));
	const namespaces = file.statements.filter((_, index) => NAMESPACE.test(texts[index] ?? ''));
	// Modules of others may have a default export, for which the helpers are.
	if (texts.filter((text) => text.includes('= __importStar(')).length !== namespaces.length) return [];
	const helpers = file.statements.filter((_, index) => HELPER.test(texts[index] ?? ''));
	return [
		...helpers.map(({ pos, end }) => ({ from: pos, to: end, now: '' })),
		...namespaces.map((statement) => ({
			from: statement.getStart(file),
			to: statement.end,
			now: statement.getText(file).replace('__importStar(', '').replace('))', ')'),
		})),
	];
}

/**
 * Constants that are declared one after the other, imports among them, as one statement.
 *
 * @param {File} file
 */
function joinedConstants(file) {
	/** @type {Edit[]} */
	const edits = [];
	/** @param {import('typescript').Node} node */
	const visit = (node) => {
		const lists = ts.isBlock(node) || ts.isSourceFile(node) ? node.statements.map(constantsOf) : [];
		for (const [index, list] of lists.entries()) {
			const before = lists[index - 1];
			const from = before?.end;
			const to = list?.declarations[0]?.getStart(file);
			if (from === undefined || to === undefined) continue;
			if (/^;\s*const\s*$/.test(file.text.slice(from, to))) edits.push({ from, to, now: ',' });
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return edits;
}

/** @param {import('typescript').Statement} statement */
function constantsOf(statement) {
	const list = ts.isVariableStatement(statement) ? statement.declarationList : undefined;
	return list && (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const ? list : undefined;
}

/**
 * `b_1.a` as `a`: `(0, b_1.a)` too, and `a: b_1.a` in an object.
 *
 * @param {File} file
 * @param {Member} use
 * @returns {Edit}
 */
function shortened(file, use) {
	const now = use.name.text;
	/** @type {import('typescript').Node} */
	let whole = use;
	const { parent } = use;
	if (ts.isPropertyAssignment(parent) && parent.name.getText(file) === now) whole = parent;
	// What a comma joins stands in brackets.
	else if (ts.isBinaryExpression(parent) && parent.getText(file).startsWith('0, ')) whole = parent.parent;
	return { from: whole.getStart(file), to: whole.end, now };
}

/**
 * Whether a compiled module holds nothing, as it declared types alone: no other module requires it then.
 *
 * @param {string} code
 */
function holdsNothing(code) {
	return /^"use strict";\s*Object\.defineProperty\(exports,\s*"__esModule",\s*\{\s*value:\s*true\s*\}\);\s*$/.test(
		code,
	);
}

module.exports = { plainModule, holdsNothing };
