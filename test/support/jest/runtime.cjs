'use strict';

const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const LIBRARY = /[\\/]node_modules[\\/](?!@jest|jest|expect)/;

/**
 * Loads libraries once per worker: n8n-core alone would take half a second in each of a hundred test files. The project's
 * own code is loaded anew for each file, so that no file sees what the nodes of another file remember.
 */
class SharedLibraries extends Runtime {
	requireModule(from, name, options, isActual) {
		if (name && !options?.isInternalModule && !this._resolver.isCoreModule(name)) {
			const path = this._resolveCjsModule(from, name);
			if (LIBRARY.test(path)) return require(path);
		}
		return super.requireModule(from, name, options, isActual);
	}

	/** Compiles for the globals of this process (environment.cjs). */
	createScriptFromCode(source, filename) {
		return compileFunction(source, this.constructInjectedModuleParameters(), { filename });
	}
}

module.exports = { __esModule: true, default: SharedLibraries };
