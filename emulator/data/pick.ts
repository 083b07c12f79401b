/** One of `list`; `number` may be any whole number from 0 up. */
export function pick<T>(list: readonly T[], number: number): T {
	const chosen = list[number % list.length];
	if (chosen === undefined) throw new RangeError('pick() from an empty list');
	return chosen;
}

const START = Date.UTC(2026, 0, 5, 8);

/** The time `minutes` after the day on which the emulated world begins (2026-01-05 08:00 UTC), as ISO text. */
export const stamp = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();
