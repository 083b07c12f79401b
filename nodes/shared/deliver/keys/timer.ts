/** Time and random values; tests bring their own. */
export interface Timer {
	/** Epoch ms as this process counts them (`steadyNow`), like all times of this room. */
	now(): number;
	/** @param signal ends it at once */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** As `sleep`, but does not keep the process from ending. */
	idle(ms: number): Promise<void>;
	/** From 0 to 1. */
	random(): number;
	/** Begins to measure. Call the function returned for the part of the time in which the process was at work, 0 to 1. */
	measureWork(): () => number;
	/** A text that no other process has. */
	newText(): string;
}
