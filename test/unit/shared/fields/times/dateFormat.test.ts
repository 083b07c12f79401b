import type { Field } from '../../../../../nodes/shared/fields/field';
import { readDateFormat } from '../../../../../nodes/shared/fields/times/dateFormat';
import { checkValue } from '../../../../../nodes/shared/fields/values';
import { declared } from '../support/declared.ts';

const read = (kind: 'date' | 'dateTime' | 'timeOfDay', raw: unknown, format?: string, code?: string) =>
	checkValue({ ...declared({ kind: 'date' }), kind } as Field, raw, {
		zone: 'America/Chicago',
		offersFormat: true,
		...(format !== undefined && { format }),
		expression: () => code,
	});
const told = (raw: unknown, format?: string, code?: string) =>
	(read('dateTime', raw, format, code) as { wrong: string }).wrong;

describe('An offset that a format has as fixed letters', () => {
	it.each([
		['2026-03-01T20:30:00Z', "yyyy-MM-dd'T'HH:mm:ss'Z'", '2026-03-01T20:30:00Z'],
		['2026-03-01T20:30:00.250Z', "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", '2026-03-01T20:30:00.250Z'],
		['2026-07-01 20:30:00 UTC', "yyyy-MM-dd HH:mm:ss 'UTC'", '2026-07-01T20:30:00Z'],
		['Sun, 01 Mar 2026 20:30:00 GMT', "EEE, dd MMM yyyy HH:mm:ss 'GMT'", '2026-03-01T20:30:00Z'],
		['2026-03-01 20:30:00 +00:00', "yyyy-MM-dd HH:mm:ss '+00:00'", '2026-03-01T20:30:00+00:00'],
		['2026-03-01T20:30:00-05:00', "yyyy-MM-dd'T'HH:mm:ss-05:00", '2026-03-01T20:30:00-05:00'],
		['2026-03-14T14:30:00.000Z', "yyyy-MM-dd'T'HH:mm:ss'.000Z'", '2026-03-14T14:30:00Z'],
		['2026-03-14T14:30:00Z', "yyyy-MM-dd'T'HH:mm':00Z'", '2026-03-14T14:30:00Z'],
		['2026-03-14T14:30:00.000+0000', "yyyy-MM-dd'T'HH:mm:ss'.000+0000'", '2026-03-14T14:30:00Z'],
		['2026-03-14 14:30:00+00', 'yyyy-MM-dd HH:mm:ss+00', '2026-03-14T14:30:00Z'],
		['2026-03-14 14:30:00-06', 'yyyy-MM-dd HH:mm:ss-06', '2026-03-14T14:30:00-06:00'],
		['3/14/2026 14:30 UTC+0', "M/d/yyyy H:mm 'UTC+0'", '2026-03-14T14:30:00Z'],
		['3/14/2026 14:30 UTC-5', "M/d/yyyy H:mm 'UTC-5'", '2026-03-14T14:30:00-05:00'],
		['3/14/2026 14:30 UTC+5:30', "M/d/yyyy H:mm 'UTC+5:30'", '2026-03-14T14:30:00+05:30'],
		['3/14/2026 2:30 PM GMT-05:00', "M/d/yyyy h:mm a 'GMT-05:00'", '2026-03-14T14:30:00-05:00'],
		['3/14/2026 2:30 PM GMT-05:00', "M/d/yyyy h:mm a 'GMT'-05:00", '2026-03-14T14:30:00-05:00'],
		['3/14/2026 2:30 PM (UTC)', "M/d/yyyy h:mm a '(UTC)'", '2026-03-14T14:30:00Z'],
		['3/14/2026 2:30 PM Etc/UTC', "M/d/yyyy h:mm a 'Etc/UTC'", '2026-03-14T14:30:00Z'],
		['14:30 UTC 3/14/2026', "H:mm 'UTC' M/d/yyyy", '2026-03-14T14:30:00Z'],
		['Sat Mar 14 14:30:00 UTC 2026', "ccc MMM d HH:mm:ss 'UTC' yyyy", '2026-03-14T14:30:00Z'],
		[
			'3/14/2026 14:30 GMT-0600 (Central Standard Time)',
			"M/d/yyyy H:mm 'GMT-0600 (Central Standard Time)'",
			'2026-03-14T14:30:00-06:00',
		],
	])('counts: %s with %s', (raw, format, value) => {
		const given = (read('dateTime', raw, format) as { value: string }).value;
		expect(Date.parse(given)).toBe(Date.parse(value));
		expect(read('timeOfDay', raw, format)).toEqual({ value: given });
	});

	it.each([
		...["MM/dd/yyyy h:mm a 'EST'", "MM/dd/yyyy HH:mm 'Central Time'", "dd.MM.yyyy HH:mm 'AST'"],
		...['America/New_York', '(EDT)', '(ET)', 'IST', 'BST', 'CEST', 'US Eastern', 'in EST', 'NZDT'].map(
			(zone) => `M/d/yyyy h:mm a '${zone}'`,
		),
		...['(Central European Summer Time)', '[Europe/Paris]', '+99:00', 'Japan'].map(
			(zone) => `yyyy-MM-dd HH:mm '${zone}'`,
		),
		"h:mm a 'EST' M/d/yyyy",
		"yyyy-MM-dd HH:mm 'E''ST'",
	])('is none in the name of a zone, so that the format is refused: %s', (format) =>
		expect(readDateFormat(format)).toEqual({
			wrong: expect.stringContaining('as fixed letters, which say no time zone'),
		}),
	);
});

