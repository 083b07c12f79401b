const START = Date.UTC(2026, 0, 5, 8);

const written = new Map<number, string>();

/** The time `minutes` after the day on which the emulated world begins (2026-01-05 08:00 UTC), as ISO text. */
export function stamp(minutes: number): string {
	// Each new set of records needs the same few thousand times, and formatting one is slow.
	const known = written.get(minutes);
	if (known !== undefined) return known;
	const text = new Date(START + minutes * 60_000).toISOString();
	written.set(minutes, text);
	return text;
}

/** When a record was last seen that the PMS still has. */
export const seenLately = (): string => new Date().toISOString();

/** ISO time with six decimals, as RentEngine shows it. */
export const microseconds = (time: Date): string => time.toISOString().replace('Z', '000Z');
