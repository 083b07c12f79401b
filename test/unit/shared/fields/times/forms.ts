import { DateTime } from 'luxon';

/*
 * How dates, times and zones may be written. The tests of reading and the page docs/dates-and-times.md are made of these
 * tables.
 */

/** The zone in which the examples without an offset are read. */
export const ZONE = 'America/Chicago';

interface Common {
	/** What the form is called. */
	form: string;
	/** What stands in the field, or what an expression gave. */
	value: unknown;
	/** How the page shows a value that is no text. */
	code?: string;
	/** What the option *Date Format* is set to. */
	format?: string;
}

/** A form that is taken. */
export interface Taken extends Common {
	readAs: string;
	/** What goes out, where that is only a part of it. */
	sentAs?: string;
}

/** A form that is refused. */
export interface Refused extends Common {
	/** Words of the message. */
	says: string[];
	/** What to write instead, for the page. */
	instead: string;
}

export interface Forms {
	taken: Taken[];
	refused: Refused[];
}

const FROM_FORMAT = (value: string, format: string) =>
	`DateTime.fromFormat('${value}', '${format}', { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm:ss')`;

export const dateTimeForms: Forms = {
	taken: [
		{ form: 'ISO', value: '2026-03-01T14:30:00', readAs: '2026-03-01T14:30:00-06:00' },
		{ form: 'ISO in summer', value: '2026-07-01T14:30:00', readAs: '2026-07-01T14:30:00-05:00' },
		{
			form: 'ISO without seconds, with a space',
			value: '2026-03-01 14:30',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'ISO with an offset',
			value: '2026-03-01T14:30:00-0500',
			readAs: '2026-03-01T14:30:00-05:00',
		},
		{
			form: 'ISO with an offset and without seconds',
			value: '2026-03-01T02:30-06:00',
			readAs: '2026-03-01T02:30:00-06:00',
		},
		{
			form: 'the same in Hawaii',
			value: '2026-03-01T09:00-10:00',
			readAs: '2026-03-01T09:00:00-10:00',
		},
		{
			form: 'the same with spaces',
			value: '2026-03-01 02:30 -06:00',
			readAs: '2026-03-01T02:30:00-06:00',
		},
		{ form: 'ISO in UTC', value: '2026-03-01T20:30:00Z', readAs: '2026-03-01T20:30:00Z' },
		{ form: 'ISO in lowercase', value: '2026-03-01t20:30:00z', readAs: '2026-03-01T20:30:00Z' },
		{
			form: 'ISO with parts of a second, to the nanosecond',
			value: '2026-03-01T20:30:00.123456789Z',
			readAs: '2026-03-01T20:30:00.123Z',
		},
		{
			form: 'as PostgreSQL and Ruby write it',
			value: '2026-03-01 14:30:00.123456 -0600',
			readAs: '2026-03-01T14:30:00.123-06:00',
		},
		{ form: 'with the word UTC', value: '2026-03-01 20:30:00 UTC', readAs: '2026-03-01T20:30:00Z' },
		{
			form: 'with one digit of the hour',
			value: '2026-03-02 9:30:00',
			readAs: '2026-03-02T09:30:00-06:00',
		},
		{
			form: 'with AM or PM',
			value: '2026-03-02 2:30 p.m.',
			readAs: '2026-03-02T14:30:00-06:00',
		},
		{
			form: 'with AM or PM, to the hour',
			value: '2026-03-02T12am',
			readAs: '2026-03-02T00:00:00-06:00',
		},
		{
			form: 'RFC 2822, as in emails',
			value: 'Sun, 01 Mar 2026 14:30:00 -0600',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'RFC 2822, as web servers write it',
			value: 'Sun, 01 Mar 2026 20:30:00 GMT',
			readAs: '2026-03-01T20:30:00Z',
		},
		{
			form: 'ISO without signs, as calendars write it',
			value: '20260301T203000Z',
			readAs: '2026-03-01T20:30:00Z',
		},
		{
			form: 'a Date of JavaScript as a text',
			value: 'Sun Mar 01 2026 14:30:00 GMT-0600 (Central Standard Time)',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'RFC 2822 with the name of a zone',
			value: 'Sun, 01 Mar 2026 14:30:00 CST',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{ form: 'seconds since 1970', value: 1_772_397_000, readAs: '2026-03-01T20:30:00Z' },
		{
			form: 'seconds since 1970 with a fraction',
			value: '1772397000.25',
			readAs: '2026-03-01T20:30:00.250Z',
		},
		{ form: 'milliseconds since 1970', value: '1772397000123', readAs: '2026-03-01T20:30:00.123Z' },
		{
			form: 'a Date of JavaScript',
			value: new Date('2026-03-01T14:30:00-06:00'),
			code: "new Date('2026-03-01T14:30:00-06:00')",
			readAs: '2026-03-01T20:30:00Z',
		},
		{
			form: "a DateTime, such as n8n's `$now`",
			value: DateTime.fromISO('2026-03-01T14:30:00', { zone: ZONE }),
			code: `DateTime.fromISO('2026-03-01T14:30:00', { zone: '${ZONE}' })`,
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'American',
			value: '03/04/2026 2:30 PM',
			format: 'MM/dd/yyyy h:mm a',
			readAs: '2026-03-04T14:30:00-06:00',
		},
		{
			form: 'the day first',
			value: '03/04/2026 14:30',
			format: 'dd/MM/yyyy HH:mm',
			readAs: '2026-04-03T14:30:00-05:00',
		},
		{
			form: 'with the name of the month',
			value: 'March 4, 2026 2:30 pm',
			format: 'MMMM d, yyyy h:mm a',
			readAs: '2026-03-04T14:30:00-06:00',
		},
		{
			form: 'with the name of the day',
			value: 'Wednesday, March 4, 2026 2:30 PM',
			format: 'cccc, MMMM d, yyyy h:mm a',
			readAs: '2026-03-04T14:30:00-06:00',
		},
		{
			form: 'with an offset',
			value: '04.03.26 14:30 -0500',
			format: 'dd.MM.yy HH:mm ZZZ',
			readAs: '2026-03-04T14:30:00-05:00',
		},
		{
			form: 'with the name of a time zone',
			value: '2026-03-04 14:30 America/New_York',
			format: 'yyyy-MM-dd HH:mm z',
			readAs: '2026-03-04T14:30:00-05:00',
		},
		{
			form: 'with a time zone and an offset',
			value: '2026-11-01 01:30 America/Chicago -0600',
			format: 'yyyy-MM-dd HH:mm z ZZZ',
			readAs: '2026-11-01T01:30:00-06:00',
		},
		{
			form: 'digits alone',
			value: '20260301143000',
			format: 'yyyyMMddHHmmss',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'the date number of a spreadsheet',
			value: 46_082.604166667,
			format: 'serial',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'ISO, beside a Date Format',
			value: '2026-03-01T14:30:00',
			format: 'MM/dd/yyyy h:mm a',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'with an offset that the format has as fixed letters',
			value: '2026-03-01T20:30:00Z',
			format: "yyyy-MM-dd'T'HH:mm:ss'Z'",
			readAs: '2026-03-01T20:30:00Z',
		},
		{
			form: 'with an offset as fixed letters behind fixed parts of a second',
			value: '2026-03-01T20:30:00.000Z',
			format: "yyyy-MM-dd'T'HH:mm:ss'.000Z'",
			readAs: '2026-03-01T20:30:00Z',
		},
		{
			form: 'with a short offset as fixed letters, as PostgreSQL writes it',
			value: '2026-03-01 20:30:00+00',
			format: 'yyyy-MM-dd HH:mm:ss+00',
			readAs: '2026-03-01T20:30:00Z',
		},
		{
			form: 'with points behind a, p and m, beside a Date Format',
			value: '3/4/2026 2:30 P.M.',
			format: 'M/d/yyyy h:mm a',
			readAs: '2026-03-04T14:30:00-06:00',
		},
		{
			form: 'with four letters of September, beside a Date Format',
			value: 'Sept 14, 2026 2:30 PM',
			format: 'MMM d, yyyy h:mm a',
			readAs: '2026-09-14T14:30:00-05:00',
		},
		{
			form: 'with the apostrophe of a spreadsheet',
			value: "'2026-03-01 14:30",
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'with a curved apostrophe',
			value: '‘2026-03-01 14:30',
			readAs: '2026-03-01T14:30:00-06:00',
		},
		{
			form: 'as a text of a CSV file',
			value: '="2026-03-01 14:30"',
			readAs: '2026-03-01T14:30:00-06:00',
		},
	],
	refused: [
		{
			form: 'a day alone',
			value: '2026-03-01',
			says: ['has no time of day', '2026-03-01T14:30:00'],
			instead: '`2026-03-01T14:30:00`',
		},
		{
			form: 'all numbers, month or day first',
			value: '03/04/2026 2:30 PM',
			says: [
				'March 4, 2026 or April 3, 2026',
				"'Date Format' to MM/dd/yyyy h:mm a",
				'dd/MM/yyyy h:mm a',
				FROM_FORMAT('03/04/2026 2:30 PM', 'MM/dd/yyyy h:mm a'),
			],
			instead: '_Date Format_, which says what comes first',
		},
		{
			form: 'all numbers, a day alone',
			value: '03/04/2026',
			says: ['has no time of day', 'March 4, 2026 or April 3, 2026'],
			instead: '`2026-03-04T14:30:00`',
		},
		{
			form: 'American',
			value: '01/20/2023 10:00 PM',
			says: [
				'2023-01-20T22:00:00',
				"'Date Format' to MM/dd/yyyy h:mm a",
				FROM_FORMAT('01/20/2023 10:00 PM', 'MM/dd/yyyy h:mm a'),
			],
			instead: '_Date Format_ `MM/dd/yyyy h:mm a`',
		},
		{
			form: 'American, with two digits of the year',
			value: '1/20/23 22:00',
			says: ['2023-01-20T22:00:00', "'Date Format' to M/d/yy H:mm"],
			instead: '_Date Format_ `M/d/yy H:mm`',
		},
		{
			form: 'with the name of the month',
			value: 'Mar 1, 2026 2:30 PM',
			says: ['2026-03-01T14:30:00', "'Date Format' to MMM d, yyyy h:mm a"],
			instead: '_Date Format_ `MMM d, yyyy h:mm a`',
		},
		{
			form: 'with the name of the month between signs',
			value: '01-Mar-2026 14:30',
			says: ['2026-03-01T14:30:00', "'Date Format' to d-MMM-yyyy H:mm"],
			instead: '_Date Format_ `d-MMM-yyyy H:mm`',
		},
		{
			form: 'with the name of the day',
			value: 'Monday, March 2, 2026 2:30 PM',
			says: ['2026-03-02T14:30:00', "'Date Format' to cccc, MMMM d, yyyy h:mm a"],
			instead: '_Date Format_ `cccc, MMMM d, yyyy h:mm a`',
		},
		{
			form: 'the same, as Outlook writes it',
			value: 'Mon 3/2/2026 2:30 PM',
			says: ['2026-03-02T14:30:00', "'Date Format' to ccc M/d/yyyy h:mm a"],
			instead: '_Date Format_ `ccc M/d/yyyy h:mm a`',
		},
		{
			form: 'ISO with one digit of the month and the day',
			value: '2026-3-2 9:30:00',
			says: ['no ISO date', '2026-03-02T09:30:00', "'Date Format' to yyyy-M-d H:mm:ss"],
			instead: '_Date Format_ `yyyy-M-d H:mm:ss`',
		},
		{
			form: 'the same with two digits of one of them',
			value: '2026-3-02 9:30',
			says: ['no ISO date', '2026-03-02T09:30:00', "'Date Format' to yyyy-M-d H:mm"],
			instead: '_Date Format_ `yyyy-M-d H:mm`',
		},
		{
			form: 'all numbers, with two digits of one of them',
			value: '03/1/2026 14:30',
			says: ['may be March 1, 2026 or January 3, 2026', 'to M/d/yyyy H:mm', 'format is d/M/yyyy H:mm'],
			instead: '_Date Format_, which says what comes first',
		},
		{
			form: 'all numbers, where day and month are the same',
			value: '05.05.2026 14:30',
			says: [
				'2026-05-05T14:30:00',
				'to MM.dd.yyyy H:mm',
				'written as dd.MM.yyyy H:mm, use that format',
			],
			instead: '_Date Format_ `dd.MM.yyyy H:mm` or `MM.dd.yyyy H:mm`, as the other dates are written',
		},
		{
			form: 'the name of a month that is as long as its short form',
			value: 'May 5, 2026 2:30 PM',
			says: ['to MMMM d, yyyy h:mm a', 'written as MMM d, yyyy h:mm a, use that format'],
			instead: '_Date Format_ `MMMM d, yyyy h:mm a` or `MMM d, yyyy h:mm a`',
		},
		{
			form: 'with points behind a, p and m, and four letters of the month',
			value: 'Sept. 14, 2026 2:30 p.m.',
			says: [
				'is Sept. 14, 2026 2:30 p.m., which is no ISO date',
				'2026-09-14T14:30:00',
				"'Date Format' to MMM d, yyyy h:mm a",
			],
			instead: '_Date Format_ `MMM d, yyyy h:mm a`',
		},
		{
			form: 'American, in UTC',
			value: '3/14/2026 7:30 PM UTC',
			says: ['If 2026-03-14T19:30:00Z is meant', "'Date Format' to M/d/yyyy h:mm a 'UTC'"],
			instead: "_Date Format_ `M/d/yyyy h:mm a 'UTC'`",
		},
		{
			form: 'American, with an offset',
			value: '3/14/2026 14:30 -0500',
			says: ['If 2026-03-14T14:30:00-05:00 is meant', "'Date Format' to M/d/yyyy H:mm ZZZ"],
			instead: '_Date Format_ `M/d/yyyy H:mm ZZZ`',
		},
		{
			form: 'the same, which may be a beginning and an end',
			value: '3/14/2026 10:00-11:00',
			says: ['3/14/2026 10:00-11:00', 'may be a beginning and an end'],
			instead: '_Date Format_ `M/d/yyyy H:mm`, and the beginning alone',
		},
		{
			form: 'another ending than Date Format says',
			value: '3/14/2026 7:30 PM UTC',
			format: 'M/d/yyyy h:mm a',
			says: [
				"as the option 'Date Format' says",
				'If 2026-03-14T19:30:00Z is meant',
				"h:mm a \\'UTC\\''",
			],
			instead: "_Date Format_ `M/d/yyyy h:mm a 'UTC'`",
		},
		{
			form: 'with the word at',
			value: 'March 1, 2026 at 2:30 PM',
			says: ['2026-03-01T14:30:00', "'Date Format' to MMMM d, yyyy 'at' h:mm a"],
			instead: "_Date Format_ `MMMM d, yyyy 'at' h:mm a`",
		},
		{
			form: 'the time first',
			value: '2:30 PM 3/14/2026',
			says: [
				'must be a date and time such as 2026-03-01T14:30:00',
				"for dates written in another way, set the option 'Date Format'",
			],
			instead: '_Date Format_ `h:mm a M/d/yyyy`',
		},
		{
			form: 'an hour alone',
			value: '2026-03-02 9',
			says: ['must be a date and time such as 2026-03-01T14:30:00'],
			instead: '`2026-03-02 9:00`',
		},
		{
			form: 'an hour of the afternoon with PM',
			value: '2026-03-02 14:30 PM',
			says: ['a clock has no 14 PM'],
			instead: '`2026-03-02 14:30`',
		},
		{
			form: 'the date number of a spreadsheet',
			value: 46_082.604166667,
			says: [
				'46082.604166667, which is 2026-03-01T14:30:00 in a spreadsheet',
				"'Date Format' to serial",
				"{ zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm:ss')",
			],
			instead: '_Date Format_ `serial`',
		},
		{
			form: 'the time of a cell, with the day that a spreadsheet adds',
			value: '1899-12-30T14:30:00Z',
			says: ['is 1899-12-30T14:30:00Z, a time without its date', 'Format the column as text'],
			instead: '`2026-03-01T14:30:00`',
		},
		{
			form: 'the day number of a spreadsheet',
			value: '46082',
			says: ['has no time of day', '46082 is the day 2026-03-01 in a spreadsheet'],
			instead: '`2026-03-01T14:30:00`',
		},
		{
			form: 'the same as programs write a column of numbers',
			value: '46082.0',
			says: ['has no time of day', '46082.0 is the day 2026-03-01 in a spreadsheet'],
			instead: '`2026-03-01T14:30:00`',
		},
		{
			form: 'the same, as Date Format says',
			value: '46082.0',
			format: 'serial',
			says: ['has no time of day, and is read as 2026-03-01'],
			instead: '`2026-03-01T14:30:00`',
		},
		{
			form: 'an hour of the afternoon with AM, as Date Format says',
			value: '03/04/2026 14:30 AM',
			format: 'MM/dd/yyyy h:mm a',
			says: ['a clock has no 14 AM'],
			instead: '`03/04/2026 2:30 PM`',
		},
		{
			form: 'the name of a zone, as Date Format says',
			value: '07/01/2026 2:30 PM EST',
			format: 'MM/dd/yyyy h:mm a z',
			says: [
				'EST may mean several clocks. Leave it out, as in {{ $json.time.replace(',
				"set the option 'Time Zone' to America/New_York",
			],
			instead: 'the zone left out, and the option _Time Zone_',
		},
		{
			form: 'an offset that the named zone does not have then',
			value: '2026-07-01 14:30 America/Chicago -0600',
			format: 'yyyy-MM-dd HH:mm z ZZZ',
			says: ['America/Chicago has the offset -05:00 then. Leave the one out that is wrong'],
			instead: 'the right one of the two',
		},
		{
			form: 'the offset of UTC with the name of another zone',
			value: '2026-07-01T20:30:00+00:00[America/Chicago]',
			format: "yyyy-MM-dd'T'HH:mm:ssZZ'['z']'",
			says: ['America/Chicago has the offset -05:00 then. Leave the one out that is wrong'],
			instead: 'the right one of the two',
		},
		{
			form: 'the same without a Date Format: one message says all',
			value: '07/01/2026 2:30 PM EST',
			says: [
				"'Time Zone' to America/New_York. Then it is 07/01/2026 2:30 PM, which may be July 1, 2026",
				"'Date Format' to MM/dd/yyyy h:mm a",
			],
			instead: '_Date Format_ `MM/dd/yyyy h:mm a`, the zone left out, and the option _Time Zone_',
		},
		{
			form: 'ISO with the name of a zone',
			value: '2026-03-01 14:30 IST',
			says: ["replace(' IST', '')", "set the option 'Time Zone' to its place"],
			instead: '`2026-03-01 14:30`, and the option _Time Zone_',
		},
		{
			form: 'an offset that does not exist, as in an email',
			value: 'Sun, 01 Mar 2026 14:30:00 +9900',
			says: ['no place has the offset +99:00'],
			instead: '`Sun, 01 Mar 2026 14:30:00 -0600`',
		},
		{
			form: 'a time zone whose clocks show another time then',
			value: 'Wed, 01 Jul 2026 14:30:00 EST',
			says: [
				'Wed, 01 Jul 2026 14:30:00 EST',
				'EST may mean several clocks',
				'to ccc, d MMM yyyy H:mm:ss',
			],
			instead: '`Wed, 01 Jul 2026 14:30:00 -0400`',
		},
		{
			form: 'another way than Date Format says',
			value: '20/01/2026 2:30 PM',
			format: 'MM/dd/yyyy h:mm a',
			says: ["20/01/2026 2:30 PM, which is not a date written as the option 'Date Format' says"],
			instead: 'the right format',
		},
		{
			form: 'ISO, where the format puts the day before the month',
			value: '2026-03-20 14:30',
			format: 'yyyy-dd-MM HH:mm',
			says: ["not a date written as the option 'Date Format' says"],
			instead: 'the right format',
		},
		{
			form: 'a month that does not exist',
			value: '2026-13-01T10:00:00',
			says: ['there is no month 13'],
			instead: 'the right month',
		},
		{
			form: 'a day that does not exist',
			value: '2026-02-30T10:00:00',
			says: ['February 2026 has no day 30'],
			instead: 'the right day',
		},
		{
			form: 'a day that does not exist, in numbers',
			value: '31/02/2026 10:00',
			says: ['is 31/02/2026 10:00, which is not a date that exists'],
			instead: 'the right day',
		},
		{
			form: 'an hour that does not exist',
			value: '2026-02-20T25:00:00',
			says: ['a day has no hour 25'],
			instead: 'the right hour',
		},
		{
			form: 'hour 24, which may be the beginning or the end of the day',
			value: '2026-02-20, 24:00:00',
			says: ['2026-02-20, 24:00:00', 'a day has no hour 24'],
			instead: '`2026-02-20 0:00`, or the next day',
		},
		{
			form: 'the same, as Date Format says',
			value: '2/20/2026, 24:00:00',
			format: 'M/d/yyyy, HH:mm:ss',
			says: ['2/20/2026, 24:00:00', 'a clock has no hour 24'],
			instead: '`2/20/2026, 00:00:00`, or the next day',
		},
		{
			form: 'what may be a beginning and an end',
			value: '2026-03-01 10:00-11:00',
			says: ['2026-03-01 10:00-11:00', 'may be a beginning and an end', 'or a time with an offset'],
			instead: '`2026-03-01 10:00`',
		},
		{
			form: 'the same, where the end is an offset too',
			value: '2026-03-01 10:00-04:00',
			says: ['2026-03-01 10:00-04:00', 'may be a beginning and an end', 'write the seconds too'],
			instead: '`2026-03-01 10:00`, or the offset behind seconds: `2026-03-01 10:00:00-04:00`',
		},
		{
			form: 'the same behind a T, where no place in the USA has the offset',
			value: '2026-03-01T09:00-09:30',
			says: ['2026-03-01T09:00-09:30', 'may be a beginning and an end'],
			instead: '`2026-03-01T09:00`',
		},
		{
			form: 'a beginning and an end that is no offset',
			value: '2026-03-01 9:30 AM-15:00',
			says: ['2026-03-01 9:30 AM-15:00', 'may be a beginning and an end'],
			instead: '`2026-03-01 9:30`',
		},
		{
			form: 'the same, where the end has the smaller number',
			value: '2026-03-01 2:30 PM-03:30',
			says: ['2026-03-01 2:30 PM-03:30', 'may be a beginning and an end'],
			instead: '`2026-03-01 2:30 PM`',
		},
		{
			form: 'a beginning and an end with spaces',
			value: '2026-03-01 10:00 - 11:00',
			says: ['2026-03-01 10:00 - 11:00, a beginning and an end', 'Write the beginning alone, as in {{'],
			instead: '`2026-03-01 10:00`',
		},
		{
			form: 'the same, each with AM or PM',
			value: '2026-03-01 9:30 AM to 10:30 AM',
			says: ['2026-03-01 9:30 AM to 10:30 AM, a beginning and an end', 'as in {{'],
			instead: '`2026-03-01 9:30 AM`',
		},
		{
			form: 'the same, with AM or PM of both at the end',
			value: '2026-03-01 2:30-3:00 PM',
			says: ['a beginning and an end', 'with its own AM or PM: 2:30 alone would be another time'],
			instead: '`2026-03-01 2:30 PM`',
		},
		{
			form: 'the same as Date Format says',
			value: '3/14/2026 2:30-3:00 PM',
			format: 'M/d/yyyy h:mm a',
			says: ['a beginning and an end', 'with its own AM or PM'],
			instead: '`3/14/2026 2:30 PM`',
		},
		{
			form: 'an offset that does not exist',
			value: '2026-02-20T10:00:00+99:00',
			says: ['no place has the offset +99:00'],
			instead: 'the right offset',
		},
		{
			form: 'a time that the clocks skip',
			value: '2026-03-08T02:30:00',
			says: ['does not exist in America/Chicago', 'March 8, 2026, 02:30'],
			instead: 'another time, or one with an offset',
		},
		{
			form: 'a time that comes twice',
			value: '2026-11-01T01:30:00',
			says: ['exists twice in America/Chicago', 'November 1, 2026, 01:30'],
			instead: '`2026-11-01T01:30:00-05:00`',
		},
		{
			form: 'a time with a time zone in which the clocks skip it',
			value: '2026-03-08 02:30 America/New_York',
			format: 'yyyy-MM-dd HH:mm z',
			says: ['does not exist in America/New_York', 'March 8, 2026, 02:30'],
			instead: 'another time, or one with an offset',
		},
		{
			form: 'a time with a time zone in which it comes twice',
			value: '2026-11-01 01:30 America/New_York',
			format: 'yyyy-MM-dd HH:mm z',
			says: ['exists twice in America/New_York', 'November 1, 2026, 01:30'],
			instead: 'an offset, and _Date Format_ `yyyy-MM-dd HH:mm ZZ`',
		},
		{
			form: 'a Date that was made of nothing',
			value: new Date(null as never),
			code: 'new Date(null)',
			says: ['is read as 1970-01-01T00:00:00Z', 'before the year 2000', 'Empty values'],
			instead: 'the right field in the expression',
		},
		{
			form: 'a Date of seconds',
			value: new Date(1_772_397_000),
			code: 'new Date(1772397000)',
			says: ['is read as 1970-01-21T12:19:57Z', 'seconds taken for milliseconds'],
			instead: 'the seconds alone',
		},
		{
			form: 'a Date of what is no date',
			value: new Date('x'),
			code: "new Date('x')",
			says: ['is an invalid date'],
			instead: 'the right field in the expression',
		},
		{
			form: 'a DateTime of nothing',
			value: DateTime.fromMillis(Number.NaN),
			code: 'DateTime.fromMillis(NaN)',
			says: ['is an invalid date'],
			instead: 'the right field in the expression',
		},
		{
			form: 'a date before the year 2000',
			value: '1999-12-31T10:00:00',
			says: ['is read as 1999-12-31T10:00:00-06:00', 'before the year 2000'],
			instead: 'the right year',
		},
		{
			form: 'an empty date of .NET',
			value: '0001-01-01T00:00:00',
			says: ['is read as a date of the year 1', 'with four digits'],
			instead: 'nothing, where there is no date',
		},
		{
			form: 'two digits of the year, where the format says y',
			value: '3/4/26 14:30',
			format: 'M/d/y H:mm',
			says: ['is read as a date of the year 26', 'yy for a year of two digits'],
			instead: '_Date Format_ `M/d/yy H:mm`',
		},
		{
			form: 'ISO with two digits of the year',
			value: '26-03-01 14:30',
			says: [
				'may be March 26, 2001 or March 1, 2026',
				'For March 1, 2026, the format is yy-MM-dd H:mm',
			],
			instead: '_Date Format_ `yy-MM-dd H:mm`',
		},
		{
			form: 'as Microsoft 365 writes a time in UTC, without its offset',
			value: '2026-03-01T20:30:00.0000000',
			says: ['as Microsoft 365 writes times in UTC', 'add a Z', 'a time in America/Chicago'],
			instead: '`2026-03-01T20:30:00.0000000Z`',
		},
		{
			form: 'more than five years ahead',
			value: '2126-03-01T14:30:00',
			says: ['is read as 2126-03-01T14:30:00-06:00', 'more than 5 years ahead'],
			instead: 'the right year',
		},
		{
			form: 'digits that spell a date',
			value: '20260301143000',
			says: ['is a number that is no date', "set the option 'Date Format' to yyyyMMddHHmmss"],
			instead: '_Date Format_ `yyyyMMddHHmmss`',
		},
		{
			form: 'digits that spell a date without its seconds',
			value: '202603011430',
			says: ['is a number that is no date', "set the option 'Date Format' to yyyyMMddHHmm"],
			instead: '_Date Format_ `yyyyMMddHHmm`',
		},
		{
			form: 'digits that are not written as the format says',
			value: '202603011430',
			format: 'yyyyMMddHHmmss',
			says: ["nor written as the option 'Date Format' says", "'Date Format' to yyyyMMddHHmm"],
			instead: '_Date Format_ `yyyyMMddHHmm`',
		},
		{
			form: 'a number that is no time',
			value: 5_125_550_100,
			says: ['is a number that is no date', 'Check where the value comes from'],
			instead: 'the right field in the expression',
		},
		{
			form: 'words',
			value: 'next Tuesday',
			says: ['must be a date and time such as 2026-03-01T14:30:00'],
			instead: '`2026-03-01T14:30:00`',
		},
	],
};

export const timeOfDayForms: Forms = {
	taken: [
		{ form: 'to the minute', value: '14:30', readAs: '14:30:00' },
		{ form: 'to the second', value: '14:30:15', readAs: '14:30:15' },
		{ form: 'with one digit of the hour', value: '9:05', readAs: '09:05:00' },
		{ form: 'with AM or PM', value: '2:30 PM', readAs: '14:30:00' },
		{ form: 'with AM or PM, in lowercase', value: '12:30am', readAs: '00:30:00' },
		{ form: 'with points', value: '2:30 p.m.', readAs: '14:30:00' },
		{ form: 'to the hour', value: '2 pm', readAs: '14:00:00' },
		{ form: 'with parts of a second', value: '14:30:15.123456', readAs: '14:30:15' },
		{ form: 'with an offset', value: '14:30:00-0600', readAs: '14:30:00-06:00' },
		{ form: 'with an offset and without seconds', value: '14:30-06:00', readAs: '14:30:00-06:00' },
		{ form: 'in UTC', value: '20:30Z', readAs: '20:30:00Z' },
		{
			form: 'a whole date and time',
			value: '2026-03-01 14:30',
			readAs: '2026-03-01T14:30:00-06:00',
			sentAs: '14:30:00',
		},
		{
			form: 'a Date of JavaScript',
			value: new Date('2026-03-01T14:30:00-06:00'),
			code: "new Date('2026-03-01T14:30:00-06:00')",
			readAs: '2026-03-01T20:30:00Z',
			sentAs: '14:30:00',
		},
		{
			form: "a DateTime, such as n8n's `$now`",
			value: DateTime.fromISO('2026-03-01T14:30:00', { zone: ZONE }),
			code: `DateTime.fromISO('2026-03-01T14:30:00', { zone: '${ZONE}' })`,
			readAs: '2026-03-01T14:30:00-06:00',
			sentAs: '14:30:00',
		},
		{
			form: 'as Date Format says',
			value: '03/04/2026 2:30 PM',
			format: 'MM/dd/yyyy h:mm a',
			readAs: '2026-03-04T14:30:00-06:00',
			sentAs: '14:30:00',
		},
	],
	refused: [
		{
			form: 'what may be a beginning and an end',
			value: '10:00-11:00',
			says: ['10:00-11:00', 'may be a beginning and an end', 'or a time with an offset'],
			instead: '`10:00`',
		},
		{
			form: 'the same, to the hour',
			value: '9:30-10',
			says: ['9:30-10', 'may be a beginning and an end'],
			instead: '`9:30`',
		},
		{
			form: 'the same, where the end has the smaller number',
			value: '12:00-01:00',
			says: ['12:00-01:00', 'may be a beginning and an end'],
			instead: '`12:00`',
		},
		{
			form: 'the same, where the end is an offset too',
			value: '09:00-05:00',
			says: ['09:00-05:00', 'may be a beginning and an end', 'write the seconds too'],
			instead: '`09:00`, or the offset behind seconds: `09:00:00-05:00`',
		},
		{
			form: 'the same with AM or PM',
			value: '9 PM-10',
			says: ['9 PM-10', 'may be a beginning and an end'],
			instead: '`9 PM`',
		},
		{
			form: 'the same with spaces',
			value: '10:00 – 11:00',
			says: ['10:00 – 11:00, a beginning and an end', 'as in {{'],
			instead: '`10:00`',
		},
		{
			form: 'the same, with AM or PM of both at the end',
			value: '2:30-3:00 PM',
			says: ['2:30-3:00 PM, a beginning and an end', 'with its own AM or PM'],
			instead: '`2:30 PM`',
		},
		{
			form: 'the same to the hour',
			value: '9-5 PM',
			says: ['9-5 PM, a beginning and an end', 'with its own AM or PM'],
			instead: '`9 AM`',
		},
		{ form: 'an hour alone', value: '14', says: ['such as 14:30 or 2:30 PM'], instead: '`14:00`' },
		{
			form: 'the time of a spreadsheet, a part of a day',
			value: '0.604166',
			says: ['is 0.604166, which is 14:30:00 in a spreadsheet. To send that, write {{ '],
			instead: 'the expression in the message',
		},
		{
			form: 'the time of a cell, with the day that a spreadsheet adds',
			value: '1899-12-30T14:30:00Z',
			says: ['is 1899-12-30T14:30:00Z, a time without its date', 'Format the column as text'],
			instead: '`14:30`',
		},
		{
			form: 'the date number of a spreadsheet',
			value: '46082.604166667',
			says: ['which is 2026-03-01T14:30:00 in a spreadsheet', "set the option 'Date Format' to serial"],
			instead: '_Date Format_ `serial`',
		},
		{
			form: 'the day number of a spreadsheet',
			value: '46082',
			says: ['has no time of day: 46082 is the day 2026-03-01 in a spreadsheet'],
			instead: '`14:30`',
		},
		{
			form: 'digits without a colon',
			value: '1430',
			says: ['must be a time of day such as 14:30 or 2:30 PM'],
			instead: '`14:30`',
		},
		{ form: 'minutes of one digit', value: '9:5', says: ['such as 14:30 or 2:30 PM'], instead: '`9:05`' },
		{
			form: 'an hour that does not exist',
			value: '25:00',
			says: ['25:00', 'does not exist'],
			instead: '`01:00`',
		},
		{
			form: 'a minute that does not exist',
			value: '12:60',
			says: ['12:60', 'does not exist'],
			instead: '`13:00`',
		},
		{
			form: 'an hour of the afternoon with PM',
			value: '13:00 PM',
			says: ['13:00 PM', 'does not exist'],
			instead: '`13:00`',
		},
		{
			form: 'with the name of a zone',
			value: '2:30 PM CST',
			says: ['is 2:30 PM CST, and CST may mean several clocks', "'Time Zone' to America/Chicago"],
			instead: '`2:30 PM`, and the option _Time Zone_',
		},
		{ form: 'words', value: 'after lunch', says: ['such as 14:30 or 2:30 PM'], instead: '`14:30`' },
		{
			form: 'a Date that was made of nothing',
			value: new Date(null as never),
			code: 'new Date(null)',
			says: ['is read as 1970-01-01T00:00:00Z'],
			instead: 'the right field in the expression',
		},
	],
};

export const timeZoneForms: Forms = {
	taken: [
		{ form: 'a place', value: 'America/Chicago', readAs: 'America/Chicago' },
		{ form: 'in any letter case, with a space', value: ' america/new york ', readAs: 'America/New_York' },
		{ form: 'an older name of IANA', value: 'US/Eastern', readAs: 'US/Eastern' },
		{ form: 'UTC', value: 'UTC', readAs: 'UTC' },
	],
	refused: [
		{
			form: 'a short name of several places',
			value: 'BST',
			says: ['may mean several clocks. Write its place'],
			instead: '`Europe/London`',
		},
		{
			form: 'Atlantic Time',
			value: 'AST',
			says: ['AST', 'America/Puerto_Rico (in Canada America/Halifax)'],
			instead: '`America/Puerto_Rico`',
		},
		{
			form: 'Eastern Time',
			value: 'EST',
			says: ['EST', 'America/New_York'],
			instead: '`America/New_York`',
		},
		{
			form: 'Central Time',
			value: 'CDT',
			says: ['CDT', 'America/Chicago'],
			instead: '`America/Chicago`',
		},
		{
			form: 'Mountain Time',
			value: 'MST',
			says: ['MST', 'America/Denver', 'America/Phoenix'],
			instead: '`America/Denver`, in Arizona `America/Phoenix`',
		},
		{
			form: 'Pacific Time',
			value: 'Pacific Time',
			says: ['Pacific Time', 'America/Los_Angeles'],
			instead: '`America/Los_Angeles`',
		},
		{ form: 'Alaska Time', value: 'AKST', says: ['America/Anchorage'], instead: '`America/Anchorage`' },
		{ form: 'Hawaii Time', value: 'HST', says: ['Pacific/Honolulu'], instead: '`Pacific/Honolulu`' },
		{
			form: 'as Windows names it',
			value: 'Central Standard Time',
			says: ['America/Chicago'],
			instead: '`America/Chicago`',
		},
		{ form: 'an offset', value: 'UTC-6', says: ['UTC-6', 'offset'], instead: '`America/Chicago`' },
		{
			form: "IANA's offsets",
			value: 'Etc/GMT+6',
			says: ['Etc/GMT+6', 'offset'],
			instead: '`America/Chicago`',
		},
		{
			form: 'the offsets of old systems',
			value: 'SystemV/EST5',
			says: ['SystemV/EST5', 'offset'],
			instead: '`America/New_York`',
		},
		{
			form: "the zone of n8n's computer",
			value: 'local',
			says: ['local', "the clock of n8n's computer"],
			instead: 'a place, or nothing for the zone of the workflow',
		},
		{
			form: 'a place that does not exist',
			value: 'Mars/Olympus',
			says: ['America/Chicago'],
			instead: 'a place',
		},
	],
};

export const dateFormatForms: Forms = {
	taken: [
		{ form: 'American', value: 'MM/dd/yyyy h:mm a', readAs: 'MM/dd/yyyy h:mm a' },
		{ form: 'German', value: 'dd.MM.yyyy HH:mm', readAs: 'dd.MM.yyyy HH:mm' },
		{ form: 'with fixed letters', value: "yyyy-MM-dd'T'HH:mm", readAs: "yyyy-MM-dd'T'HH:mm" },
		{ form: 'the date numbers of a spreadsheet', value: 'Serial', readAs: 'serial' },
	],
	refused: [
		{
			form: 'an hour up to 23 beside AM and PM',
			value: 'MM/dd/yyyy HH:mm a',
			says: ['not HH: beside a for AM and PM the hour is h, or hh'],
			instead: '`MM/dd/yyyy h:mm a`',
		},
		{
			form: 'a day with its ending',
			value: 'MMMM do, yyyy',
			says: ['not do: the day is d'],
			instead: '`MMMM d, yyyy`, and the endings left out of the dates',
		},
		{
			form: 'the name of a zone as fixed letters',
			value: "MM/dd/yyyy h:mm a 'EST'",
			says: ['EST as fixed letters, which say no time zone'],
			instead: '`MM/dd/yyyy h:mm a`, and the option _Time Zone_',
		},
		{
			form: 'a place as fixed letters',
			value: "yyyy-MM-dd HH:mm 'America/New_York'",
			says: ['America/New_York as fixed letters, which say no time zone. Write z in its place'],
			instead: '`yyyy-MM-dd HH:mm z`',
		},
		{
			form: 'AM or PM as fixed letters',
			value: "M/d/yyyy H:mm 'PM'",
			says: ['PM as fixed letters, which do not change the hour. Write a in its place'],
			instead: '`M/d/yyyy h:mm a`',
		},
		{
			form: 'month and minutes that traded places',
			value: 'yyyy-mm-dd HH:MM',
			says: ['mm are the minutes, and stand behind the hour; MM is the month'],
			instead: '`yyyy-MM-dd HH:mm`',
		},
		{
			form: 'minutes instead of the month',
			value: 'mm/dd/yyyy hh:mm a',
			says: ['MM is the month'],
			instead: '`MM/dd/yyyy hh:mm a`',
		},
		{
			form: 'the month instead of minutes',
			value: 'MM/dd/yyyy hh:MM a',
			says: ['MM is the month'],
			instead: '`MM/dd/yyyy hh:mm a`',
		},
		{
			form: 'other capitals, as other programs want them',
			value: 'MM/DD/YYYY HH:mm',
			says: ['not YYYY: the year is yyyy', 'not DD: the day is dd'],
			instead: '`MM/dd/yyyy HH:mm`',
		},
		{
			form: 'capitals of the day alone',
			value: 'MM/DD/yyyy',
			says: ['not DD: the day is dd'],
			instead: '`MM/dd/yyyy`',
		},
		{
			form: 'a year of three or five letters',
			value: 'yyy-MM-dd',
			says: ['not yyy: the year is yyyy, or yy for two digits'],
			instead: '`yyyy-MM-dd`',
		},
		{
			form: 'a day of three letters',
			value: 'yyyy-MM-ddd',
			says: ['not ddd: the day is dd, or d without a 0'],
			instead: '`yyyy-MM-dd`',
		},
		{
			form: 'an hour of three letters',
			value: 'yyyy-MM-dd HHH:mm',
			says: ['not HHH: the hour is HH'],
			instead: '`yyyy-MM-dd HH:mm`',
		},
		{
			form: 'twelve hours without AM and PM',
			value: 'MM/dd/yyyy hh:mm',
			says: ['hh needs a for AM and PM'],
			instead: '`MM/dd/yyyy HH:mm` or `MM/dd/yyyy hh:mm a`',
		},
		{
			form: 'a whole date by one letter, and twelve hours',
			value: 'D h:mm',
			says: ['hh needs a for AM and PM'],
			instead: '`D h:mm a`',
		},
		{ form: 'no year', value: 'dd/MM HH:mm', says: ['it has no year'], instead: '`dd/MM/yyyy HH:mm`' },
		{ form: 'no day', value: 'MM/yyyy', says: ['it has no day'], instead: '`dd/MM/yyyy`' },
	],
};
