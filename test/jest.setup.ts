/** Set per suite in jest.config.js: Jest takes its own `testTimeout` for all suites together only. */
declare const TEST_TIMEOUT_MS: number;

jest.setTimeout(TEST_TIMEOUT_MS);
