import type { Timer } from './timer';

/*
 * A call that is made in the middle of a burst takes long: n8n's other work comes between its reading and its writing.
 * All other processes have to be silent for longer than a call takes, so calls wait for a calm moment.
 */

/**
 * What a call is for: to claim a key; to look at a claim that was made, or record again what is gone; or to look whether all is
 * still there.
 */
export type Purpose = 'claim' | 'look' | 'watch';

/** For how many steps of time a call is put off at most, unless somebody waits for its answer already. */
const MOST_STEPS = 240;
/**
 * How many calm steps a call waits for, and for how many steps at most. A step takes `calmStepMs`, 25 ms. Six of them are
 * longer than the pauses between the executions of a burst.
 */
const WAITS: Record<Purpose, { calm: number; most: number }> = {
	claim: { calm: 6, most: MOST_STEPS },
	look: { calm: 4, most: 40 },
	// Nobody waits for it.
	watch: { calm: 12, most: MOST_STEPS },
};

/**
 * Up to which part of a step the process may be at work. Measured with 40 webhooks at once: until the last execution has
 * begun, at least one of any six steps in a row is above this. After that the process is almost idle.
 */
const MOST_AT_WORK = 0.6;
/** How late a step may end, in ms: other programs may keep the processor busy. */
const MOST_LATE_MS = 15;

/** The shortest time that `untilCalm` takes, in ms. */
export const shortestWait = (purpose: Purpose, calmStepMs: number): number =>
	WAITS[purpose].calm * calmStepMs;

/** How long a process that is always at work waits at most with a call and with the one that follows from it, in ms. */
export const longestWait = (calmStepMs: number): number => (MOST_STEPS + WAITS.look.most) * calmStepMs;

/**
 * Waits for a moment in which the process has little else to do, but not forever.
 *
 * @param calmStepMs how long a step takes, in ms
 * @param purpose what the next call is for, as it is known at that moment
 */
export async function untilCalm(timer: Timer, calmStepMs: number, purpose: () => Purpose): Promise<void> {
	let calm = 0;
	for (let waited = 0; calm < WAITS[purpose()].calm && waited < WAITS[purpose()].most * calmStepMs;) {
		const from = timer.now();
		const atWork = timer.measureWork();
		await timer.sleep(calmStepMs);
		const took = timer.now() - from;
		waited += took;
		calm = took < calmStepMs + MOST_LATE_MS && atWork() <= MOST_AT_WORK ? calm + 1 : 0;
	}
}
