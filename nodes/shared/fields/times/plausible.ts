import { DateTime } from 'luxon';

import { textOf } from '../../json/text';
import { DAY_MS, HOUR_MS } from '../../json/time';
import { iso } from './clock';

/** No leasing event is older: an older date comes from an empty value, or from seconds taken for milliseconds. */
const FIRST_YEAR = 2000;

/** No appointment is later: such a date is a misread number, or a mistyped year. */
const YEARS_AHEAD = 5;

const FIRST_MS = Date.UTC(FIRST_YEAR, 0);

/** In epoch ms. Without luxon, which takes much longer: each date of each item is compared with it. */
function lastMs(): number {
	const now = new Date();
	return now.setUTCFullYear(now.getUTCFullYear() + YEARS_AHEAD);
}

/** Whether something that concerns a lease may have happened then, or be planned for then. */
export const isPlausible = (time: DateTime): boolean =>
	time.toMillis() >= FIRST_MS && time.toMillis() <= lastMs();

/**
 * What is wrong with a year that has not four digits. It comes from a year of two digits, or from what .NET writes for an
 * empty date: 0001.
 *
 * @param format the option *Date Format*, where it is set
 */
export function misreadYear({ year }: DateTime, format?: string): { wrong: string } | undefined {
	if (year >= 1_000 && year <= 9_999) return undefined;
	/** @noMessage It ends the message below. */
	const way =
		format === undefined ? '' : ", or let the option 'Date Format' say yy for a year of two digits";
	/**
	 * @cause The year has not four digits: it was written with two, or an empty date came as 0001-01-01.
	 * @cure Write the year with four digits. In _Date Format_, yyyy is a year of four digits and yy one of two.
	 */
	return { wrong: `is read as a date of the year ${year}. Write the year with four digits${way}` };
}

/**
 * The moments that come out where a program takes nothing, or a present number of seconds, for a number of
 * milliseconds: from the evening of 1969, in American time zones, into the third week of 1970.
 */
const misread = (time: DateTime): boolean =>
	time.toMillis() >= -DAY_MS && time.toMillis() <= lastMs() / 1_000;

/**
 * What is wrong with a moment that no leasing event can have, with what its value was read as.
 *
 * @param computed it came as a number or a date object, which nobody typed
 * @param anyAge dates of any age make sense, such as a day of birth or the beginning of a search
 */
export function implausible(
	time: DateTime,
	computed: boolean,
	anyAge: boolean,
): { wrong: string } | undefined {
	if (anyAge ? !(computed && misread(time)) : isPlausible(time)) return undefined;
	/** @noMessage It is a part of the message below. */
	const reason =
		time.toMillis() > FIRST_MS
			? `more than ${YEARS_AHEAD} years ahead`
			: `${anyAge ? 'around the beginning of 1970' : `before the year ${FIRST_YEAR}`}. Empty values and seconds taken for milliseconds give such dates`;
	/**
	 * @cause No leasing event can have been then: an empty value gives 1970, as do seconds taken for milliseconds,
	 * and a mistyped year gives a date far ahead.
	 * @cure Fix the expression. Give seconds as they are, without `new Date`.
	 */
	return { wrong: `is read as ${iso(time)}, which is ${reason}. Check where the value comes from` };
}

/*
 * Remarks about times and days that are legal, but most likely a mistake.
 */

/** How a text says that it is in UTC. */
const SAYS_UTC = /(?:z|utc|gmt|[+-]00(?::?00)?)\s*$/i;

/**
 * The remark about a time whose day may be the one that Ruby on Rails gives to a time of day alone; undefined for any other.
 *
 * @cause A hint: the day is January 1, 2000, which Ruby on Rails writes for a column that holds a time of day alone. It was sent
 * anyway.
 * @cure Check the date. If the column holds no date, put it together with the one that does.
 */
const ifDayOfRails = (time: unknown): string | undefined =>
	/^2000-01-01T/.test(textOf(time))
		? 'is on January 1, 2000, as some programs write a time without its date. Check the date'
		: undefined;

/**
 * The remark about an event or a visit at midnight by the clock that it was given by. That of a number or of a date object may be
 * UTC, where many programs let a day begin.
 *
 * @cause A hint: an event or a visit is at midnight, as a day without a time of day is read. It was sent anyway.
 * @cure Check the time. A column for days, as in a spreadsheet, has no time of day.
 */
export const ifMidnight = (time: unknown, _isFixed?: boolean, raw?: unknown): string | undefined =>
	ifDayOfRails(time) ??
	(/T00:00:00[Z+-]/.test(textOf(time)) && !SAYS_UTC.test(textOf(raw))
		? 'is at midnight. Check the time'
		: undefined);

/**
 * The remark about a visit that is planned for a time that is over, or for midnight.
 *
 * @cause A hint: something is planned for a time that is over. It was sent anyway.
 * @cure Check the time and its time zone.
 */
export const ifPast = (time: unknown, isFixed?: boolean, raw?: unknown): string | undefined =>
	ifDayOfRails(time) === undefined && Date.parse(textOf(time)) < Date.now()
		? 'is in the past. Check the time and its time zone'
		: ifMidnight(time, isFixed, raw);

/** A clock may be wrong by some minutes. */
const CLOCKS_DIFFER_MS = 900_000;
/** Somewhere on earth a day begins so much earlier than in UTC. */
const EARLIEST_DAY_MS = 14 * HOUR_MS;

/**
 * The remark about something that has happened at a time that is still to come, or at midnight.
 *
 * @cause A hint: something that has happened is given a time that is still to come, as where a time in UTC is read by another
 * clock. It was sent anyway.
 * @cure Check the time, and its time zone: give it its offset, or set the option _Time Zone_.
 */
export function ifFuture(time: unknown, isFixed?: boolean, raw?: unknown): string | undefined {
	const text = textOf(time);
	const ahead = Date.parse(text) - Date.now();
	return ahead > (text.includes('T') ? CLOCKS_DIFFER_MS : EARLIEST_DAY_MS)
		? 'is in the future. Check the time and its time zone'
		: ifMidnight(time, isFixed, raw);
}

/**
 * The remark about a planned day that is far from today.
 *
 * @cause A hint: the day is many years before or after today. It was sent anyway.
 * @cure Check the year. A year of two digits may be read as one of another century.
 */
export function ifFarOff(day: unknown): string | undefined {
	const { year } = DateTime.fromISO(textOf(day));
	if (year < FIRST_YEAR) return `is before the year ${FIRST_YEAR}. Check that it is right`;
	const ahead = year - DateTime.utc().year;
	return ahead > YEARS_AHEAD
		? `is more than ${YEARS_AHEAD} years ahead. Check that it is right`
		: undefined;
}

/** In years. Nobody younger looks for an apartment, and nobody gets older. */
const YOUNGEST = 14;
const OLDEST = 120;

/**
 * The remark about a day of birth of a small child, or of somebody older than anybody is.
 *
 * @cause A hint: the person would be a child, or more than 120 years old. It was sent anyway.
 * @cure Check the year. Where _Date Format_ has a year of two digits, 25 is read as 2025.
 */
export function ifUnlikelyAge(born: unknown): string | undefined {
	const { years } = DateTime.utc().diff(DateTime.fromISO(textOf(born), { zone: 'utc' }), 'years');
	if (years < YOUNGEST) return `is less than ${YOUNGEST} years ago. Check that it is right`;
	return years > OLDEST ? `is more than ${OLDEST} years ago. Check that it is right` : undefined;
}
