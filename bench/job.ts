import type { ContestantId } from './contestants/list.ts';
import type { Target } from './contestants/target.ts';
import type { Told } from './engine.ts';

/** What one process of a contestant is to do. */
export interface Job extends Target {
	contestant: ContestantId;
	/** An emulator that measures nothing. */
	warmUp: Target;
	/** Executions started at once, and the items of each. */
	executions: number;
	items: number;
	/** Number of the first event. */
	from: number;
	/** The folder of n8n-nodes-base. */
	httpRequestFolder: string;
}

/** The time, CPU and memory that it took. */
export interface Taken {
	/** From the start of the first execution to the end of the last, in ms. */
	ms: number;
	/** CPU time of the process meanwhile, all threads, in ms. */
	cpuMs: number;
	/** The most memory the process ever had, in MB. */
	peakMb: number;
	/** How much the peak grew after the start, in MB. */
	grownMb: number;
	told: Told;
}