describe('A format whose fixed letters', () => {
	it.each([
		["M/d/yyyy H:mm 'PM'", 'PM'],
		["M/d/yyyy H:mm:ss 'am'", 'am'],
		["M/d/yyyy H:mm'p.m.'", 'p.m.'],
		["M/d/yyyy hh:mm 'PM'", 'PM'],
		["H:mm 'PM', M/d/yyyy", 'PM'],
	])('are AM or PM is refused, with the way out: %s', (format, half) =>
		expect(readDateFormat(format)).toEqual({
			wrong: expect.stringContaining(
				`it has ${half} as fixed letters, which do not change the hour. Write a in its place`,
			),
		}),
	);

	it.each([
		["yyyy-MM-dd'T'HH:mm", '2026-03-04T14:30'],
		["M/d/yyyy 'at' h:mm a", '3/4/2026 at 2:30 PM'],
		["M/d/yyyy H'h'mm", '3/4/2026 14h30'],
		["dd.MM.yyyy, HH:mm 'Uhr'", '04.03.2026, 14:30 Uhr'],
		["HH:mm 'Uhr am' dd.MM.yyyy", '14:30 Uhr am 04.03.2026'],
		["M/d/yyyy h:mm a 'local time'", '3/4/2026 2:30 PM local time'],
		["'Tour:' M/d/yyyy h:mm a", 'Tour: 3/4/2026 2:30 PM'],
		['H:mm d-M-20yy', '14:30 4-3-2026'],
		["yyyy-MM-dd HH:mm'.000'", '2026-03-04 14:30.000'],
	])('say nothing of the zone reads a time of the workflow: %s', (format, raw) => {
		expect(readDateFormat(format)).toEqual({ value: format });
		expect(read('dateTime', raw, format)).toEqual({ value: '2026-03-04T14:30:00-06:00' });
	});

	it('say the same zone as its tokens reads the tokens', () =>
		expect(
			read(
				'dateTime',
				'3/4/2026 2:30 PM GMT-0500 (Eastern Standard Time)',
				"M/d/yyyy h:mm a 'GMT'ZZZ '(Eastern Standard Time)'",
			),
		).toEqual({ value: '2026-03-04T14:30:00-05:00' }));
});

