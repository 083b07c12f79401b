'use strict';

const { createRequire, isBuiltin } = require('node:module');
const { dirname } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const LIBRARY = /[\\/]node_modules[\\/](?!@jest|jest|expect)/;
/** What Jest loads for itself and must load anew: it holds the tests of one file. */
const OF_ONE_FILE = /[\\/]jest-circus[\\/]/;
const EMULATOR = /[\\/]emulator[\\/][^.]*\.ts$/;
/** Where Jest's own object `jest` is used. */
const OF_TESTS = /[\\/]test[\\/]/;
/** Node's modules that Jest replaces. */
const REPLACED = /^(node:)?(module|process)$/;

/** By file name: what this process has compiled, and where the imports of a file lead, by what they say. */
const compiled = new Map();
const targets = new Map();
/** What Node's modules, libraries and the emulator's files export, by name or path. */
const shared = new Map();

/**
 * Loads libraries and the emulator once per worker: n8n-core alone would take half a second in each of a hundred test files,
 * and the emulator would compile its schemas again. The nodes and the tests are loaded anew for each file, so that no file
 * sees what the nodes of another file remember; but each file is read and compiled once, and each import is looked for once.
 */
class SharedLibraries extends Runtime {
	requireModuleOrMock(from, name) {
		if (this._explicitShouldMock.size > 0) return super.requireModuleOrMock(from, name);
		const { path, isShared } = this.targetOf(from, name);
		if (isShared) return shared.get(path) ?? this.loadShared(from, name, path);
		return path === undefined ? super.requireModuleOrMock(from, name) : this.loadOwn(from, name, path);
	}

	requireModule(from, name, options, isActual) {
		if (!name || options?.isInternalModule) return super.requireModule(from, name, options, isActual);
		const { path, isShared } = this.targetOf(from, name);
		if (isShared) return shared.get(path) ?? this.loadShared(from, name, path);
		return super.requireModule(from, name, options, isActual);
	}

	requireInternalModule(from, name) {
		const path = name ? createRequire(from).resolve(name) : from;
		return OF_ONE_FILE.test(path) ? super.requireInternalModule(from, name) : require(path);
	}

	/** Where an import leads; no path where Jest must say what comes of it. */
	targetOf(from, name) {
		const known = targets.get(from) ?? new Map();
		targets.set(from, known);
		const target = known.get(name) ?? this.findTarget(from, name);
		known.set(name, target);
		return target;
	}

	findTarget(from, name) {
		if (name === '@jest/globals' || REPLACED.test(name)) return { isShared: false };
		if (isBuiltin(name)) return { path: name, isShared: true };
		try {
			const path = this._resolveCjsModule(from, name);
			return { path, isShared: LIBRARY.test(path) || EMULATOR.test(path) };
		} catch {
			return { isShared: false };
		}
	}

	loadShared(from, name, path) {
		const exported = EMULATOR.test(path) ? super.requireModule(from, name) : require(path);
		shared.set(path, exported);
		return exported;
	}

	/** Runs a file of the project, unless it has run in this test file before. */
	loadOwn(from, name, path) {
		const registry = this._isolatedModuleRegistry ?? this._moduleRegistry;
		const known = registry.get(path);
		if (known) return known.exports;
		const module = {
			children: [],
			exports: {},
			filename: path,
			id: path,
			isPreloading: false,
			loaded: false,
			path: dirname(path),
		};
		registry.set(path, module);
		try {
			this._loadModule(module, from, name, path, undefined, registry);
		} catch (error) {
			registry.delete(path);
			throw error;
		}
		return module.exports;
	}

	/** Reads and transforms a file once for all test files; where files may change meanwhile, for each. */
	transformFile(filename, options) {
		const { watch, watchAll, collectCoverage } = this._globalConfig;
		if (options?.isInternalModule || watch || watchAll || collectCoverage)
			return super.transformFile(filename, options);
		return compiled.get(filename)?.source ?? super.transformFile(filename, options);
	}

	/** Compiles for the globals of this process (environment.cjs), once for all test files. */
	createScriptFromCode(source, filename) {
		const known = compiled.get(filename);
		if (known?.source === source) return known.script;
		const script = compileFunction(source, this.constructInjectedModuleParameters(), { filename });
		compiled.set(filename, { source, script });
		return script;
	}

	/** Jest lets nobody import between two tests; of tests that run at the same time, one imports while another one ends. */
	leaveTestCode() {}

	_createJestObjectFor(from) {
		return OF_TESTS.test(from) ? super._createJestObjectFor(from) : undefined;
	}
}

module.exports = { __esModule: true, default: SharedLibraries };
