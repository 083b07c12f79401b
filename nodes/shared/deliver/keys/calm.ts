import { BoundedMap } from '../../process/boundedMap';
import type { Clock } from './clock';
import type { SilenceTimes } from './silence';

/**
 * The process is calm when so many timers of `calmTurn` in a row end less than `BUSY_MS` late. Calls wait for that:
 * in the middle of a burst, n8n's other work comes between the reading and the writing of a call, so that it takes
 * long, and all other processes have to be silent for longer than a call takes.
 */
export const CALM_TURNS = 4;
const BUSY_MS = 15;

/**
 * What a call is for: to claim a key; to look at a claim that was made, or record again what is gone; or to look whether all is
 * still there.
 */
export type Purpose = 'claim' | 'look' | 'watch';

/** How many calm timers a call waits for, and for how long at most, in ms. */
const WAITS: Record<Purpose, { turns: number; longest: number }> = {
	claim: { turns: CALM_TURNS, longest: 5_000 },
	look: { turns: CALM_TURNS, longest: 1_000 },
	// Nobody waits for it. The pauses inside a burst are shorter than so many turns.
	watch: { turns: 60, longest: 10_000 },
};

/** How many executions are known at a time: those that come back, as in a loop, are no part of a burst. */
const MOST_EXECUTIONS = 1_000;

/** Finds a moment in which the process has little else to do. */
export class Calm {
	/** The latest executions that use the node, and when the last of them began to, epoch ms. */
	private readonly executions = new BoundedMap<true>({ most: MOST_EXECUTIONS });
	private executionBegan = -Infinity;

	constructor(
		private readonly clock: Clock,
		private readonly times: Pick<SilenceTimes, 'calmTurn' | 'afterBegin'>,
	) {}

	/** An execution begins to use the store. */
	begin(execution: string): void {
		if (!this.executions.get(execution)) this.executionBegan = this.clock.now();
		this.executions.set(execution, true);
	}

	/**
	 * Waits for a calm moment, but not forever.
	 *
	 * @param purpose what the next call is for, as it is known at that moment
	 */
	async wait(purpose: () => Purpose): Promise<void> {
		const { clock, times } = this;
		let calm = 0;
		for (let waited = 0; calm < WAITS[purpose()].turns && waited < WAITS[purpose()].longest;) {
			const from = clock.now();
			await clock.sleep(times.calmTurn);
			const took = clock.now() - from;
			waited += took;
			calm = took < times.calmTurn + BUSY_MS && !this.isBurst(purpose()) ? calm + 1 : 0;
		}
	}

	/** Whether more executions may be about to begin. A look at a claim does not wait for them. */
	private isBurst(purpose: Purpose): boolean {
		return purpose !== 'look' && this.clock.now() - this.executionBegan < this.times.afterBegin;
	}
}
