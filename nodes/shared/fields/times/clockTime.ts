/** 9:30 · 14:30:15.25 · 2 PM · 2:30 p.m. · 14:30:00-06:00 · 14:30 UTC */
const CLOCK_TIME =
	/^(\d{1,2})(?::(\d{2})(?::(\d{2})([.,]\d+)?)?)?(?: ?([ap])\.? ?m\.?)?(?: ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?$/i;

/** What a clock shows, as it was written: its hour, minute and second may be none that exist. */
export interface ClockTime {
	/** `09:30:00`, with parts of a second where there are some. */
	time: string;
	/** The offset as it was written. */
	offset?: string;
	/** What is wrong with the hour beside AM or PM: `13 PM`. */
	noSuchHour?: string;
}

/** The hour of a day by that of a clock with AM and PM: 12 AM is 0. `half` is A or P. */
export const hourOfDay = (hour: number, half: string): number => (hour % 12) + (/p/i.test(half) ? 12 : 0);

/**
 * Reads a clock time in every way of writing that has one meaning; undefined for any other text. An hour alone may be
 * anything, so it only counts with AM or PM.
 */
export function clockTime(text: string): ClockTime | undefined {
	const [, given, minute, second = '00', fraction = '', half, offset] = CLOCK_TIME.exec(text) ?? [];
	if (given === undefined || (minute === undefined && half === undefined)) return undefined;
	const hour = Number(given);
	const sign = half?.toUpperCase();
	const isWrong = sign !== undefined && (hour < 1 || hour > 12);
	const shown = sign === undefined || isWrong ? hour : hourOfDay(hour, sign);
	return {
		time: `${`${shown}`.padStart(2, '0')}:${minute ?? '00'}:${second}${fraction.replace(',', '.')}`,
		...(offset !== undefined && { offset }),
		...(isWrong && { noSuchHour: `${hour} ${sign}M` }),
	};
}
