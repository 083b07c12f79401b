'use strict';

const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

/** Removes dist/, so that nothing deleted from the sources is ever published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Copies what tsc does not compile (icons, codex files, output schemas) next to the compiled code. */
function assets() {
	return src(
		[
			'nodes/**/*.{svg,png}',
			'nodes/**/*.node.json',
			'nodes/**/__schema__/**/*.json',
			'credentials/**/*.{svg,png}',
		],
		// Bytes as they are: gulp would otherwise decode PNG files as text.
		{ base: '.', encoding: false, allowEmpty: true },
	).pipe(dest('dist'));
}

exports.clean = clean;
exports.default = assets;
