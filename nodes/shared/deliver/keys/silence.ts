import { longestWait } from './calm';

/** For how long a process is silent after a call, in ms. */
export interface SilenceTimes {
	/** The shortest silence. Most calls take far less. */
	shortest: number;
	/** The longest silence. Without it, calls that wait for each other would make the estimate grow without end. */
	longest: number;
	/**
	 * How long others take at most to notice that a late call has wiped out their entries, besides the time it took and
	 * their wait for a calm moment.
	 */
	noticedAfter: number;
	/** How long each of the steps is that show whether the process is calm (see `calm.ts`). */
	calmStepMs: number;
}

export const SILENCE_MS: SilenceTimes = {
	shortest: 100,
	longest: 900,
	noticedAfter: 1_000,
	calmStepMs: 25,
};

/**
 * How many calls a silence lasts. That many processes may overwrite each other one after the other, so that the last
 * call brings back what the first one wrote.
 */
const CALLS_OF_OTHERS = 3;
/** How many of the latest calls count. Few, so that a slow call of a burst is soon forgotten. */
const LATEST = 10;
/** The random part of a silence: two processes that become silent together must not call again together. */
const RANDOM_PART = 0.25;

/**
 * How long a process makes no call on the store after its last one: longer than a call of any other process takes. When
 * the silence ends, every call that was under way when it began has been written.
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
		const { shortest, longest } = this.times;
		return took > Math.min(longest, Math.max(shortest, ...this.latest));
	}

	/** Takes how long a call took, in ms; gives how long to be silent after it, in ms. */
	after(took: number): number {
		this.latest = [...this.latest, took].slice(-LATEST);
		const { shortest, longest } = this.times;
		const least = Math.min(longest, Math.max(shortest, CALLS_OF_OTHERS * Math.max(...this.latest)));
		return least * (1 + RANDOM_PART * this.random());
	}

	/**
	 * How long to make no claim after a late call, of this process or another one, in ms. In that time, others notice what it has
	 * wiped out, and record it again, also those that wait for a calm moment first.
	 *
	 * @param took how long the call took, in ms
	 */
	afterLateCall(took: number): number {
		const { longest, noticedAfter, calmStepMs } = this.times;
		return noticedAfter + longestWait(calmStepMs) + 2 * (took + longest);
	}
}
