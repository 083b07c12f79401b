import { DateTime } from 'luxon';

import { textOf } from '../../json/text';
import type { Checked } from '../checked';
import type { Allowed, Clock } from './clock';
import { readByFormat } from './dateFormat';
import { dateText, isDay, readDateTime } from './dateTime';
import { isNumber } from './numbers';

/** Where the clocks never change: each time of day exists there, once. */
const UTC = 'UTC';

/** Nowhere on earth are the clocks further ahead of UTC. */
const MOST_AHEAD = { hours: 14 };

/** A year of two digits in the option *Date Format*. */
const TWO_DIGITS = /(?<!y)yy(?!y)/;

/**
 * Reads a day, in any form that a date and time may have. A time of day is cut off. A text keeps the day that is written in
 * it; its offset changes nothing. A date object or a number names a moment: midnight in UTC, by the clock of n8n's server, or
 * in the time zone of a luxon DateTime, gives the day there, any other moment gives the day in the item's time zone.
 *
 * @param past the day cannot lie in the future, such as a day of birth
 * @returns `2026-03-01`
 */
export function readDate(raw: unknown, clock: Clock, { past }: Pick<Allowed, 'past'> = {}): Checked {
	const allowed = { days: true, anyAge: true, dayAlone: true, past };
	const read = readDateTime(raw, { ...clock, zone: UTC }, allowed);
	if ('wrong' in read) return read;
	const day = isDay(read.value) ? read.value : dayOf(textOf(read.value), raw, clock);
	return past && isAhead(day) ? { wrong: inFuture(day, clock) } : { value: day };
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

/**
 * What is wrong with a day in the future that cannot be there.
 *
 * @cause Nobody is born in the future: the year is mistyped, or it has two digits and was taken for one of this century.
 * @cure Write the year with four digits.
 */
function inFuture(day: string, { format = '' }: Clock): string {
	const earlier = DateTime.fromISO(day).minus({ years: 100 }).toISODate();
	/** @noMessage It ends the message below. */
	const way = TWO_DIGITS.test(format)
		? `If ${earlier} is meant, write the year with four digits`
		: 'Check the year';
	return `is read as ${day}, which is in the future. ${way}`;
}
