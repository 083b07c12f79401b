import { DateTime } from 'luxon';

import { plainText } from '../../json/text';
import type { Checked } from '../checked';
import type { Clock, Read } from './clock';
import { iso } from './clock';
import { readByFormat } from './dateFormat';
import { localForm } from './guesses';
import { isNumber, readNumber } from './numbers';
import { implausible } from './plausible';
import { shown } from './shown';
import { readIso, readRfc2822 } from './written';

/** What a date field takes beyond a date and time of a leasing event. */
export interface Allowed {
	/** A day without a time of day, where the API takes one. */
	days?: boolean;
	/** Dates of any age, such as a day of birth or the beginning of a search. */
	anyAge?: boolean;
}

/** Recognizes a luxon DateTime by its methods: n8n's `$now` comes from another copy of the library. */
interface DateTimeLike {
	isValid: unknown;
	toISO(): unknown;
}

const isDateTimeLike = (value: object): value is DateTimeLike =>
	'isValid' in value && 'toISO' in value && typeof value.toISO === 'function';

/** A Date of whatever realm. */
const isDate = (value: object): value is Date => Object.prototype.toString.call(value) === '[object Date]';

/** Whether a value is a date object, of JavaScript or of luxon. */
export const isDateObject = (value: unknown): value is Date | DateTimeLike =>
	typeof value === 'object' && value !== null && (isDate(value) || isDateTimeLike(value));

const INVALID = /^invalid date(time)?$/i;
const invalid: Read = {
	wrong: 'is an invalid date: the expression made it from something that is no date. Check where the value comes from',
};

function readObject(value: Date | DateTimeLike): Read {
	const text = isDateTimeLike(value) ? value.toISO() : Date.prototype.getTime.call(value);
	const time =
		typeof text === 'number'
			? DateTime.fromMillis(text, { zone: 'utc' })
			: DateTime.fromISO(plainText(text) ?? '', { setZone: true });
	return time.isValid ? { time } : invalid;
}

/** A format that begins like ISO, and puts the day before the month, rules ISO out. */
const DAY_BEFORE_MONTH = /^y+\W*d/;

function readText(text: string, clock: Clock): Read {
	const { format } = clock;
	const formatted = format === undefined ? undefined : readByFormat(text, format, clock);
	if (formatted) return formatted;
	if (isNumber(text)) return readNumber(text, clock);
	const known = DAY_BEFORE_MONTH.test(format ?? '')
		? undefined
		: (readIso(text, clock) ?? readRfc2822(text));
	if (known) return known;
	if (INVALID.test(text)) return invalid;
	if (format !== undefined) {
		const value = shown(text) === '' ? '' : `${shown(text)}, which is`;
		return { wrong: `is${value} not written as the option 'Date Format' says: ${format}` };
	}
	return (
		localForm(text, clock) ?? {
			wrong: `must be a date and time such as 2026-03-01T14:30:00${shown(text, ', not')}`,
		}
	);
}

/** The moment of a value, before it is asked whether a leasing event can have been then. */
function readMoment(raw: unknown, clock: Clock): Read {
	if (isDateObject(raw)) return readObject(raw);
	const text = plainText(raw)?.trim().replace(/\s+/g, ' ');
	return text === undefined
		? { wrong: 'must be a date and time such as 2026-03-01T14:30:00, not a list or an object' }
		: readText(text, clock);
}

/** What is wrong with a day alone, such as `2026-03-01`, where a time of day is needed too. */
export const withoutTime = (day: string): string =>
	`has no time of day, and is read as ${day}. Add the time, such as ${day}T14:30:00`;

/** Whether a read date is a day alone. */
export const isDay = (date: unknown): date is string =>
	typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date);

/**
 * Reads a date and time: an ISO text, epoch seconds or milliseconds, RFC 2822, a date object of JavaScript or luxon, or
 * a text as the option *Date Format* says. Without an offset it is a wall-clock time in the zone of the clock.
 *
 * @returns an ISO text with an offset, to the millisecond; of a day alone, where days are allowed, `2026-03-01`
 */
export function readDateTime(raw: unknown, clock: Clock, { days, anyAge = false }: Allowed = {}): Checked {
	const read = readMoment(raw, clock);
	if ('wrong' in read) return read;
	const moment = 'day' in read ? read.day : read.time;
	const computed = typeof raw !== 'string' || isNumber(raw.trim());
	const fault = implausible(moment, computed, anyAge);
	if (fault) return fault;
	if ('time' in read) return { value: iso(read.time) };
	const day = read.day.toISODate() ?? '';
	return days ? { value: day } : { wrong: withoutTime(day) };
}
