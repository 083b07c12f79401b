'use strict';

/**
 * One suite of tests: everything below test/<name>.
 *
 * @param {string} name
 * @param {number} seconds that a single test or hook may take
 */
const suite = (name, seconds) => ({
	displayName: name,
	rootDir: __dirname,
	// Jest looks nowhere else for tests (the n8n that the demo installs has 100 000 files).
	roots: ['<rootDir>/test'],
	testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
	runtime: '<rootDir>/test/support/jest/runtime.cjs',
	globalSetup: '<rootDir>/test/support/jest/userFolder.cjs',
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	// Types are checked once, by `npm run check`.
	transform: { '\\.ts$': '<rootDir>/test/support/jest/typescript.cjs' },
	globals: { TEST_TIMEOUT_MS: seconds * 1000 },
	setupFilesAfterEnv: ['<rootDir>/test/jest.setup.ts'],
});

/** @type {import('jest').Config} */
module.exports = {
	testSequencer: '<rootDir>/test/support/jest/longestFirst.cjs',
	// More than there are cores: most of the engine tests' time is waiting for time-outs and turns.
	maxWorkers: 6,
	// Of the tests of one file that run at the same time: the cells of the fault matrix.
	maxConcurrency: 12,
	projects: [
		// Long enough for a busy machine.
		suite('unit', 60),
		suite('engine', 240),
		// These start whole programs (n8n, a browser, databases) and wait for them.
		suite('e2e', 900),
		suite('browser', 300),
		suite('queue', 900),
	],
};
