'use strict';

const { existsSync, globSync, readdirSync } = require('node:fs');
const { mkdir, readFile, rename, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { dest, series, src } = require('gulp');
const { holdsNothing, plainModule } = require('./scripts/plainModule.cjs');
const { withoutBlanks } = require('./scripts/withoutBlanks.cjs');

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

/**
 * Takes the compiler's noise, the blanks and the modules of types out of the compiled code: npm runs it before it packs,
 * after any build.
 */
async function tidy() {
	for (const file of globSync('dist/**/*.js')) {
		const code = await readFile(file, 'utf8');
		if (holdsNothing(code)) {
			await rm(file);
			continue;
		}
		// A program that reads the file meanwhile gets all of it.
		await writeFile(`${file}.new`, withoutBlanks(plainModule(code)));
		await rename(`${file}.new`, file);
	}
}

exports.clean = clean;
exports.tidy = tidy;
exports.default = series(assets, schemas);
