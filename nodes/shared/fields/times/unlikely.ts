import { DateTime } from 'luxon';

import { FIRST_YEAR, YEARS_AHEAD } from './plausible';

/*
 * Remarks about times and days that are legal, and that hardly anybody means.
 */

/**
 * The remark about something that is planned for a time that is over.
 *
 * @cause A hint: something is planned for a time that is over. It was sent anyway.
 * @cure Check the time and its time zone.
 */
export const ifPast = (time: unknown): string | undefined =>
	Date.parse(`${time as string}`) < Date.now()
		? 'is in the past. Check the time and its time zone'
		: undefined;

/**
 * The remark about a planned day that is far from today.
 *
 * @cause A hint: the day is many years before or after today. It was sent anyway.
 * @cure Check the year. A year of two digits may be read as one of another century.
 */
export function ifFarOff(day: unknown): string | undefined {
	const { year } = DateTime.fromISO(`${day as string}`);
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
	const { years } = DateTime.utc().diff(DateTime.fromISO(`${born as string}`, { zone: 'utc' }), 'years');
	if (years < YOUNGEST) return `is less than ${YOUNGEST} years ago. Check that it is right`;
	return years > OLDEST ? `is more than ${OLDEST} years ago. Check that it is right` : undefined;
}
