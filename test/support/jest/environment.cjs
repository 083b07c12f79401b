'use strict';

const { ModernFakeTimers } = require('@jest/fake-timers');
const { TestEnvironment } = require('jest-environment-node');
const { ModuleMocker } = require('jest-mock');

/** What Jest itself leaves behind in the globals, by symbols: each test file begins without it. */
const OF_JEST = [Symbol.for('EVENT_HANDLERS'), Symbol.for('TEST_TIMEOUT_SYMBOL')];

/**
 * The globals of the worker's own process, which all its test files share as nodes share those of n8n. Jest would give
 * each file others, where an error made by Node itself is no `instanceof Error`, and no library could be loaded once.
 */
module.exports = class SharedGlobals extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		for (const symbol of OF_JEST) delete globalThis[symbol];
		const { projectConfig } = config;
		this.global = Object.assign(globalThis, projectConfig.globals);
		this.moduleMocker = new ModuleMocker(globalThis);
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
		// Jest puts its own in place of it for each file.
		this.exit = process.exit;
	}

	async teardown() {
		process.exit = this.exit;
		await super.teardown();
	}
};
