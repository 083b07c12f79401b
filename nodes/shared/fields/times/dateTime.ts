import { DateTime } from 'luxon';

import { plainText, textOf } from '../../json/text';
import type { Checked } from '../checked';
import { lineOf } from '../kinds/kind';
import { isDayBeforeMonth, operand, withCleanSource, withSource } from './advised';
import type { Allowed, Clock, ReadTime } from './clock';
import { hasOffset, iso } from './clock';
import { readByFormat } from './dateFormat';
import { localForm } from './guesses';
import { isNumber, readNumber } from './numbers';
import { implausible, misreadYear } from './plausible';
import { isLikeADate, shown } from './shown';
import { waysToRead } from './tidied';
import { dayOfFormat } from './tokens';
import { clockTime, readIso, readRfc2822, spanOf } from './written';
import type { Named } from './zones';
import { namedZone, zoneBehind } from './zones';

/** Recognizes a luxon DateTime by its methods: n8n's `$now` comes from another copy of the library. */
interface DateTimeLike {
	isValid: unknown;
	toISO(): unknown;
	toJSON(): unknown;
}

const isDateTimeLike = (value: object): value is DateTimeLike =>
	'isValid' in value && 'toISO' in value && typeof value.toISO === 'function';

/** A Date of whatever realm. */
const isDate = (value: object): value is Date => Object.prototype.toString.call(value) === '[object Date]';

/** Whether a value is a date object, of JavaScript or of luxon. */
export const isDateObject = (value: unknown): value is Date | DateTimeLike =>
	typeof value === 'object' && value !== null && (isDate(value) || isDateTimeLike(value));

/**
 * @cause `new Date(…)` or `DateTime.from…` in the expression was given nothing, or something that is no date.
 * @cure Check which field the expression names.
 */
export const INVALID_DATE: { wrong: string } = {
	wrong: 'is an invalid date: it was made from something that is no date. Check where the value comes from',
};

function readObject(value: Date | DateTimeLike): ReadTime {
	const text = isDateTimeLike(value) ? value.toISO() : Date.prototype.getTime.call(value);
	const time =
		typeof text === 'number'
			? DateTime.fromMillis(text, { zone: 'utc' })
			: DateTime.fromISO(plainText(text) ?? '', { setZone: true });
	return time.isValid ? { time } : INVALID_DATE;
}

/**
 * What a value must be; begins a message.
 *
 * @cause The form of the text is not known, or the value is no date.
 * @cure Write it so, or set the option _Date Format_: see [dates and times](dates-and-times.md).
 */
const mustBe = ({ dayAlone }: Allowed): string =>
	dayAlone ? 'must be a date such as 2026-03-01' : 'must be a date and time such as 2026-03-01T14:30:00';

/** A time of day behind a date. */
const TIME_BEHIND = /(?:,? at |,? |t)\d{1,2}(?::\d\d| ?[ap]m\b).*$/i;

/** Reads a text as the option *Date Format* says; of a day, the format may have a time that the text does not have, or the text. */
function readFormatted(text: string, clock: Clock, { dayAlone }: Allowed): ReadTime | undefined {
	const { format } = clock;
	if (format === undefined) return undefined;
	for (const way of waysToRead(text)) {
		const read = readByFormat(way, format, clock);
		if (read) return read;
	}
	const day = dayAlone ? dayOfFormat(format) : undefined;
	if (day === undefined) return undefined;
	for (const way of waysToRead(text)) {
		const read = readByFormat(way.replace(TIME_BEHIND, ''), day, clock);
		if (read) return read;
	}
	return undefined;
}

function readText(text: string, clock: Clock, allowed: Allowed): ReadTime {
	const { format } = clock;
	const isIso = !isDayBeforeMonth(format);
	const formatted = readFormatted(text, clock, allowed);
	// What is ISO with an offset says itself which moment it is.
	const moment = formatted && isIso && hasOffset(text) ? readIso(text, clock) : undefined;
	if (formatted) return moment && 'time' in moment ? moment : formatted;
	if (isNumber(text)) return readNumber(text, clock, allowed);
	const known = isIso ? (readIso(text, clock) ?? readRfc2822(text)) : undefined;
	if (known) return known;
	const named = zoneBehind(text);
	if (named && isLikeADate(named.bare)) {
		// A day is that of its text, whatever the clock.
		if (allowed.dayAlone) return readText(named.bare, withoutTail(clock, named), allowed);
		return withoutZone(text, named, clock, allowed);
	}
	const span = spanOf(text);
	if (span) return span;
	if (format !== undefined) {
		const value = shown(text) === '' ? '' : `${shown(text)}, which is`;
		const other = allowed.past ? undefined : localForm(text, { ...clock, offersFormat: false }, allowed);
		/** @noMessage It ends the message below. */
		const way = other ? `. Without that option, it ${other.wrong}` : '';
		/**
		 * @cause _Date Format_ is set, and this date is written in another way, or does not exist.
		 * @cure Fix the date, or the format. Where other dates need that format, use the expression in the message for this one.
		 */
		return { wrong: `is${value} not a date written as the option 'Date Format' says: ${format}${way}` };
	}
	return (
		localForm(text, clock, allowed) ?? {
			wrong: `${mustBe(allowed)}${shown(text, ', not')}${otherWay(text, clock)}`,
		}
	);
}

