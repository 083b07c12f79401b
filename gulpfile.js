'use strict';

const { existsSync, globSync, readdirSync } = require('node:fs');
const { mkdir, rename, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');
const { dest, series, src } = require('gulp');

const NODES = path.join(__dirname, 'dist', 'nodes');

/** Removes dist/, so that nothing deleted from the sources is ever published. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Copies the icons next to the compiled code. */
function assets() {
	return src(
		['nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}'],
		// Bytes as they are: gulp would otherwise decode PNG files as text.
		{ base: '.', encoding: false, allowEmpty: true },
	).pipe(dest('dist'));
}

/**
 * Writes the output schemas that n8n reads beside a node, from what its compiled operations declare: without blanks, as no
 * person reads them. The folder names the version of the node, which is 1 for all of them.
 */
async function schemas() {
	const services = readdirSync(NODES).filter((name) => existsSync(path.join(NODES, name, 'resources')));
	for (const service of services) {
		const { resources } = require(path.join(NODES, service, 'resources'));
		for (const { value: resource, operations } of resources) {
			const folder = path.join(NODES, service, '__schema__', 'v1.0.0', resource);
			await mkdir(folder, { recursive: true });
			for (const { value: operation, output } of operations) {
				const schema = JSON.stringify({ ...output, version: 1 });
				await writeFile(path.join(folder, `${operation}.json`), schema);
			}
		}
	}
}

/** Holds all modules of the package, joined. */
const BUNDLE = path.join(NODES, 'bundle.js');

/**
 * Joins all modules into one file, from which the files that n8n loads take their classes: the package is a fifth smaller, and
 * its nodes still share what they remember. Names stay as they are in the sources. npm runs it before it packs, after any
 * build.
 */
async function bundle() {
	const { n8n } = require('./package.json');
	const loaded = [...n8n.nodes, ...n8n.credentials].map((file) => path.resolve(file));
	const sources = loaded.map((file) => importOf('dist', file.replace(/\.js$/, '')));
	const joined = await build({
		stdin: {
			contents: sources.map((file) => `export * from '${file}';`).join('\n'),
			resolveDir: __dirname,
		},
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		minifyWhitespace: true,
		minifySyntax: true,
		write: false,
	});
	await replace(BUNDLE, joined.outputFiles[0].contents);
	for (const file of loaded) {
		await replace(file, `module.exports = require('${importOf(path.dirname(file), BUNDLE)}');\n`);
	}
	const kept = new Set([BUNDLE, ...loaded]);
	for (const file of globSync('dist/**/*.js')) if (!kept.has(path.resolve(file))) await rm(file);
}

/** The path of a module for an import in a folder, also on Windows. */
const importOf = (folder, file) => `./${path.relative(folder, file).split(path.sep).join('/')}`;

/** Writes a file so that a program that reads it meanwhile gets all of it. */
async function replace(file, content) {
	await writeFile(`${file}.new`, content);
	await rename(`${file}.new`, file);
}

exports.clean = clean;
exports.bundle = bundle;
exports.default = series(assets, schemas);
