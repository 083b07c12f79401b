/*
 * How much is tried where what could be tried is without end. `npm test` takes three to four minutes, `npm run test:long` one;
 * the nightly run sets TEST_EFFORT and tries everything.
 */
const EFFORT = Number(process.env.TEST_EFFORT ?? 1);

/** Whether this is a run that may take longer. */
export const hasTime = EFFORT > 1;

/** How often fast-check tries; more often where there is time. */
export const runs = (count: number): { numRuns: number } => ({ numRuns: Math.ceil(count * EFFORT) });

/**
 * A part of what could be tried, for all but the first of many things that work with the same code: together they meet all
 * of it. Everything where there is time.
 *
 * @param share 4 for a quarter
 * @param turn where to begin: 0, 1, 2 …
 */
export const portion = <T>(all: T[], share: number, turn: number): T[] =>
	hasTime ? all : all.filter((_, index) => index % share === turn % share);
