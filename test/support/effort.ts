/*
 * How much is tried where what could be tried is without end. `npm test` takes under three minutes, `npm run test:long` three
 * to four; the nightly run sets TEST_EFFORT and tries everything.
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

/** Set by test/support/jest/environment.cjs. */
declare const TRIES_ALL: boolean;

/**
 * Whether the test file tries all that it can. A file whose name is one of IN_PARTS in jest.config.js does so among the long
 * tests only, and tries a part of it in `npm test`.
 */
export const triesAll = TRIES_ALL;

/** All, or one in so many where a part is enough, the first one always. */
export const part = <T>(all: T[], share: number): T[] =>
	triesAll ? all : all.filter((_, index) => index % share === 0);

/** As `runs`, or a quarter of them where a part is enough. */
export const partOfRuns = (count: number): { numRuns: number } => runs(triesAll ? count : count / 4);