/** @noMessage It ends messages about texts that are no date. */
function otherWay(text: string, { format, offersFormat }: Clock): string {
	if (format !== undefined) return `, or as the option 'Date Format' says: ${format}`;
	return offersFormat && /\d/.test(text)
		? "; for dates written in another way, set the option 'Date Format'"
		: '';
}

/**
 * What is wrong with a day of birth. It repeats nothing of it.
 *
 * @cause A day of birth does not exist, has no year of four digits, or has a form that is not known. Messages do not show such
 * a day.
 * @cure Write it so, or set the option _Date Format_: see [dates and times](dates-and-times.md).
 */
const noBirth = (text: string, clock: Clock, allowed: Allowed): { wrong: string } => ({
	wrong: `${mustBe(allowed)} that exists, with four digits of the year${otherWay(text, clock)}`,
});

/** The clock of a date without the name of its time zone. */
const withoutTail = (clock: Clock, { tail }: Named): Clock =>
	withSource(clock, (code) => `${operand(code)}.replace('${tail}', '')`);

/** What is wrong with a date that ends with the name of a time zone, and, if there is more, with the rest of it. */
function withoutZone(text: string, named: Named, clock: Clock, allowed: Allowed): { wrong: string } {
	const { wrong } = namedZone(text, named, clock.offersFormat);
	const rest = readText(named.bare, withoutTail(clock, named), allowed);
	/** @noMessage The second half is another message. */
	return { wrong: 'wrong' in rest ? `${wrong}. Then it ${rest.wrong}` : wrong };
}

/**
 * The text of a value that may be a date, without what nobody means: needless spaces, and the marks by which a spreadsheet
 * keeps a text. Undefined for a list, and for an object such as a date.
 */
export const dateText = (raw: unknown): string | undefined => lineOf(raw)?.replace(/\s+/g, ' ');

/** The moment of a value, before it is asked whether a leasing event can have been then. */
function readMoment(raw: unknown, clock: Clock, allowed: Allowed): ReadTime {
	if (isDateObject(raw)) return readObject(raw);
	const text = dateText(raw);
	/**
	 * @cause The expression gave a list or an object where a date belongs.
	 * @cure Use the field of it that holds the date.
	 */
	if (text === undefined) return { wrong: `${mustBe(allowed)}, not a list or an object` };
	const source = typeof raw === 'string' && raw !== text ? withCleanSource(clock, raw) : clock;
	const read = readText(text, source, allowed);
	if (!allowed.past || !('wrong' in read)) return read;
	const guess = isNumber(text)
		? readNumber(text, source, allowed)
		: clock.format === undefined && localForm(text, source, allowed);
	return guess && 'wrong' in guess ? guess : noBirth(text, clock, allowed);
}

/**
 * What is wrong with a day alone, such as `2026-03-01`, where a time of day is needed too.
 *
 * @cause Only a day was given, and a time of day is needed too.
 * @cure Add the time, such as `{{ $json.date }}T14:30:00`.
 */
export const withoutTime = (day: string): string =>
	`has no time of day, and is read as ${day}. Add the time, such as ${day}T14:30:00`;

/** A time of day beside the day that a program gives it where it has none: the first of a spreadsheet, of .NET, of Unix. */
const WITHOUT_DAY =
	/^(?:(?:1899-12-3[01]|1900-01-0[01]|(?:1904|1970|0001)-01-01)[t ]|(?:12\/3[01]|3[01]\/12)\/1899 |1\/[01]\/1900 )(.+)/i;

/** The time of such a text, `14:30`; undefined for any other text, and for midnight, which means that there is none. */
function timeWithoutDay(text: string): string | undefined {
	const [, time = ''] = WITHOUT_DAY.exec(isLikeADate(text) ? text : '') ?? [];
	const shows = clockTime(time, true)?.time.slice(0, 5) ?? '';
	return shows > '00:00' && shows < '24' ? shows : undefined;
}

