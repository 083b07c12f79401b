'use strict';

const { createRequire } = require('node:module');
const { createContext } = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

// Errors already name the lines of the source (typescript.cjs); the maps of n8n's own files take seconds to read.
createRequire(require.resolve('jest-runner'))('source-map-support').install = () => {};

/** Symbols under which Jest itself leaves things in the globals: each test file starts without them. */
const OF_JEST = [Symbol.for('EVENT_HANDLERS'), Symbol.for('TEST_TIMEOUT_SYMBOL')];

/** Jest asks for globals in which the tests run; nothing runs in these. */
const UNUSED = createContext({});

/** What Jest tells a worker when there are no more test files (jest-worker's CHILD_MESSAGE_END). */
const END = 2;
// The nodes watch the keys of their last run for some seconds more. As in n8n, the end of the process does not wait for that.
if (process.send) process.on('message', ([what]) => what === END && setImmediate(process.exit));

/** Lines of a stack, as many as n8n has. Jest's hundred make each error of a failed item many times as dear. */
const STACK_LINES = 10;

/**
 * The globals of the worker's own process. All its test files share them, as nodes share those of n8n. Jest would give each
 * file new globals: there an error made by Node itself is no `instanceof Error`, and every library is loaded again.
 */
module.exports = class SharedGlobals {
	constructor({ projectConfig }, { testPath }) {
		for (const symbol of OF_JEST) delete globalThis[symbol];
		const { IN_PARTS, ...globals } = projectConfig.globals;
		const triesAll = !IN_PARTS.some((name) => testPath.endsWith(`${name}.test.ts`));
		this.global = Object.assign(globalThis, globals, { TRIES_ALL: triesAll });
		this.moduleMocker = new ModuleMocker(globalThis);
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
		// Jest replaces it for each file.
		this.exit = process.exit;
	}

	async setup() {
		Error.stackTraceLimit = STACK_LINES;
	}

	async teardown() {
		process.exit = this.exit;
		this.fakeTimersModern.dispose();
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	getVmContext() {
		return UNUSED;
	}
};
