import { DateTime } from 'luxon';

import { formatExpression, momentExpression, waysOfDay, waysOut } from './advised';
import type { Allowed, Clock } from './clock';
import { dayInWords, iso, isoWall } from './clock';
import { DAY_OF_WEEK } from './shown';
import { tidied } from './tidied';
import { clockTime, maybeSpan, noSuchHour, withRealOffset } from './written';

/*
 * What may be meant by a date that is written in a local way. Nothing is sent on a guess: it goes into the message, so
 * that a person can say which reading is right.
 */

/** One reading of a text: the luxon tokens it follows, and what they make of it. */
interface Reading {
	format: string;
	/** In UTC, or in the offset that the text ends with. */
	wall: DateTime;
	hasTime: boolean;
}

/** What is between date and time, and the time. */
const TIME = /(,? at |, | |T)(\d{1,2})(:\d{2})?(:\d{2})?( ?)([ap]m)?$/i;
const NUMBERS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const YEAR_FIRST = /^\d{4}([-/.])(\d{1,2})\1(\d{1,2})$/;
const WITH_MONTH_NAME = [
	'MMMM d, yyyy',
	'MMM d, yyyy',
	'MMMM d yyyy',
	'MMM d yyyy',
	'd MMMM yyyy',
	'd MMM yyyy',
	'd-MMM-yyyy',
	'd-MMM-yy',
];

const WEEKDAY = new RegExp(`^(${DAY_OF_WEEK})(,? )`, 'i');

/** The offset behind a time: `UTC`, `-06:00`, `GMT-0600`. */
const ENDING = /(?<=\d|[ap]m)( ?)(z|utc|gmt)?([+-]\d{1,2}(:?\d\d)?)?$/i;

/** The tokens of the offset that a text ends with, and the text without it. */
function endingOf(text: string): { rest: string; ending: string; tokens: string } {
	const [all = '', blank = '', word = '', offset = '', minutes = ''] = ENDING.exec(text) ?? [];
	const rest = text.slice(0, text.length - all.length);
	if ((word === '' && offset === '') || timeTokens(rest).length === 0)
		return { rest: text, ending: '', tokens: '' };
	const sign = offset === '' ? '' : /^\d/.test(minutes) ? 'ZZZ' : 'ZZ';
	return { rest, ending: all, tokens: `${blank}${word && `'${word}'`}${sign}` };
}

/** The tokens of the time that a text ends with, and those between it and the date. */
function timeTokens(text: string): { length: number; tokens: string } {
	const [all = '', between = '', , minutes, seconds, blank, half] = TIME.exec(text) ?? [];
	if (minutes === undefined && half === undefined) return { length: 0, tokens: '' };
	const rest = `${minutes ? ':mm' : ''}${seconds ? ':ss' : ''}`;
	const separator = between.replace(/at|t/i, "'$&'");
	return { length: all.length, tokens: `${separator}${half ? `h${rest}${blank}a` : `H${rest}`}` };
}

/** The tokens that a date may follow. If it is all numbers, the American order comes first. */
function dateTokens(date: string): string[] {
	const [, first = '', sign = '', second = '', year = ''] = NUMBERS.exec(date) ?? [];
	const [, mark = '', month = '', day = ''] = YEAR_FIRST.exec(date) ?? [];
	// A leading zero shows that the others of its list have two digits too.
	const parts = [first, second, month, day];
	const padded = parts.some((part) => part.startsWith('0')) && parts.every(({ length }) => length !== 1);
	const [m, d] = padded ? ['MM', 'dd'] : ['M', 'd'];
	if (mark !== '') return [`yyyy${mark}${m}${mark}${d}`];
	if (sign === '') return WITH_MONTH_NAME;
	const y = year.length === 4 ? 'yyyy' : 'yy';
	const withYearLast = [`${m}${sign}${d}${sign}${y}`, `${d}${sign}${m}${sign}${y}`];
	// It may be ISO without the first digits of the year: 26-03-01.
	const mayBeginWithYear = sign === '-' && y === 'yy' && Number(first) > 12;
	return mayBeginWithYear ? [...withYearLast, `yy-${m}-${d}`] : withYearLast;
}

/** What a text may say. */
interface Readings {
	/** Every reading that gives an existing day. */
	readings: Reading[];
	/** Whether the date is written in numbers. */
	isInNumbers: boolean;
	/** Its time, as it is written, without an offset. */
	time: string;
	/** The offset that it ends with, as it is written. */
	ending: string;
}

function readingsOf(text: string): Readings {
	const { rest, ending, tokens: offset } = endingOf(text);
	const time = timeTokens(rest);
	const hasTime = time.length > 0;
	const [before = '', day = '', sign = ''] = WEEKDAY.exec(rest) ?? [];
	const weekday = day && `${day.length > 3 ? 'cccc' : 'ccc'}${sign}`;
	const date = rest.slice(before.length, rest.length - time.length);
	const dates = dateTokens(date);
	const found = dates.map((tokens): Reading => {
		const format = `${weekday}${tokens}${time.tokens}${offset}`;
		const as = { zone: 'utc', setZone: true, locale: 'en-US' };
		return { format, hasTime, wall: DateTime.fromFormat(text, format, as) };
	});
	return {
		readings: found.filter(({ wall }) => wall.isValid),
		isInNumbers: dates !== WITH_MONTH_NAME,
		time: rest.slice(rest.length - time.length).replace(/^\D+/, ''),
		ending,
	};
}

