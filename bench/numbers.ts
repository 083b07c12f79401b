/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = values.toSorted((left, right) => left - right);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** "600", or "440 to 450" when the rounds differ. */
export function range(values: number[]): string {
	const [least, most] = [Math.min(...values), Math.max(...values)];
	return least === most ? whole(least) : `${whole(least)} to ${whole(most)}`;
}

/** "10,000" */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** "1.04" */
export const ratio = (value: number): string => value.toFixed(2);

/** Milliseconds as "6.2 s". */
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
