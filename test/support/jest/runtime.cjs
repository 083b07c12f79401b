'use strict';

const { createRequire } = require('node:module');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const LIBRARY = /[\\/]node_modules[\\/](?!@jest|jest|expect)/;
/** What Jest loads for itself and must load anew: it holds the tests of one file. */
const OF_ONE_FILE = /[\\/]jest-circus[\\/]/;
const EMULATOR = /[\\/]emulator[\\/][^.]*\.ts$/;

/** By file name: what this process has compiled, and what the emulator's files export. */
const compiled = new Map();
const emulator = new Map();

/**
 * Loads libraries and the emulator once per worker: n8n-core alone would take half a second in each of a hundred test files,
 * and the emulator would compile its schemas again. The nodes and the tests are loaded anew for each file, so that no file
 * sees what the nodes of another file remember.
 */
class SharedLibraries extends Runtime {
	requireModule(from, name, options, isActual) {
		if (name && !options?.isInternalModule && !this._resolver.isCoreModule(name)) {
			const path = this._resolveCjsModule(from, name);
			if (LIBRARY.test(path)) return require(path);
			if (EMULATOR.test(path)) {
				if (!emulator.has(path))
					emulator.set(path, super.requireModule(from, name, options, isActual));
				return emulator.get(path);
			}
		}
		return super.requireModule(from, name, options, isActual);
	}

	requireInternalModule(from, name) {
		if (name) {
			const path = createRequire(from).resolve(name);
			if (!OF_ONE_FILE.test(path)) return require(path);
		}
		return super.requireInternalModule(from, name);
	}

	/** Compiles for the globals of this process (environment.cjs), once for all test files. */
	createScriptFromCode(source, filename) {
		const known = compiled.get(filename);
		if (known?.source === source) return known.script;
		const script = compileFunction(source, this.constructInjectedModuleParameters(), { filename });
		compiled.set(filename, { source, script });
		return script;
	}
}

module.exports = { __esModule: true, default: SharedLibraries };
