import type { Services } from '../services.ts';
import type { Pool } from './pool.ts';

/** How many tests of a file run at the same time; as `maxConcurrency` in jest.config.js. */
export const AT_ONCE = 12;

/**
 * Runs the tests of a file at the same time, which saves minutes where they mostly wait. Each test has its own emulator.
 *
 * @param toolsOf what a test works with, on what it gets from the pool
 */
export function testsOn<Tools>(pool: Pool, toolsOf: (services: Services) => Tools) {
	const run = async (test: (tools: Tools) => Promise<void>) =>
		await pool.use(async (services) => await test(toolsOf(services)));
	return {
		/** As `it`. */
		test: (name: string, test: (tools: Tools) => Promise<void>): void =>
			it.concurrent(name, async () => await run(test)),
		/** As `it.each`. */
		testEach:
			<Row extends unknown[]>(rows: Row[]) =>
			(name: string, test: (tools: Tools, ...row: Row) => Promise<void>): void =>
				it.concurrent.each(rows)(
					name,
					async (...row) => await run(async (tools) => await test(tools, ...row)),
				),
	};
}
