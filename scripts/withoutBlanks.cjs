'use strict';

const ts = require('typescript');

/** Words next to each other, and signs that would become another one. The point of `1 .toFixed()` is that of a number without its blank. */
const KEPT_APART = /[\w$][\w$]|\+\+|--|\/\/|\d\./;

/** Signs that never end a statement, so that the next line can follow at once. */
const OPEN = /[,([{&|?:=>]/;
/** Signs that never begin one. */
const ONWARD = /^[.}]/;

/**
 * Compiled code without its indentation, and the blanks and line ends that only people need: together a twentieth of the package. Each
 * statement keeps its line.
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
		for (const part of parts) visit(part);
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
