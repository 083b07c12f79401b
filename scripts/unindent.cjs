'use strict';

const ts = require('typescript');

/** Parts of template literals, whose blanks belong to a text. */
const TEXTS = new Set([
	ts.SyntaxKind.NoSubstitutionTemplateLiteral,
	ts.SyntaxKind.TemplateHead,
	ts.SyntaxKind.TemplateMiddle,
	ts.SyntaxKind.TemplateTail,
]);

/**
 * Compiled code without its indentation, which would be a thirtieth of the package. The lines stay, and what they say.
 *
 * @param {string} code
 */
function unindented(code) {
	const file = ts.createSourceFile('compiled.js', code, ts.ScriptTarget.Latest);
	/** @type {Array<[number, number]>} */
	const texts = [];
	/** @param {import('typescript').Node} node */
	const visit = (node) => {
		if (TEXTS.has(node.kind)) texts.push([node.getStart(file), node.end]);
		ts.forEachChild(node, visit);
	};
	visit(file);
	return code.replace(/^ +/gm, (blanks, at) =>
		texts.some(([from, to]) => from < at && at < to) ? blanks : '',
	);
}

module.exports = { unindented };
