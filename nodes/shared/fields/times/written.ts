import { DateTime } from 'luxon';

import type { Clock, ReadTime } from './clock';
import { placeIn } from './clock';
import { timesOfSpan } from './shown';
import { isPlace, placeOf } from './zones';

/*
 * The ways of writing a date or a time that mean one thing to everybody.
 */

/** 9:30 · 14:30:15.25 · 2 PM · 2:30 p.m. · 14:30:00-06:00 · 14:30 UTC */
const CLOCK_TIME =
	/^(\d{1,2})(?::(\d{2})(?::(\d{2})([.,]\d+)?)?)?(?: ?([ap])\.? ?m\.?)?(?: ?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?$/i;

/** The first offset of Canada, -02:30, and the last ones of the USA, -09:00 and -10:00, as they are compared with times of day. */
const [NEWFOUNDLAND, ALASKA, HAWAII] = [230, 900, 1_000];

/** What a clock shows, as it was written: its hour, minute and second may be none that exist. */
interface ClockTime {
	/** `09:30:00`, with parts of a second where there are some. */
	time: string;
	/** The offset as it was written. */
	offset?: string;
	/** What is wrong with the hour beside AM or PM: `13 PM`. */
	noSuchHour?: string;
	/** It may be a beginning and an end: `10:00-11:00`. */
	isSpan: boolean;
}

/** The hour of a day by that of a clock with AM and PM: 12 AM is 0. `half` is A or P. */
export const hourOfDay = (hour: number, half: string): number => (hour % 12) + (/p/i.test(half) ? 12 : 0);

/**
 * Reads a clock time in every way of writing that has one meaning; undefined for any other text. An hour alone may be
 * anything, so it only counts with AM or PM.
 *
 * @param isIso it follows the T of ISO, where an offset of the USA or Canada is taken for an offset
 */
export function clockTime(text: string, isIso = false): ClockTime | undefined {
	const [, given, minute, second, fraction = '', half, offset] = CLOCK_TIME.exec(text) ?? [];
	if (given === undefined || (minute === undefined && half === undefined)) return undefined;
	const hour = Number(given);
	const sign = half?.toUpperCase();
	const isWrong = sign !== undefined && (hour < 1 || hour > 12);
	const shown = sign === undefined || isWrong ? hour : hourOfDay(hour, sign);
	const [, end = ''] = /\S-([\d:]+)$/.exec(text) ?? [];
	const until = Number(end.replace(':', '').padEnd(4, '0'));
	const isOffset = second !== undefined || (isIso && !sign && (until <= ALASKA || until === HAWAII));
	// Of a clock with twelve hours, the end may be the smaller number: 2:30 PM-03:30, 11:00-03:00.
	const mayEnd = hour <= 12 || until < NEWFOUNDLAND || until > hour * 100 + Number(minute ?? 0);
	const isSpan = !isOffset && end !== '' && mayEnd;
	return {
		time: `${`${shown}`.padStart(2, '0')}:${minute ?? '00'}:${second ?? '00'}${fraction.replace(',', '.')}`,
		offset,
		isSpan,
		noSuchHour: isWrong ? `${hour} ${sign}M` : undefined,
	};
}

/**
 * The day, and what a clock shows. ISO has two digits of the hour and no AM or PM; `2026-03-02 9:30 AM` means one thing
 * all the same.
 */
const ISO = /^(\d{4}-\d{2}-\d{2})(?:t|,? )(.+)$/i;

/** ISO without signs between its parts, as calendars write it: `20260301T143000Z`. */
const BASIC = /^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)/i;

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** From -14:59 to +14:59; no place on earth is further from UTC. */
const REAL_OFFSET = /^[+-](0\d|1[0-4])(:?[0-5]\d)?$/;

/** An offset as ISO has it, `Z` or `-06:00`; undefined for one that does not exist. */
export const readOffset = (text: string): string | undefined => {
	if (/^(z|utc|gmt)$/i.test(text)) return 'Z';
	return REAL_OFFSET.test(text)
		? `${text.slice(0, 3)}:${text.slice(3).replace(':', '') || '00'}`
		: undefined;
};

