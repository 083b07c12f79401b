import { DateTime } from 'luxon';

import type { Clock, Read } from './clock';
import { placeIn, placeOn } from './clock';
import { isSerial, SERIAL, wallOfSerial } from './serials';

/** AM, PM and the names of months are English, whatever the language of n8n's server. */
const ENGLISH = { locale: 'en-US' };

/**
 * A time whose parts all differ from each other and from today. Where a format lacks a part, luxon takes it from today.
 */
const PROBE = DateTime.utc(2019, 11, 23, 21, 47, 58);

const withoutQuotes = (format: string): string => format.replace(/'[^']*'/g, '');

const read = (text: string, format: string) =>
	DateTime.fromFormat(text, format, { zone: 'utc', setZone: true, ...ENGLISH });

/** What a format makes of the probe: written down with it and read again. */
const probed = (format: string): DateTime => read(PROBE.toFormat(format, ENGLISH), format);

/** The part of a date that a format names twice; of two readings, only one would count. */
function namedTwice(format: string): string | undefined {
	const { tokens } = DateTime.fromFormatExplain(PROBE.toFormat(format, ENGLISH), format, ENGLISH);
	const parts = tokens
		.filter(({ literal, val }) => !literal && /^[a-z]+$/i.test(val))
		.map(({ val }) => val.slice(0, 1));
	return parts.find((part, index) => parts.indexOf(part) !== index);
}

/**
 * Letters that luxon does not know in this number, or as another part, and what is meant most likely.
 *
 * @noMessage They are parts of the message below.
 */
const MISWRITTEN: Array<[RegExp, string]> = [
	[/Y+|(?<!y)(?:y{3}|y{5}|y{7,})(?!y)/, 'the year is yyyy, or yy where it has two digits'],
	// Alone, D is luxon's word for a whole date.
	[/D+(?=.*[yYML])|(?<=[yYML].*)D+|d{3,}/, 'the day is dd, or d where it has no 0 before it'],
	[/[Hh]{3,}/, 'the hour is HH, or hh beside a for AM and PM'],
	[/m{3,}/, 'the minutes are mm; MM is the month'],
	[/s{3,}/, 'the seconds are ss'],
];

/** What is written in a wrong way in a format that cannot be read; undefined if no part of it is known to be. */
function miswritten(format: string): string | undefined {
	const found = MISWRITTEN.flatMap(([letters, meant]) => {
		const [part] = letters.exec(withoutQuotes(format)) ?? [];
		return part === undefined ? [] : [`not ${part}: ${meant}`];
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
	if (/Y/.test(withoutQuotes(format))) return 'no date can be read with it';
	const back = probed(format);
	if (!back.isValid) return 'no date can be read with it';
	if (namedTwice(format) !== undefined) return 'it has one part twice; MM is the month, mm are the minutes';
	if (back.toMillis() === PROBE.toMillis()) return undefined;
	if (back.year !== PROBE.year) return 'it has no year, which is yyyy';
	if (back.month !== PROBE.month) return 'it has no month, which is MM; mm are the minutes';
	if (back.day !== PROBE.day) return 'it has no day, which is dd';
	const fits = back.hour === PROBE.hour || (back.hour === 0 && back.minute === 0);
	return fits
		? undefined
		: 'its hour may be in the morning or in the evening: HH goes to 23, hh needs a for AM and PM';
}

/** Reads the option *Date Format*. */
export function readDateFormat(text: string): { value: string } | { wrong: string } {
	const format = text.trim();
	if (format.toLowerCase() === SERIAL) return { value: SERIAL };
	const problem = faultOf(format);
	if (problem === undefined) return { value: format };
	const fault = miswritten(format) ?? problem;
	return {
		/**
		 * @cause The option _Date Format_ cannot be used.
		 * @cure Write how your dates look, such as `MM/dd/yyyy h:mm a`. The words behind it say what is missing.
		 */
		wrong: `must say how day, month and year are written, such as MM/dd/yyyy h:mm a, or be the word ${SERIAL}: ${fault}`,
	};
}

/** Whether texts of a format tell the time of day. */
const tellsTime = (format: string): boolean => probed(format).hour === PROBE.hour;

/** Reads a text that is written as a format says; undefined for one that is not. */
export function readByFormat(text: string, format: string, { zone }: Clock): Read | undefined {
	if (format === SERIAL) {
		if (!/^\d+(\.\d+)?$/.test(text) || !isSerial(Number(text))) return undefined;
		const wall = wallOfSerial(Number(text));
		// Without a part of a day it is a cell that holds a day alone.
		return text.includes('.') ? placeIn(zone, wall) : { day: wall };
	}
	const wall = read(text, format);
	if (!wall.isValid) return undefined;
	if (!tellsTime(format)) return { day: wall };
	const tokens = withoutQuotes(format);
	if (tokens.includes('Z')) return { time: wall };
	return tokens.includes('z') ? placeInItsZone(text, format) : placeIn(zone, wall);
}

/** The moment of a time that is written with the name of its time zone, whose clocks may skip it or show it twice. */
function placeInItsZone(text: string, format: string): Read | undefined {
	const { result, zone } = DateTime.fromFormatExplain(text, format, ENGLISH);
	return result && zone ? placeOn(zone.name, DateTime.fromObject(result, { zone: 'utc' })) : undefined;
}
