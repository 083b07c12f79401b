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
	])('counts: %s with %s', (raw, format, value) => {
		const given = (read('dateTime', raw, format) as { value: string }).value;
		expect(Date.parse(given)).toBe(Date.parse(value));
		expect(read('timeOfDay', raw, format)).toEqual({ value: given });
	});

	it.each(["MM/dd/yyyy h:mm a 'EST'", "MM/dd/yyyy HH:mm 'Central Time'", "dd.MM.yyyy HH:mm 'AST'"])(
		'is none in the name of a zone, so that the format is refused: %s',
		(format) =>
			expect(readDateFormat(format)).toEqual({
				wrong: expect.stringContaining('as fixed letters, which say no time zone'),
			}),
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