/**
 * Why a date or a time does not exist: "there is no month 13".
 *
 * @cause A month 13, a February 30, an hour 25.
 * @cure Correct the date where it comes from.
 */
function missingPart(date: string, time: string): string {
	const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
	const [hour = 0, minute = 0] = time.split(/[:.,]/).map(Number);
	const start = DateTime.utc(year, month);
	if (!start.isValid) return `there is no month ${month}`;
	if (day < 1 || day > start.daysInMonth) {
		return `${start.toFormat('MMMM yyyy', { locale: 'en-US' })} has no day ${day}`;
	}
	if (hour > 23) return `a day has no hour ${hour}`;
	return minute > 59 ? `an hour has no minute ${minute}` : 'a minute has 60 seconds, from 00 to 59';
}

/**
 * @example 'Event Date and Time' is 2026-02-30T10:00:00, which is not a date that exists: February 2026 has no day 30
 * @cause The date is written as ISO, and the calendar or the clock has no such day or time.
 * @cure Correct the date where it comes from.
 */
const noSuch = (text: string, because: string): { wrong: string } => ({
	wrong: `is ${text}, which is not a date that exists: ${because}`,
});

/**
 * @cause The hour beside AM or PM is none of a clock with twelve hours.
 * @cure Leave AM and PM out, or write an hour from 1 to 12.
 */
export const noSuchHour = (text: string, hour: string): { wrong: string } =>
	noSuch(text, `a clock has no ${hour}`);

/**
 * @cause The offset after the time is further from UTC than any place on earth.
 * @cure Write an offset such as -06:00, or none.
 */
const noSuchOffset = (text: string, offset: string): { wrong: string } =>
	noSuch(text, `no place has the offset ${offset}`);

/** What an expression cuts off, so that the beginning alone is left. It leaves an offset and AM or PM at the end of another text. */
const ENDS = [
	/(?<=[ap]\.?m\.?) ?[-–—to]{1,2} ?\d{1,2}(?::\d\d)? ?[ap]\.?m\.?$/i,
	/(?<!:\d\d:\d\d)(?<!\s)-\d{1,2}:\d\d$/,
	/ [-–—to]{1,2} \d{1,2}:\d\d$/,
	/[–—]\d{1,2}:\d\d$/,
];

/** @noMessage It is a part of the messages below. */
function asIn(text: string): string {
	const cut = ENDS.find((end) => end.test(text));
	return cut === undefined ? '' : `, as in {{ $json.time.replace(/${cut.source}/${cut.flags}, '') }}`;
}

/**
 * @cause The text may say from when to when something lasts, as forms and calendars write it. As a time with an offset,
 * 10:00-11:00 would be the afternoon in Chicago.
 * @cure Give the beginning alone: the expression in the message cuts the end off. In the afternoon it needs its PM, or an hour
 * from 13 on. If the end is an offset, write the seconds too.
 */
export const maybeSpan = (text: string): { wrong: string } => ({
	wrong: `is ${text}, which may be a beginning and an end, or a time with an offset. Write one time${asIn(text)}; with an offset, write the seconds too: 14:30:00-06:00`,
});

/** What is wrong with a text that says from when to when something lasts; undefined for any other text. */
export function spanOf(text: string): { wrong: string } | undefined {
	const { from, to } = timesOfSpan(text) ?? {};
	if (from === undefined || to === undefined) return undefined;
	const isHalfLost = /m/i.test(to) && !/m/i.test(from);
	/** @noMessage It ends the message below. */
	const way = isHalfLost ? `, and with its own AM or PM: ${from} alone would be another time` : asIn(text);
	/**
	 * @example is 2026-03-01 2:30-3:00 PM, a beginning and an end. Write the beginning alone, and with its own AM or PM: 2:30 alone would be another time
	 * @cause The text says from when to when something lasts, as forms and calendars write it.
	 * @cure Give the beginning alone. Where AM or PM stands at the end alone, do not cut it off: 2:30 without its PM is at night.
	 */
	return { wrong: `is ${text}, a beginning and an end. Write the beginning alone${way}` };
}