describe('A format with minutes and month in each other’s place', () => {
	it.each([
		'yyyy-mm-dd HH:MM',
		'mm/dd/yyyy h:MM a',
		'dd.mm.yyyy HH:MM:ss',
		'yyyymmddHHMMss',
		"yyyy-mm-dd'T'HH:MM",
		'h:MM a, d/m/yyyy',
	])('is refused, though it reads what it writes: %s', (format) =>
		expect(readDateFormat(format)).toEqual({ wrong: expect.stringContaining('MM is the month') }),
	);

	it.each(['HH:mm MM/dd/yyyy', 'a h:mm, d.M.yyyy', 'HH MM/dd/yyyy', 'yyyyMMddHHmm', 'MM/dd/yyyy h a mm'])(
		'is not one whose minutes stand behind the hour: %s',
		(format) => expect(readDateFormat(format)).toEqual({ value: format }),
	);
});

describe('A text that a format reads', () => {
	it.each([
		['2026-03-14T14:30:00-05:00', "yyyy-MM-dd'T'HH:mm:ss'-05:00'"],
		['2026-03-14 19:30:00Z', "yyyy-MM-dd HH:mm:ss'Z'"],
	])('is the moment that ISO makes of it, if it is ISO with an offset: %s', (raw, format) =>
		expect(Date.parse((read('dateTime', raw, format) as { value: string }).value)).toBe(
			Date.parse('2026-03-14T19:30:00Z'),
		),
	);

	it.each([
		['M/d/yyyy h:mm a', '9/14/2026 2:30 P.M.'],
		['M/d/yyyy h:mm a', '9/14/2026 2:30 p. m.'],
		['M/d/yyyy h:mma', '9/14/2026 2:30p.m.'],
		['MMM d, yyyy h:mm a', 'Sept 14, 2026 2:30 PM'],
		['MMM d, yyyy h:mm a', 'Sept. 14, 2026 2:30 pm.'],
		['MMM. d, yyyy h:mm a', 'Sept. 14, 2026 2:30 PM'],
		['d MMM yyyy H:mm', '14 Sept. 2026 14:30'],
		['ccc, M/d/yyyy H:mm', 'Mon, 9/14/2026 14:30'],
	])('may be written as people write it: %s reads %s', (format, raw) =>
		expect(read('dateTime', raw, format)).toEqual({ value: '2026-09-14T14:30:00-05:00' }),
	);

	it.each(['Tues, 9/15/2026', 'Tue, 9/15/2026'])('may have a longer name of its day: %s', (raw) =>
		expect(read('date', raw, 'ccc, M/d/yyyy')).toEqual({ value: '2026-09-15' }),
	);
});

describe('A format', () => {
	it.each([
		['MM/dd/yyyy HH:mm a', 'not HH: beside a for AM and PM the hour is h, or hh'],
		['H:mm a, M/d/yyyy', 'not H: beside a for AM and PM the hour is h, or hh'],
		['MMMM do, yyyy', 'not do: the day is d; endings, as in 1st, cannot be read'],
	])('whose parts do not go together is told as what it is: %s', (format, says) =>
		expect(readDateFormat(format)).toEqual({ wrong: expect.stringContaining(says) }),
	);

	it.each(['MM/dd/yyyy  h:mm a', 'MM/dd/yyyy\th:mm a', 'MM/dd/yyyy\u202fh:mm a', ' MM/dd/yyyy h:mm a '])(
		'has the blanks of the dates that are read with it: %j',
		(format) => {
			const { value } = readDateFormat(format) as { value: string };
			expect(value).toBe('MM/dd/yyyy h:mm a');
			for (const raw of ['03/04/2026  2:30 PM', '03/04/2026\u202f2:30\u202fPM'])
				expect(read('dateTime', raw, value)).toEqual({ value: '2026-03-04T14:30:00-06:00' });
		},
	);
});