/** What is wrong with the time of a date; undefined for one that exists. */
function faultOfTime(
	text: string,
	{ wall }: Reading,
	time: string,
	ending: string,
): { wrong: string } | undefined {
	const shows = clockTime(`${time}${ending}`) ?? clockTime(time);
	if (shows?.noSuchHour !== undefined) return noSuchHour(text, shows.noSuchHour);
	if (shows?.isSpan) return maybeSpan(text);
	const real = withRealOffset(text, wall);
	return 'wrong' in real ? real : undefined;
}

/**
 * What is wrong with a date in a local format, with its possible readings and how to choose one; undefined for a text that
 * is no date.
 */
export function localForm(text: string, clock: Clock, allowed: Allowed): { wrong: string } | undefined {
	const { dayAlone = false, past } = allowed;
	const tidy = tidied(text, clock);
	const { readings, isInNumbers, time, ending } = readingsOf(tidy.text);
	const [one] = readings;
	const other = readings.find(({ wall }) => !one?.wall.equals(wall));
	const fault = one && faultOfTime(text, one, time, ending);
	// Of a day of birth, the message tells the forms that it may have, and nothing else.
	if (past && (!one || fault || one.wall > DateTime.utc())) return undefined;
	/** @noMessage They are parts of the messages below. */
	const [given, meant] = past
		? ['a date', ({ format }: Reading) => format]
		: [text, ({ wall }: Reading) => dayInWords(wall)];
	if (fault) return fault;
	if (one === undefined) {
		/**
		 * @cause The date is written in numbers, and none of its readings is a day of the calendar, such as 31/02/2026.
		 * @cure Correct the date where it comes from.
		 */
		const wrong = `is ${text}, which is not a date that exists`;
		return isInNumbers ? { wrong } : undefined;
	}
	const day = one.wall.toISODate() ?? '';
	if (!one.hasTime && !dayAlone) {
		/** @noMessage It is a part of the message below. */
		const readAs = other
			? `may be ${dayInWords(one.wall)} or ${dayInWords(other.wall)}`
			: `is ${dayInWords(one.wall)}`;
		const own = formatExpression(tidy.clock, tidy.text, one.format, true);
		const way = waysOfDay(clock, one.format, own, allowed);
		/** @noMessage It ends the message below. */
		const orElse = way && other ? `. For ${dayInWords(other.wall)}, the format is ${other.format}` : '';
		return {
			/**
			 * @cause Only a day was given, in a local form, and a time of day is needed too.
			 * @cure Write the date and the time, such as `2026-03-04T14:30:00`.
			 */
			wrong: `has no time of day: ${text} ${readAs}. Add the time, such as ${day}T14:30:00${way}${orElse}`,
		};
	}
	const expression = ending === '' ? formatExpression : momentExpression;
	const ways = waysOut(clock, one.format, expression(tidy.clock, tidy.text, one.format, dayAlone), allowed);
	if (other === undefined) {
		/** @noMessage It is a part of the message below. */
		const [what, meansIso] = !one.hasTime
			? ['date', day]
			: ['date and time', ending === '' ? isoWall(one.wall) : iso(one.wall)];
		const [, same] = readings;
		/** @noMessage It ends the message below. */
		const orElse = same ? `. If your other dates are written as ${same.format}, use that format` : '';
		/**
		 * @example 'Event Date and Time' is 01/20/2026 10:00 PM, which is no ISO date and time. If 2026-01-20T22:00:00 is meant, set the option 'Date Format' to MM/dd/yyyy h:mm a
		 * @cause The date is written the American way, or with one digit where ISO has two.
		 * @cure Set the option _Date Format_, or use the expression in the message.
		 */
		return {
			wrong: `is ${given}, which is no ISO ${what}. If ${past ? one.format : meansIso} is meant, ${ways}${orElse}`,
		};
	}
	return {
		/**
		 * @example 'Event Date and Time' is 03/04/2026 2:30 PM, which may be March 4, 2026 or April 3, 2026. For March 4, 2026, set the option 'Date Format' to MM/dd/yyyy h:mm a. For April 3, 2026, the format is dd/MM/yyyy h:mm a
		 * @cause The date is all numbers, such as 03/04/2026, and may mean two days.
		 * @cure Set the option _Date Format_, or use the expression in the message.
		 */
		wrong: `is ${given}, which may be ${meant(one)} or ${meant(other)}. For ${meant(one)}, ${ways}. For ${meant(other)}, the format is ${other.format}`,
	};
}