/**
 * What is wrong with a time of day whose day is one that a program gave it.
 *
 * @example 'Time From' is 1899-12-30T14:30:00Z, a time without its date. Format the column as text, or give the time alone, 14:30, as in {{ $json.time.slice(11, 16) }}; a date and time needs its date too
 * @cause A cell or a column holds a time of day alone, and the program that read it added the first day that it knows.
 * @cure Format the column as text, so that 14:30 comes. The time in the message is right if it is what the cell shows;
 * of a value with a Z behind it, it may be another. A date and time needs its date too: put both together in the expression.
 */
const withoutDay = (text: string, time: string, raw: unknown): { wrong: string } => ({
	wrong: `is ${text}, a time without its date. Format the column as text, or give the time alone, ${time}${textOf(raw).slice(11, 16) === time ? ', as in {{ $json.time.slice(11, 16) }}' : ''}; a date and time needs its date too`,
});

/** Whether a read date is a day alone. */
export const isDay = (date: unknown): date is string =>
	typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date);

/**
 * Reads a date and time: an ISO text, epoch seconds or milliseconds, RFC 2822, a date object of JavaScript or luxon, or
 * a text as the option *Date Format* says. Without an offset it is a wall-clock time in the zone of the clock.
 *
 * @returns an ISO text with an offset, to the millisecond; of a day alone, where days are allowed, `2026-03-01`
 */
export function readDateTime(raw: unknown, clock: Clock, allowed: Allowed = {}): Checked {
	const { days, anyAge = false } = allowed;
	const read = readMoment(raw, clock, allowed);
	const text = dateText(raw) ?? '';
	const told = 'time' in read ? iso(read.time) : text;
	const time = anyAge || isNumber(text) ? undefined : timeWithoutDay(told);
	if (time !== undefined) return withoutDay(told, time, raw);
	if ('wrong' in read) return read;
	const moment = 'day' in read ? read.day : read.time;
	if (!moment.isValid) return INVALID_DATE;
	const computed = typeof raw !== 'string' || isNumber(raw.trim());
	const fault = misreadYear(moment, clock.format) ?? implausible(moment, computed, anyAge);
	if (fault) return allowed.past ? noBirth(text, clock, allowed) : fault;
	if ('time' in read) return { value: iso(read.time) };
	const day = read.day.toISODate() ?? '';
	return days ? { value: day } : { wrong: withoutTime(day) };
}

/** Nowhere on earth are the clocks further ahead of UTC. */
const MOST_AHEAD = { hours: 14 };

/**
 * Reads a day, in any form that a date and time may have. A time of day is cut off. A text keeps the day that is written in
 * it; its offset changes nothing. A date object or a number names a moment: midnight in UTC, by the clock of n8n's server, or
 * in the time zone of a luxon DateTime, gives the day there, any other moment gives the day in the item's time zone.
 *
 * @param past it is a day of birth: it cannot lie in the future, and no message repeats it
 * @returns `2026-03-01`
 */
export function readDate(raw: unknown, clock: Clock, { past }: Pick<Allowed, 'past'> = {}): Checked {
	const allowed = { days: true, anyAge: true, dayAlone: true, past };
	// In UTC the clocks never change: each time of day exists there, once.
	const read = readDateTime(raw, { ...clock, zone: 'UTC' }, allowed);
	if ('wrong' in read) return read;
	const day = isDay(read.value) ? read.value : dayOf(textOf(read.value), raw, clock);
	/**
	 * @cause Nobody is born in the future: the year is mistyped, or it has two digits and was taken for one of this century.
	 * @cure Write the year with four digits.
	 */
	const wrong = 'is read as a day in the future. Check the year, and write it with four digits';
	return past && isAhead(day) ? { wrong } : { value: day };
}

/** Whether a value shows a day and a time of day, instead of counting to a moment. */
function isWritten(raw: unknown, { format, ...clock }: Clock): boolean {
	const text = dateText(raw);
	if (text === undefined) return false;
	return !isNumber(text) || (format !== undefined && readByFormat(text, format, clock) !== undefined);
}

/** The day of a moment. */
function dayOf(time: string, raw: unknown, clock: Clock): string {
	if (isWritten(raw, clock)) return time.slice(0, 10);
	const moment = DateTime.fromISO(time, { setZone: true });
	// By the clock of n8n's server, `new Date('5/28/1985')` is midnight.
	const midnight = [moment, moment.toUTC(), moment.setZone('system')].find((one) =>
		one.equals(one.startOf('day')),
	);
	return (midnight ?? moment.setZone(clock.zone)).toFormat('yyyy-MM-dd');
}

const isAhead = (day: string): boolean => day > DateTime.utc().plus(MOST_AHEAD).toFormat('yyyy-MM-dd');
