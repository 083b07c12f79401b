'use strict';

const ts = require('typescript');

/** Words next to each other, and signs that would become another one. The point of `1 .toFixed()` is that of a number without its blank. */
const KEPT_APART = /[\w$][\w$]|\+\+|--|\/\/|\d\./;

/** Signs behind which the next line can follow at once: all but a brace, which ends a statement that has no semicolon. */
const OPEN = /[;,([{)&|?:=>]/;
/** Signs and words that never begin one. */
const ONWARD = /^(?:[.)\]}?:&|]|(?:else|catch|finally)$)/;

/**
 * Whether a list ends in a comma that says nothing: `[1, 2,]`. In `[1, ,]` it stands for an empty place.
 *
 * @param {readonly import('typescript').Node[]} parts
 */
function hasSpareComma(parts) {
	const [before, last] = parts.slice(-2);
	return last?.kind === ts.SyntaxKind.CommaToken && before?.kind !== ts.SyntaxKind.OmittedExpression;
}

/**
 * Whether the last part of a node is a semicolon that says nothing, because the block ends behind it: `{ a(); }`. In
 * `{ while (a); }` it is a statement.
 *
 * @param {import('typescript').Node} node
 * @param {readonly import('typescript').Node[]} parts
 * @param {string} code
 */
function hasSpareSemicolon(node, parts, code) {
	if (parts.at(-1)?.kind !== ts.SyntaxKind.SemicolonToken || ts.isEmptyStatement(node)) return false;
	return /^\s*\}/.test(code.slice(node.end));
}

/**
 * Compiled code without its indentation, and the blanks, line ends, last commas and last semicolons that only people need: together a
 * twentieth of the package. Each function and class of a module keeps its line.
 *
 * @param {string} code
 */
function withoutBlanks(code) {
	const file = ts.createSourceFile('compiled.js', code, ts.ScriptTarget.Latest, true);
	let out = '';
	let end = 0;
	/** @param {string} token */
	const between = (/** @type {string} */ gap, token) => {
		if (gap.trim() !== '') return gap;
		const isLine = gap.includes('\n') && !OPEN.test(out.slice(-1)) && !ONWARD.test(token);
		if (isLine) return gap.replace(/[ \t]+/g, '');
		return gap !== '' && KEPT_APART.test(out.slice(-1) + token.charAt(0)) ? ' ' : '';
	};
	/** @param {import('typescript').Node} node */
	const visit = (node) => {
		const parts = node.getChildren(file);
		const isSpare =
			(node.kind === ts.SyntaxKind.SyntaxList && hasSpareComma(parts)) ||
			hasSpareSemicolon(node, parts, code);
		for (const part of isSpare ? parts.slice(0, -1) : parts) visit(part);
		if (isSpare) end = node.end;
		if (parts.length > 0) return;
		const start = node.getStart(file);
		const token = code.slice(start, node.end);
		out += between(code.slice(end, start), token) + token;
		end = Math.max(end, node.end);
	};
	visit(file);
	return out;
}

module.exports = { withoutBlanks };
