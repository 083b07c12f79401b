import { DateTime } from 'luxon';

import type { Clock, ReadTime } from './clock';
import { placeIn, placeOn } from './clock';
import { fixedHalf, fixedZone } from './fixedText';
import { isSerial, SERIAL, wallOfSerial } from './numbers';
import { tokensOf, withoutQuotes } from './tokens';
import { noSuchHour, withRealOffset } from './written';
import { namedZone, readTimeZone } from './zones';

/** AM, PM and the names of months are English, whatever the language of n8n's server. */
const ENGLISH = { locale: 'en-US' };

/**
 * A time whose parts all differ from each other and from today. Where a format lacks a part, luxon takes it from today.
 */
const PROBE = DateTime.utc(2019, 11, 23, 21, 47, 58);

/** How the parts of a text are read. */
const explained = (text: string, format: string) => DateTime.fromFormatExplain(text, format, ENGLISH);

const read = (text: string, format: string) =>
	DateTime.fromFormat(text, format, { zone: 'utc', setZone: true, ...ENGLISH });

/**
 * What a format makes of the probe: written down with it and read again. Undefined for a format whose parts do not go
 * together, such as HH beside a.
 */
function probed(format: string): DateTime | undefined {
	try {
		return read(PROBE.toFormat(format, ENGLISH), format);
	} catch {
		return undefined;
	}
}

/** The part of a date that a format names twice; of two readings, only one would count. */
function namedTwice(format: string): string | undefined {
	const { tokens } = explained(PROBE.toFormat(format, ENGLISH), format);
	const parts = tokens
		.filter(({ literal, val }) => !literal && /^[a-z]+$/i.test(val))
		.map(({ val }) => val.slice(0, 1));
	return parts.find((part, index) => parts.indexOf(part) !== index);
}

/**
 * Whether a format has minutes elsewhere than behind the hour. In yyyy-mm-dd HH:MM they trade places with the month, and it would
 * read each date that is written with it, but as another day.
 */
function hasTraded(format: string): boolean {
	// Some put AM and PM between hour and minutes.
	const tokens = tokensOf(format).filter((token) => token !== 'a');
	const minutes = tokens.findIndex((token) => token.startsWith('m'));
	return minutes !== -1 && !/^h/i.test(tokens[minutes - 1] ?? '');
}

/** @noMessage It is a part of the message below. */
const DAY = 'the day is dd, or d without a 0';

/**
 * Letters that luxon does not know in this number, or reads as another part; what is most likely meant; and the letters
 * beside which that is so.
 *
 * @noMessage They are parts of the message below.
 */
const MISWRITTEN: Array<[letters: RegExp, meant: string, beside?: RegExp]> = [
	[/Y+|(?<!y)(?:y{3}|y{5}|y{7,})(?!y)/, 'the year is yyyy, or yy for two digits'],
	// Alone, D is luxon's word for a whole date.
	[/D+/, DAY, /[yYML]/],
	[/d{3,}/, DAY],
	[/[Hh]{3,}/, 'the hour is HH, or hh beside a for AM and PM'],
	[/H+/, 'beside a for AM and PM the hour is h, or hh', /a/],
	[/do(?![a-z])/, 'the day is d; endings, as in 1st, cannot be read'],
	[/m{3,}/, 'the minutes are mm; MM is the month'],
	[/s{3,}/, 'the seconds are ss'],
];

/** What is written in a wrong way in a format that cannot be read; undefined if no part of it is known to be. */
function miswritten(format: string): string | undefined {
	const text = withoutQuotes(format);
	const found = MISWRITTEN.flatMap(([letters, meant, beside]) => {
		const [part] = letters.exec(text) ?? [];
		return part === undefined || beside?.test(text) === false ? [] : [`not ${part}: ${meant}`];
	});
	return found.length === 0 ? undefined : found.join('; ');
}

/**
 * Why a format cannot be read without doubt; undefined for a good one.
 *
 * @cause The option _Date Format_ may be read in two ways, or does not say all of a date.
 * @cure Correct it as the message says. MM is the month, mm are the minutes: see [dates and times](dates-and-times.md).
 */
function faultOf(format: string): string | undefined {
	const fixed = fixedZone(format);
	if ('name' in fixed) {
		/** @noMessage It ends the message below. */
		const way =
			'value' in readTimeZone(fixed.name)
				? 'Write z in its place'
				: "Leave it out of the dates, and set the option 'Time Zone'";
		return `it has ${fixed.name} as fixed letters, which say no time zone. ${way}`;
	}
	const half = fixedHalf(format);
	if (half !== undefined)
		return `it has ${half} as fixed letters, which do not change the hour. Write a in its place, and the hour as h`;
	const back = probed(format);
	if (/Y/.test(withoutQuotes(format)) || !back?.isValid) return 'no date can be read with it';
	if (namedTwice(format) !== undefined) return 'it has one part twice; MM is the month, mm are the minutes';
	if (back.year !== PROBE.year) return 'it has no year, which is yyyy';
	if (back.month !== PROBE.month) return 'it has no month, which is MM; mm are the minutes';
	if (back.day !== PROBE.day) return 'it has no day, which is dd';
	if (hasTraded(format)) return 'mm are the minutes, and stand behind the hour; MM is the month';
	const fits = back.hour === PROBE.hour || (back.hour === 0 && back.minute === 0);
	return fits ? undefined : 'HH goes to 23; hh needs a for AM and PM';
}

