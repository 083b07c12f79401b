import { Limiter } from '../../../../../nodes/shared/http/limiter';
import type { Slot } from '../../../../../nodes/shared/http/limiter';
import type { Rate } from '../../../../../nodes/shared/http/service';

export const RATE: Rate = { requests: 5, windowMs: 1_000, patienceMs: 10_000 };

/** A signal that never fires. */
export const never = () => new AbortController().signal;

/** A limiter with what it granted, in the order of the grants; times are ms since its beginning. */
export function watched(rate: Partial<Rate> = {}) {
	const limiter = new Limiter({ ...RATE, ...rate });
	const start = Date.now();
	const grants: Array<{ name: number; at: number; slot: Slot }> = [];
	const failures: Array<{ name: number; at: number; cause: unknown }> = [];
	let names = 0;
	/** Waits for a slot, and ends it as told. */
	const ask = (end?: (slot: Slot) => void, signal: AbortSignal = never()): number => {
		const name = names++;
		limiter.slot(signal).then(
			(slot) => {
				grants.push({ name, at: Date.now() - start, slot });
				end?.(slot);
			},
			(cause: unknown) => failures.push({ name, at: Date.now() - start, cause }),
		);
		return name;
	};
	return { limiter, grants, failures, ask };
}

/** A reply as the limiter reads it. */
export const reply = (status: number, headers: Record<string, unknown> = {}) => ({ status, headers });

/** The most grants that lie in any time of that length. */
export function mostWithin(times: number[], windowMs: number): number {
	return Math.max(
		0,
		...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
	);
}

/** Lets everything happen that is due now. */
export async function settle(): Promise<void> {
	await jest.advanceTimersByTimeAsync(0);
}
