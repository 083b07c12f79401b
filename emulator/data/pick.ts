/** One of `list`; `number` may be any whole number from 0 up. */
export function pick<T>(list: readonly T[], number: number): T {
	const chosen = list[number % list.length];
	if (chosen === undefined) throw new RangeError('pick() from an empty list');
	return chosen;
}