/** Reads the option *Date Format*. */
export function readDateFormat(text: string): { value: string } | { wrong: string } {
	// As in the dates that are read with it.
	const format = text.trim().replace(/\s+/g, ' ');
	if (format.toLowerCase() === SERIAL) return { value: SERIAL };
	const problem = faultOf(format);
	if (problem === undefined) return { value: format };
	const fault = miswritten(format) ?? problem;
	return {
		/**
		 * @cause The option _Date Format_ cannot be used.
		 * @cure Write how your dates look, such as `MM/dd/yyyy h:mm a`. The rest of the message says what is missing.
		 */
		wrong: `must say how day, month and year are written, such as MM/dd/yyyy h:mm a, or be the word ${SERIAL}: ${fault}`,
	};
}

/** Whether texts of a format tell the time of day. */
const tellsTime = (format: string): boolean => probed(format)?.hour === PROBE.hour;

/** Reads a text that is written as a format says; undefined for one that is not. */
export function readByFormat(text: string, format: string, { zone }: Clock): ReadTime | undefined {
	if (format === SERIAL) {
		if (!/^\d+(\.\d+)?$/.test(text) || !isSerial(Number(text))) return undefined;
		const wall = wallOfSerial(Number(text));
		// Without a part of a day it is a cell that holds a day alone.
		return Number.isInteger(Number(text)) ? { day: wall } : placeIn(zone, wall);
	}
	const wall = read(text, format);
	if (!wall.isValid) return undefined;
	if (!tellsTime(format)) return { day: wall };
	const noHour = hourOutOfClock(text, format);
	if (noHour !== undefined) return noSuchHour(text, noHour);
	const tokens = withoutQuotes(format);
	const isNamed = tokens.includes('z');
	if (tokens.includes('Z')) return isNamed ? placeOfBoth(text, format) : withRealOffset(text, wall);
	const fixed = fixedZone(format);
	// In `20:30:00Z[America/Chicago]` the Z says which moment it is.
	if ('offset' in fixed)
		return { time: wall.setZone(`UTC${fixed.offset.replace('Z', '')}`, { keepLocalTime: true }) };
	return isNamed ? placeInItsZone(text, format) : placeIn(zone, wall);
}

/** A format with AM or PM as fixed letters, and with the hour of a clock that goes to 23. */
const withHalf = (format: string, half: string): string =>
	format.replace(/'[^']*'|h|a/g, (part) => (part === 'h' ? 'H' : part === 'a' ? `'${half}'` : part));

/** The hour that no clock has: "14 PM", or 24, which some programs write for the beginning of a day. luxon takes both. */
function hourOutOfClock(text: string, format: string): string | undefined {
	if (explained(text, format).result?.hour === 24) return 'hour 24';
	if (!/h/.test(withoutQuotes(format))) return undefined;
	for (const half of ['AM', 'PM']) {
		const { isValid, hour } = read(text, withHalf(format, half));
		if (isValid && (hour < 1 || hour > 12)) return `${hour} ${half}`;
	}
	return undefined;
}

/** The moment of a time that is written with its offset and the name of its time zone, which must go together. */
function placeOfBoth(text: string, format: string): ReadTime | undefined {
	const { result, zone, matches } = explained(text, format);
	if (!result || !zone) return undefined;
	const offset = Number(matches?.Z);
	const time = DateTime.fromObject(result, { zone: 'utc' }).minus({ minutes: offset }).setZone(zone);
	if (time.offset === offset) return { time };
	return {
		/**
		 * @cause The value has an offset and the name of a time zone, and that zone has another offset then.
		 * @cure Find out which of the two is right, and leave the other one out.
		 */
		wrong: `is ${text}, and ${zone.name} has the offset ${time.toFormat('ZZ')} then. Leave the one out that is wrong`,
	};
}

/** The moment of a time that is written with the name of its time zone, whose clocks may skip it or show it twice. */
function placeInItsZone(text: string, format: string): ReadTime | undefined {
	const { result, zone } = explained(text, format);
	if (!result || !zone) return undefined;
	const wall = DateTime.fromObject(result, { zone: 'utc' });
	const named = readTimeZone(zone.name);
	if ('value' in named) return placeOn(named.value, wall);
	return namedZone(text, { zone: zone.name, tail: zone.name }, true);
}
