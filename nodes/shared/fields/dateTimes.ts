import { DateTime } from 'luxon';

import { plainText, textOf } from '../json/text';
import type { Checked } from './checked';

const OFFSET = /(Z|[+-]\d{2}(:?\d{2})?)$/i;
const REAL_OFFSET = /(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)$/i;
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d+)?)?$/;
const WITH_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const TIME_OF_DAY = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/** ISO without fractions of a second where there are none. */
const iso = (time: DateTime) => time.toISO({ suppressMilliseconds: true }) ?? undefined;

const NO_DATE: Checked = { wrong: 'is not a date that exists, or not an ISO date and time' };

/**
 * Reads a date and time. Without an offset it is a wall-clock time in `zone`, and gets the offset it has there. As long
 * as the zone is not known, it stays without one.
 */
export function readDateTime(raw: unknown, zone?: string): Checked {
	if (raw instanceof Date)
		return readDateTime(Number.isNaN(raw.getTime()) ? 'invalid' : raw.toISOString(), zone);
	// n8n's own $now is a luxon object of another copy of the library: known by what it can do.
	if (typeof raw === 'object' && raw !== null && 'toISO' in raw && typeof raw.toISO === 'function') {
		return readDateTime(raw.toISO(), zone);
	}
	const text = plainText(raw)?.trim();
	if (text === undefined || !/^\d{4}-\d{2}-\d{2}/.test(text)) {
		return { wrong: 'must be a date and time such as 2026-03-01T14:30:00' };
	}
	if (!WITH_TIME.test(text)) return { wrong: 'has no time of day; add one, such as 2026-03-01T14:30:00' };
	const normal = text.replace(' ', 'T');
	if (OFFSET.test(normal)) {
		const time = DateTime.fromISO(normal, { setZone: true });
		return time.isValid && REAL_OFFSET.test(normal) ? { value: iso(time) } : NO_DATE;
	}
	// In UTC every time of the clock exists, and once.
	const time = DateTime.fromISO(normal, { zone: zone ?? 'utc' });
	if (!time.isValid || !WITHOUT_OFFSET.test(normal)) return NO_DATE;
	if (zone === undefined) {
		return { value: time.toISO({ suppressMilliseconds: true, includeOffset: false }) ?? undefined };
	}
	if (time.toFormat("yyyy-MM-dd'T'HH:mm") !== normal.slice(0, 16)) {
		return {
			wrong: `does not exist in ${zone}: the clocks go forward over it. Choose another time, or add an offset such as -05:00`,
		};
	}
	if (time.getPossibleOffsets().length > 1) {
		return {
			wrong: `exists twice in ${zone}: the clocks go back over it. Add an offset such as -05:00 to say which one is meant`,
		};
	}
	return { value: iso(time) };
}

/** Whether a text names a day along with the time. */
export const isWholeTime = (text: string): boolean => WITH_TIME.test(text);

/** Whether such a text also names an offset. */
export const hasOffset = (text: string): boolean => isWholeTime(text) && OFFSET.test(text);

/** The same moment as the clocks of `zone` tell it. */
export function toldIn(zone: string, time: string): string {
	return iso(DateTime.fromISO(time, { zone })) ?? time;
}

/**
 * A time of day as the clocks of another zone tell it; undefined where the clocks skip or repeat it on that day.
 *
 * @param told IANA zone
 * @param time such as 14:30:00
 * @param day the date-time it goes by: its day, and its offset where it has one
 * @param zone IANA zone of a date-time without an offset
 */
export function timeOfDayIn(
	told: string,
	time: string,
	day: string,
	zone: string,
): { value: string } | undefined {
	const offset = hasOffset(day) ? (OFFSET.exec(day)?.[0] ?? '') : '';
	const moment = readDateTime(`${day.slice(0, 10)}T${time}${offset}`, zone);
	return 'wrong' in moment ? undefined : { value: toldIn(told, textOf(moment.value)).slice(11, 19) };
}

/** Reads a time of day, or a whole date and time in its place. */
export function readTimeOfDay(text: string): Checked {
	if (isWholeTime(text)) return readDateTime(text);
	if (!TIME_OF_DAY.test(text)) return { wrong: 'must be a time of day such as 14:30:00' };
	return { value: text.length <= 5 ? `${text.padStart(5, '0')}:00` : text.padStart(8, '0') };
}

/** Reads the name of a time zone. */
export function readTimeZone(text: string): Checked {
	return DateTime.local({ zone: text }).isValid
		? { value: text }
		: { wrong: 'must be the name of a time zone such as America/Chicago' };
}
