import { plainText } from '../../json/text';
import type { Checked } from '../checked';
import type { Clock } from './clock';
import { isDateObject, readDateTime } from './dateTime';
import { isLikeADate, shown } from './shown';
import { readOffset } from './written';

/** 14:30 · 14:30:00 · 2:30 PM · 2:30 p.m. · 14:30:00-06:00 */
const TIME =
	/^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?(?: ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?$/i;

const NO_TIME = 'must be a time of day such as 14:30 or 2:30 PM';

/** The 24 hours of a day by those of a clock with AM and PM. */
function hourOfDay(hour: number, half: string | undefined): number {
	if (half === undefined) return hour;
	if (hour < 1 || hour > 12) return Number.NaN;
	return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

const twoDigits = (number: number): string => `${number}`.padStart(2, '0');

/** Reads what is a time and no more; undefined for any other text. */
function readTime(text: string): Checked | undefined {
	const [, hours, minutes, seconds = '00', half, given] = TIME.exec(text) ?? [];
	if (hours === undefined) return undefined;
	const hour = hourOfDay(Number(hours), half);
	const offset = given === undefined ? '' : readOffset(given);
	if (offset === undefined || !(hour < 24 && Number(minutes) < 60 && Number(seconds) < 60)) {
		return { wrong: `must be a time of day; ${text} does not exist` };
	}
	return { value: `${twoDigits(hour)}:${minutes}:${seconds}${offset}` };
}

/**
 * Reads a time of day: a time alone, with or without an offset, or a whole date and time in any form that a date field
 * takes.
 *
 * @returns `14:30:00`, with an offset where one was given; or a whole date and time with its offset
 */
export function readTimeOfDay(raw: unknown, clock: Clock): Checked {
	if (isDateObject(raw)) return readDateTime(raw, clock);
	const text = plainText(raw)?.trim().replace(/\s+/g, ' ');
	const time = text === undefined ? undefined : readTime(text);
	if (time || text === undefined) return time ?? { wrong: NO_TIME };
	const whole = readDateTime(raw, clock);
	return 'wrong' in whole && !isLikeADate(text) ? { wrong: `${NO_TIME}${shown(text, ', not')}` } : whole;
}

/** Whether a read time of day is a whole date and time. */
export const isWhole = (time: string): boolean => /^\d{4}-/.test(time);
