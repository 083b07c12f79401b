const START = Date.UTC(2026, 0, 5, 8);

/** The time `minutes` after the day on which the emulated world begins (2026-01-05 08:00 UTC), as ISO text. */
export const stamp = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

/** ISO time with six decimals, as RentEngine shows it. */
export const microseconds = (time: Date): string => time.toISOString().replace('Z', '000Z');
