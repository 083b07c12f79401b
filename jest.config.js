'use strict';

/**
 * Unit and engine tests of what has no end (hostile input, random sequences, tens of thousands of items), and of how the
 * tests themselves set the clocks of the nodes.
 */
const LONG = '*{hostile,sequences,stress,longRun,timing}.test.ts';

/**
 * How the names of files end of which `npm test` tries a part of what there is, and `npm run test:long` all of it: see
 * test/support/effort.ts.
 */
const IN_PARTS = [
	...['matrix', 'property', 'writes.faults', 'writes.lookUp'],
	...['keyedBurst', 'findCosts', 'findFaults', 'pms', 'waitForResult'].map(
		(name) => `leadEvent.create.${name}`,
	),
	...['leasingEvent.create.lookUp'],
	...[
		'shared/output',
		'shared/report/secrets',
		'shared/report/agent',
		'shared/fields/damaged',
		'shared/fields/inputField',
		'shared/webhook/deliveries',
	],
	...['twoProcesses', 'preview', 'outage', 'retry', 'keys', 'keys.addedLater', 'keys.otherEvent'].map(
		(name) => `deliver/${name}`,
	),
	...['records/everyField.find'],
	...['keys/remembered', 'keys/protocol.model'],
];

/**
 * One suite of tests.
 *
 * @param {string} name
 * @param {number} seconds that a single test or hook may take
 * @param {string[]} testMatch all files below test/<name>, but for the long ones
 */
const suite = (name, seconds, testMatch = [`<rootDir>/test/${name}/**/*.test.ts`, `!**/${LONG}`]) => ({
	displayName: name,
	rootDir: __dirname,
	// Jest looks nowhere else for tests (the n8n that the demo installs has 100 000 files).
	roots: ['<rootDir>/test'],
	testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
	runtime: '<rootDir>/test/support/jest/runtime.cjs',
	globalSetup: '<rootDir>/test/support/jest/userFolder.cjs',
	testMatch,
	// Types are checked once, by `npm run check`.
	transform: { '\\.ts$': '<rootDir>/test/support/jest/typescript.cjs' },
	globals: { TEST_TIMEOUT_MS: seconds * 1000, IN_PARTS: name === 'long' ? [] : IN_PARTS },
	setupFilesAfterEnv: ['<rootDir>/test/jest.setup.ts'],
});

/** @type {import('jest').Config} */
module.exports = {
	testSequencer: '<rootDir>/test/support/jest/longestFirst.cjs',
	// More than there are cores, because engine tests wait for time-outs and turns. Each process costs seconds to begin with.
	maxWorkers: 6,
	// Of the tests of one file that run at the same time: the cells of the fault matrix.
	maxConcurrency: 12,
	projects: [
		// Long enough for the slowest machine: only a test that hangs takes so long.
		suite('unit', 300),
		suite('engine', 900),
		suite(
			'long',
			900,
			[LONG, `*{${IN_PARTS.join(',')}}.test.ts`].map(
				(names) => `<rootDir>/test/{unit,engine}/**/${names}`,
			),
		),
		// These start whole programs (n8n, a browser, databases) and wait for them.
		suite('e2e', 900),
		suite('browser', 300),
		suite('queue', 900),
	],
};