/** A moment with an offset that a place on earth can have; luxon takes any. */
export function withRealOffset(text: string, time: DateTime): ReadTime {
	const offset = time.toFormat('ZZ');
	return REAL_OFFSET.test(offset) ? { time } : noSuchOffset(text, offset);
}

/** Microsoft 365 writes times so, without their offset. They are in UTC, unless it was asked for another time zone. */
const OF_MICROSOFT_365 = /T[\d:]+\.0{7}$/;

/** Reads an ISO date, with or without a time; undefined for any other text. */
export function readIso(given: string, { zone, offersFormat = false }: Clock): ReadTime | undefined {
	const text = given.replace(BASIC, '$1-$2-$3T$4:$5:$6');
	if (ISO_DAY.test(text)) {
		const day = DateTime.fromISO(text, { zone: 'utc' });
		return day.isValid ? { day } : noSuch(text, missingPart(text, ''));
	}
	const [, date = '', rest = ''] = ISO.exec(text) ?? [];
	const shown = clockTime(rest, /t/i.test(text));
	if (!shown) return undefined;
	const { time, offset: written, noSuchHour: hour, isSpan } = shown;
	if (hour !== undefined) return noSuchHour(text, hour);
	if (isSpan) return maybeSpan(text);
	const offset = written && readOffset(written);
	const moment = DateTime.fromISO(`${date}T${time}${offset ?? 'Z'}`, { setZone: true });
	// For ISO, hour 24 is the end of the day; programs that count from 1 to 24 write it for the beginning.
	if (!moment.isValid || /^24/.test(time)) return noSuch(text, missingPart(date, time));
	if (written === undefined && isPlace(zone) && OF_MICROSOFT_365.test(text)) {
		/**
		 * @cause The time ends with .0000000 and has no offset. Outlook, Bookings and others of Microsoft 365 write times in UTC so; taken
		 * for a time of your clock, it would be hours off.
		 * @cure Add a Z, as in `{{ $json.start.dateTime }}Z`. If it is a time of your clock, leave `.0000000` out.
		 */
		return {
			wrong: `is ${text}, as Microsoft 365 writes times in UTC. If it is one, add a Z behind it; if it is a time in ${zone}, leave .0000000 out`,
		};
	}
	if (written === undefined) return placeIn(zone, moment, offersFormat);
	if (offset === undefined) return noSuchOffset(text, written);
	return { time: moment };
}

/** Begins like "Sun, 01 Mar 2026 14:30" or "1 Mar 2026 14:30:00"; luxon decides whether the rest is right. */
const LIKE_RFC_2822 = /^(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{2,4} \d{2}:\d{2}/i;

/** A Date of JavaScript as a text: `Sun Mar 01 2026 14:30:00 GMT-0600 (Central Standard Time)`. */
const JAVASCRIPT = /^[a-z]{3} ([a-z]{3}) (\d\d) (\d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \(.*\))?$/i;

/** Reads a date as emails, web servers and JavaScript write it; undefined for any other text. */
export function readRfc2822(given: string): ReadTime | undefined {
	const text = given.replace(JAVASCRIPT, '$2 $1 $3 $4');
	if (!LIKE_RFC_2822.test(text)) return undefined;
	const time = DateTime.fromRFC2822(text, { setZone: true });
	// No clock of New York shows EST in July: the hour of summer may be meant.
	const [zone] = /[ECMP][SD]T$/.exec(text) ?? [];
	const isRight = zone === undefined || time.setZone(placeOf(zone)?.split(' ')[0]).offset === time.offset;
	return time.isValid && isRight ? withRealOffset(text, time) : undefined;
}