describe('The hour beside AM and PM', () => {
	it.each([
		['03/04/2026 14:30 AM', '14 AM'],
		['03/04/2026 14:30 pm', '14 PM'],
		['03/04/2026 00:30 PM', '0 PM'],
		['03/04/2026 0:30 AM', '0 AM'],
		['03/04/2026 24:00 PM', 'hour 24'],
	])('is one of a clock with twelve hours, also with a format: not %s', (raw, hour) =>
		expect(told(raw, 'MM/dd/yyyy h:mm a')).toContain(`a clock has no ${hour}`),
	);

	it.each([
		['03/04/2026 12:30 AM', '2026-03-04T00:30:00-06:00'],
		['03/04/2026 12:30 PM', '2026-03-04T12:30:00-06:00'],
		['03/04/2026 1:30 am', '2026-03-04T01:30:00-06:00'],
		['03/04/2026 11:59 PM', '2026-03-04T23:59:00-06:00'],
	])('is read with a format: %s', (raw, value) =>
		expect(read('dateTime', raw, 'MM/dd/yyyy h:mm a')).toEqual({ value }),
	);

	it.each(['1/20/2026 13:00 AM', '1/20/2026 0:30 PM', '3/4/2026 14:30 PM'])(
		'of no clock is told without a format, too: %s',
		(raw) => expect(told(raw)).toContain('a clock has no'),
	);
});

describe('A day', () => {
	it.each([
		[46_082.1, 'serial', '2026-03-01'],
		['46082.9', 'serial', '2026-03-01'],
		['31917.05', 'serial', '1987-05-20'],
		['20260301023000', 'yyyyMMddHHmmss', '2026-03-01'],
		[20_260_301_233_000, 'yyyyMMddHHmmss', '2026-03-01'],
		['202603010030', 'yyyyMMddHHmm', '2026-03-01'],
	])('is the one that a number shows by its format: %s as %s', (raw, format, value) =>
		expect(read('date', raw, format)).toEqual({ value }),
	);

	it.each([
		['03/14/1985', 'MM/dd/yyyy h:mm a'],
		['3/14/1985', 'M/d/yyyy, HH:mm'],
		['March 14, 1985', "MMMM d, yyyy 'at' h:mm a"],
		['3/14/1985 2:30 PM', 'M/d/yyyy'],
		['3/14/1985, 14:30', 'M/d/yyyy'],
		['3/14/1985 14:30:00', 'M/d/yyyy h:mm a'],
		['3/14/1985 EST', 'M/d/yyyy h:mm a'],
		['19850314', 'yyyyMMddHHmmss'],
		['1985-14-03', 'yyyy-dd-MM HH:mm'],
	])('may have no time, or another one, beside its format: %s with %s', (raw, format) => {
		expect(read('date', raw, format)).toEqual({ value: '1985-03-14' });
		expect(read('dateTime', raw, format)).toHaveProperty('wrong');
	});

	it('is not read by a format of which a part stands behind the time', () =>
		expect(read('date', '03/14', 'MM/dd HH:mm yyyy')).toHaveProperty('wrong'));

	it('is the one of the item’s zone where a number counts to a moment', () => {
		// 2026-03-01 04:30 in UTC, when it is the evening before in Chicago.
		expect(read('date', 1_772_339_400, 'MM/dd/yyyy')).toEqual({ value: '2026-02-28' });
	});
});

describe('The expression that a message advises', () => {
	it.each(['3/13/2026, 2:30\u202fPM', ' 3/13/2026, 2:30 PM', '3/13/2026,  2:30 PM', "'3/13/2026, 2:30 PM"])(
		'reads the value that it was made from: %j',
		(raw) => {
			const [, code = ''] = /\{\{ (.*) \}\}/.exec(told(raw, undefined, '$json.when')) ?? [];
			const [, cleaning = ''] = /^DateTime\.fromFormat\((.*), 'M\/d\/yyyy, h:mm a', /.exec(code) ?? [];
			const made = new Function('$json', `return ${cleaning}`) as (json: object) => unknown;
			expect(made({ when: raw })).toBe('3/13/2026, 2:30 PM');
		},
	);
});
