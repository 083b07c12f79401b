/** For how long a process is silent after a call, in ms. */
export interface SilenceTimes {
	/** At the least: most calls of any process are far shorter. */
	shortest: number;
	/** At the most: or the calls that wait for each other would make the estimate grow without end. */
	longest: number;
	/** By when others have noticed at the latest that a late call has wiped them out, beside the time it took. */
	noticedAfter: number;
}

export const SILENCE_MS: SilenceTimes = { shortest: 100, longest: 900, noticedAfter: 1_000 };

/**
 * How many calls of others a silence is longer than. Calls of as many processes may overwrite each other in turn, so that
 * what the first of them has written comes back with the last.
 */
const CALLS_OF_OTHERS = 3;
/** How many of the latest calls count: one that was slow in a burst does not for long. */
const LATEST = 10;
/** Two processes that fall silent together must not come back together. */
const RANDOM_PART = 0.25;

/**
 * How long a process has to be silent on the store: longer than a call of any other process takes. Then whatever was
 * under way when the last call ended has been written by now.
 */
export class Silence {
	/** How long the latest calls took, in ms. */
	private latest: number[] = [];

	/** @param random gives a number from 0 to 1 */
	constructor(
		private readonly random: () => number,
		private readonly times: SilenceTimes,
	) {}

	/** Whether a call took longer than others are silent: they may have looked before it was written. */
	isLate(took: number): boolean {
		return took > Math.max(this.times.shortest, ...this.latest);
	}

	/** Notes how long a call took; gives for how long to be silent after it, in ms. */
	after(took: number): number {
		const late = this.isLate(took);
		this.latest = [...this.latest, took].slice(-LATEST);
		const { shortest, longest, noticedAfter } = this.times;
		const silent = Math.min(longest, Math.max(shortest, CALLS_OF_OTHERS * Math.max(...this.latest)));
		const ms = silent * (1 + RANDOM_PART * this.random());
		// Others see within that time what a late call has wiped out, and record it again.
		return late ? noticedAfter + 2 * (took + ms) : ms;
	}
}
