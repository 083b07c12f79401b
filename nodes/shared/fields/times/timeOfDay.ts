import type { Checked } from '../checked';
import { sourceOf } from './advised';
import type { Clock } from './clock';
import { dateText, isDateObject, readDateTime } from './dateTime';
import { FIRST_SERIAL_OF_DAYS, isSerial, timeExpression, timeOfSerial } from './numbers';
import { isLikeADate, isLikeATime, shown } from './shown';
import { clockTime, maybeSpan, readOffset, spanOf } from './written';
import { namedZone, zoneBehind } from './zones';

/** From 00:00:00 to 23:59:59. */
const EXISTS = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d/;

/**
 * @cause The field takes a time of day, and the value is something else.
 * @cure Write the time alone, `14:30` or `2:30 PM`, or a whole date and time.
 */
const NO_TIME = 'must be a time of day such as 14:30 or 2:30 PM';

/** Reads what is a time and no more, without parts of a second; undefined for any other text. */
function readTime(text: string): Checked | undefined {
	const read = clockTime(text);
	if (!read) return undefined;
	if (read.isSpan) return maybeSpan(text);
	const offset = read.offset === undefined ? '' : readOffset(read.offset);
	const exists = read.noSuchHour === undefined && EXISTS.test(read.time);
	/**
	 * @cause There is no such time on a clock, such as 25:00.
	 * @cure Correct the time where it comes from.
	 */
	if (offset === undefined || !exists) return { wrong: `must be a time of day; ${text} does not exist` };
	return { value: `${read.time.slice(0, 8)}${offset}` };
}

/** A spreadsheet's number for a time alone, with the right way to read it; undefined for any other text. */
function partOfDay(text: string, clock: Clock): Checked | undefined {
	const time = timeOfSerial(Number(text));
	if (time === undefined) return undefined;
	/**
	 * @example is 0.604166, which is 14:30:00 in a spreadsheet. To send that, write {{ DateTime.fromMillis(…) }}
	 * @cause The column holds the times of day of a spreadsheet, which keeps them as parts of a day.
	 * @cure Use the expression in the message, or give the column the format of a text in the spreadsheet.
	 */
	return {
		wrong: `is ${text}, which is ${time} in a spreadsheet. To send that, write ${timeExpression(sourceOf(clock, text))}`,
	};
}

/**
 * Reads a time of day: a time alone, with or without an offset, or a whole date and time in any form that a date field
 * takes. `convertTimes` reduces a whole date and time to its time of day.
 *
 * @returns `14:30:00`, with an offset where one was given; or a whole date and time with its offset
 */
export function readTimeOfDay(raw: unknown, clock: Clock): Checked {
	if (isDateObject(raw)) return readDateTime(raw, clock);
	const text = dateText(raw);
	const time = text === undefined ? undefined : (readTime(text) ?? partOfDay(text, clock));
	if (time || text === undefined) return time ?? { wrong: NO_TIME };
	const span = spanOf(text);
	if (span) return span;
	const named = zoneBehind(text);
	if (named && readTime(named.bare)) return namedZone(text, named, clock.offersFormat);
	const whole = readDateTime(raw, clock);
	const day = named?.bare ?? text;
	// A smaller number is more likely a time: 1430.
	const isDayOfSheet = isSerial(Number(text)) && Number(text) >= FIRST_SERIAL_OF_DAYS;
	const tellsDay = isDayOfSheet || (isLikeADate(day) && !isLikeATime(day)) || text.includes(' 1899 ');
	/** @noMessage It is the message above. */
	return 'wrong' in whole && !tellsDay ? { wrong: `${NO_TIME}${shown(text, ', not')}` } : whole;
}

/** Whether a read time of day is a whole date and time. */
export const isWhole = (time: string): boolean => /^\d{4}-/.test(time);
