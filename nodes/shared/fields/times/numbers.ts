import { DateTime } from 'luxon';

import { DAY_MS } from '../../json/time';
import { asWallText, operand, sourceOf, waysOfDay, waysOut } from './advised';
import type { Allowed, Clock, ReadTime } from './clock';
import { isoWall } from './clock';
import { isPlausible } from './plausible';

/*
 * Numbers that stand for a moment or a day: seconds and milliseconds since 1970, and the date numbers of spreadsheets.
 */

/** Whether a text is a number in digits. */
export const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** The word of the option *Date Format* for the numbers of spreadsheets, which have no luxon tokens. */
export const SERIAL = 'serial';

/**
 * The date number of January 1, 1970: spreadsheet programs keep a date as the days since December 30, 1899, and the time of
 * day as a part of a day.
 */
const SERIAL_OF_1970 = 25_569;

/** The wall-clock time of a serial number, to the second, as a time in UTC. */
export const wallOfSerial = (serial: number): DateTime =>
	DateTime.fromMillis((Math.round(serial * 86_400) - SERIAL_OF_1970 * 86_400) * 1_000, { zone: 'utc' });

/** March 1, 1900; spreadsheet programs differ about the days before it. */
const LEAST_SERIAL = 61;
/** The end of the year 9999, where spreadsheets end. */
const END_OF_SERIALS = 2_958_466;

/** Whether a number can be a date of a spreadsheet. */
export const isSerial = (number: number): boolean => number >= LEAST_SERIAL && number < END_OF_SERIALS;

/** The code of a number; an empty cell would be 0, which is midnight, or a day of 1899. */
const numberOf = (source: string): string => `(${operand(source)} || NaN)`;

/** The expression that gives what a spreadsheet shows for a serial number. */
const serialExpression = (clock: Clock, text: string, isDay: boolean): string =>
	`{{ DateTime.fromMillis(Math.round((${numberOf(sourceOf(clock, text))} - ${SERIAL_OF_1970}) * 86400) * 1000, { zone: 'utc' })${asWallText(clock, isDay)} }}`;

/** The time of day of a number that is a part of a day, to the second; undefined for any other number. */
export const timeOfSerial = (number: number): string | undefined =>
	number > 0 && Math.round(number * 86_400) < 86_400
		? wallOfSerial(number).toFormat('HH:mm:ss')
		: undefined;

/** The expression that gives the time of day of a part of a day. */
export const timeExpression = (source: string): string =>
	`{{ DateTime.fromMillis(Math.round(${numberOf(source)} * 86400) * 1000, { zone: 'utc' }).toFormat('HH:mm:ss') }}`;

/** The serial number of January 1, 2000. A smaller number is read as seconds, and refused as a time of 1970. */
const FIRST_SERIAL = 36_526;
/** A serial number of 1927. In a field for days of any age, a smaller number is more likely an age or a year. */
export const FIRST_SERIAL_OF_DAYS = 10_000;

/** How digits spell a date, from its year to the second. */
const SPELT = 'yyyyMMddHHmmss';
/** How many of them a date has, with or without its time and the seconds. */
const LENGTHS = [8, 12, 14];

function noDate(year: number, text: string, { offersFormat, format }: Clock): string {
	const tokens = SPELT.slice(0, text.length);
	const isSpelt = LENGTHS.includes(text.length) && DateTime.fromFormat(text, tokens).isValid;
	/** @noMessage It is a part of the message below. */
	const other = format === undefined ? '' : ", nor written as the option 'Date Format' says";
	/** @noMessage It ends the message below. */
	const way =
		offersFormat && isSpelt
			? `, or, if its digits are one, set the option 'Date Format' to ${tokens}`
			: '';
	/**
	 * @cause The number counts neither seconds nor milliseconds since 1970.
	 * @cure Check which field the expression names. If it is the right one, its digits are a date in another form: say in the
	 * option _Date Format_ which.
	 */
	return `is a number that is no date from the year ${year} to five years from now, in seconds or milliseconds since 1970${other}. Check where the value comes from${way}`;
}

/** In every time zone, the days of the last century begin at a whole quarter of an hour in UTC. */
const QUARTER_MS = 900_000;
/** The least numbers that are taken for such days: smaller ones may be the digits of a date, or of a phone number. */
const LEAST_SECONDS = 1e8;
const LEAST_MS = 1e10;

/**
 * Reads seconds or milliseconds since 1970. The size shows which, because a leasing event lies between 2000 and a few
 * years from now. A field that holds a day takes those of the last century too. Date numbers of spreadsheets are far smaller;
 * they are refused, with the right way to read them.
 */
export function readNumber(text: string, clock: Clock, allowed: Allowed): ReadTime {
	const { dayAlone = false } = allowed;
	const number = Number(text);
	const moment = momentOf(number, allowed);
	if (moment) return { time: moment };
	const wall = wallOfSerial(number);
	const isOldSerial = dayAlone && number >= FIRST_SERIAL_OF_DAYS && number < FIRST_SERIAL;
	if (isPlausible(wall) || isOldSerial) return { wrong: spreadsheets(text, wall, clock, allowed) };
	if (Math.abs(number) < FIRST_SERIAL) return { time: DateTime.fromSeconds(number, { zone: 'utc' }) };
	return { wrong: noDate(dayAlone ? 1900 : 2000, text, clock) };
}

/** The moment that a number counts to, in seconds or in milliseconds; undefined if it counts neither. */
function momentOf(number: number, { dayAlone = false, past }: Allowed): DateTime | undefined {
	// 777600000 would be a day of birth in seconds, in 1994, and in milliseconds, in 1970.
	const seconds = past && number % DAY_MS === 0 ? Number.NaN : number;
	for (const [ms, least] of [
		[seconds * 1_000, LEAST_SECONDS],
		[number, LEAST_MS],
	] as const) {
		const time = DateTime.fromMillis(Math.trunc(ms), { zone: 'utc' });
		const isOldDay =
			Math.floor(time.year / 100) === 19 && ms % QUARTER_MS === 0 && Math.abs(number) >= least;
		if (isPlausible(time) || (dayAlone && isOldDay)) return time;
	}
	return undefined;
}

/**
 * What is wrong with a spreadsheet's date number, and the right way to read it.
 *
 * @cause The column holds the date numbers of a spreadsheet.
 * @cure Set the option _Date Format_ to `serial`, or use the expression in the message. A number without a fraction is
 * a day: add the time, unless the field holds a day.
 */
function spreadsheets(text: string, wall: DateTime, clock: Clock, allowed: Allowed): string {
	const { dayAlone, past } = allowed;
	const isDay = dayAlone === true || Number.isInteger(Number(text));
	const expression = serialExpression(clock, text, isDay);
	if (isDay && !dayAlone) {
		const day = wall.toISODate();
		return `has no time of day: ${text} is the day ${day} in a spreadsheet. Add the time, such as ${day}T14:30:00${waysOfDay(clock, SERIAL, expression, allowed)}`;
	}
	/** @noMessage It is a part of the message above. */
	const what = dayAlone ? `the day ${wall.toISODate()}` : isoWall(wall);
	/** @noMessage It is a part of the message above. */
	const is = past ? 'the number of a day' : `${text}, which is ${what}`;
	return `is ${is} in a spreadsheet. To send that, ${waysOut(clock, SERIAL, expression, allowed)}`;
}
