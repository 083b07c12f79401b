/** How far the two clocks may differ between two looks at them, in ms: more means that the process was suspended. */
const SUSPENDED_MS = 1_000;

/**
 * A clock that goes on evenly when the machine's clock is set back, and that has gone on while the machine was suspended.
 * Of the two clocks the one counts that has gone further: the count of the process stands still while a laptop or a
 * virtual machine sleeps. A machine's clock that is set forward looks the same, so that time counts as over, too.
 *
 * @param wall the clock of the machine, epoch ms
 * @param counted the count of the process, in ms
 */
export function steadyClock(wall: () => number, counted: () => number): () => number {
	let last = { wall: wall(), counted: counted() };
	let now = last.wall;
	return () => {
		const looked = { wall: wall(), counted: counted() };
		const byWall = looked.wall - last.wall;
		const byCount = Math.max(0, looked.counted - last.counted);
		last = looked;
		now += byWall - byCount > SUSPENDED_MS ? byWall : byCount;
		return Math.round(now);
	};
}

/**
 * Epoch ms as this process counts them, for what is compared within it (`steadyClock`). Other processes count otherwise:
 * what they may read is kept as `wallTimeOf`.
 */
export const steadyNow = steadyClock(
	() => Date.now(),
	() => performance.now(),
);

/** A moment of `steadyNow` by the machine's clock, which other processes know, epoch ms. */
export const wallTimeOf = (steady: number): number => Date.now() - (steadyNow() - steady);

/** A past moment by the machine's clock as this process counts it. */
export const steadyTimeOf = (wall: number): number => steadyNow() - Math.max(0, Date.now() - wall);
