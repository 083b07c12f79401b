import { DateTime } from 'luxon';

import type { DateField, Field } from '../../../../../nodes/shared/fields/field';
import { ifFarOff, ifUnlikelyAge } from '../../../../../nodes/shared/fields/times/plausible';
import { checkValue } from '../../../../../nodes/shared/fields/values';
import { declared } from '../support/declared.ts';

const read = (field: Field, raw: unknown, format?: string) =>
	checkValue(field, raw, {
		zone: 'America/Chicago',
		offersFormat: true,
		...(format !== undefined && { format }),
	});
const day = (raw: unknown, format?: string, more: Partial<DateField> = {}) =>
	read(declared({ kind: 'date', ...more }), raw, format);
const birth = (raw: unknown, format?: string) => day(raw, format, { past: true, remark: ifUnlikelyAge });

/** The first moment that no date of a computer reaches, as a number. */
const BEYOND = 8.64e15 + 1;

describe('A number that is no date', () => {
	const NUMBERS = [99_999_999, 20_260_301, 260_301_143_000_123, BEYOND, 1e20, -1, 0, 1, 60, 5_125_550_100];

	it.each([undefined, 'serial', 'MM/dd/yyyy', 'yyyy-MM-dd HH:mm'])(
		'never goes out as a text, with the format %s',
		(format) => {
			for (const kind of ['date', 'dateTime', 'timeOfDay'] as const)
				for (const number of NUMBERS)
					for (const raw of [number, number.toFixed(0)]) {
						const checked = read({ ...declared({ kind: 'date' }), kind } as Field, raw, format);
						expect([kind, raw, checked]).toEqual([kind, raw, { wrong: expect.any(String) }]);
						expect(checked).toEqual({ wrong: expect.not.stringContaining('Invalid') });
					}
		},
	);

	it('is told as what it is, where a spreadsheet is meant', () => {
		expect(day(99_999_999, 'serial')).toEqual({
			wrong: expect.stringContaining('is a number that is no date'),
		});
	});
});

describe('Seconds and milliseconds since 1970', () => {
	it('are read beside each Date Format, as the docs say', () => {
		for (const format of ['serial', 'MM/dd/yyyy', undefined]) {
			for (const raw of [1_772_376_600, '1772376600', 1_772_376_600_000])
				expect(day(raw, format)).toEqual({ value: '2026-03-01' });
			expect(read(declared({ kind: 'dateTime' }), 1_772_376_600, format)).toEqual({
				value: '2026-03-01T14:50:00Z',
			});
		}
	});

	it.each([
		[486_086_400_000, '1985-05-28'],
		['486086400000', '1985-05-28'],
		[486_086_400, '1985-05-28'],
		[-486_086_400_000, '1954-08-07'],
		[486_104_400_000, '1985-05-28'],
		[946_598_400_000, '1999-12-31'],
	])('are read as a day of birth: %s', (raw, value) => {
		expect(birth(raw)).toEqual({ value });
	});

	it.each([15_125_550_101, 123_456_789, 19_850_528, 1985, 41])(
		'are not seen in other numbers, such as %s',
		(raw) => expect(birth(raw)).toEqual({ wrong: expect.any(String) }),
	);

	it('are no day of birth where they would be one in seconds and in milliseconds', () => {
		// January 10, 1970, and August 23, 1994.
		expect(birth(777_600_000)).toEqual({ wrong: expect.any(String) });
		expect(birth(777_513_600)).toEqual({ value: '1994-08-22' });
		expect(day(1_814_400_000)).toEqual({ value: '2027-07-01' });
	});

	it.each([0, '1990'])('are told where they come from an empty value: %s', (raw) => {
		// Many people were born before the year 2000.
		expect(birth(raw)).toEqual({
			wrong: "must be a date such as 2026-03-01 that exists, with four digits of the year; for dates written in another way, set the option 'Date Format'",
		});
	});

	it('are of this century for a moment, as before', () => {
		expect(read(declared({ kind: 'dateTime' }), 486_086_400_000)).toEqual({ wrong: expect.any(String) });
	});
});

describe('The day of a DateTime', () => {
	it.each(['America/New_York', 'America/Los_Angeles', 'Asia/Tokyo', 'UTC'])(
		'at midnight in its own time zone is the one that it shows: %s',
		(zone) => {
			expect(birth(DateTime.fromISO('1987-05-20', { zone }))).toEqual({ value: '1987-05-20' });
			expect(day(DateTime.fromISO('2026-03-01', { zone }))).toEqual({ value: '2026-03-01' });
		},
	);

	it('at another time is told by the time zone of the item', () => {
		const at = DateTime.fromISO('2026-03-01T00:30', { zone: 'America/New_York' });
		expect(day(at)).toEqual({ value: '2026-02-28' });
		expect(day(DateTime.fromISO('2026-02-28T18:00', { zone: 'America/Chicago' }))).toEqual({
			value: '2026-03-01',
		});
	});
});

describe('The number that a spreadsheet has for a day', () => {
	it('is read with the format serial', () => {
		expect(day(46_082, 'serial')).toEqual({ value: '2026-03-01' });
		expect(day('46082.9', 'serial')).toEqual({ value: '2026-03-01' });
		expect(birth(31_195, 'serial')).toEqual({ value: '1985-05-28' });
	});

	it.each([
		[46_082, '2026-03-01'],
		['46082.5', '2026-03-01'],
		[31_195, '1985-05-28'],
	])('is told, with the way to send it: %s', (raw, meant) => {
		expect(day(raw)).toEqual({
			wrong: expect.stringContaining(
				`is ${raw}, which is the day ${meant} in a spreadsheet. To send that, set the option 'Date Format' to serial`,
			),
		});
	});
});

describe('A year of two digits', () => {
	it.each([
		['03/04/45', 'MM/dd/yy'],
		['3/4/59', 'M/d/yy'],
	])('is not taken for one in which nobody was born yet: %s', (raw, format) => {
		expect(birth(raw, format)).toEqual({
			wrong: 'is read as a day in the future. Check the year, and write it with four digits',
		});
	});

	it('of a birth is asked for with four digits, where no format would do', () => {
		expect(birth('03/04/45')).toEqual({ wrong: expect.stringContaining('with four digits of the year') });
	});

	it('is read as the format says where it can be', () => {
		expect(birth('03/04/61', 'MM/dd/yy')).toEqual({ value: '1961-03-04' });
		expect(birth('03/04/01', 'MM/dd/yy')).toEqual({ value: '2001-03-04' });
		expect(birth('03/04/25', 'MM/dd/yy')).toEqual({
			value: '2025-03-04',
			remark: expect.stringContaining('less than 14 years ago'),
		});
		expect(day('3/4/26', 'M/d/yy')).toEqual({ value: '2026-03-04' });
		expect(day('3/4/2026', 'M/d/y')).toEqual({ value: '2026-03-04' });
	});

	it.each([
		['3/4/26', 'M/d/y'],
		['0026-03-04', undefined],
		['0001-01-01', undefined],
		['0001-01-01T00:00:00', undefined],
		['3/4/0999', 'M/d/yyyy'],
	])('is not sent as a year of antiquity: %s', (raw, format) => {
		const refused = {
			wrong: expect.stringMatching(/^is read as a date of the year \d{1,3}\. Write the year with four/),
		};
		expect(day(raw, format)).toEqual(refused);
		expect(read(declared({ kind: 'dateTime', anyAge: true, days: 'MRI' }), raw, format)).toEqual(refused);
	});
});

describe('A day that hardly anybody means', () => {
	const today = DateTime.utc();

	it.each(['1994-08-23 14:30 EST', '1994-08-23T02:30:00 (CEST)', 'Aug 23, 1994 2:30 PM PT'])(
		'is that of the text, whatever clock its time goes by: %s',
		(raw) => {
			const format = raw.startsWith('Aug') ? 'MMM d, yyyy h:mm a' : undefined;
			expect(
				checkValue(declared({ kind: 'date' }), raw, {
					zone: 'UTC',
					offersFormat: true,
					...(format !== undefined && { format }),
				}),
			).toEqual({ value: '1994-08-23' });
		},
	);

	it('of birth is refused in the future, and only there', () => {
		expect(birth(today.plus({ days: 2 }).toISODate())).toEqual({
			wrong: expect.stringContaining('in the future'),
		});
		expect(birth(today.toISODate())).toMatchObject({ value: today.toISODate() });
		expect(birth('1899-12-30')).toMatchObject({
			value: '1899-12-30',
			remark: expect.stringContaining('120'),
		});
		expect(birth('1985-05-28')).toEqual({ value: '1985-05-28' });
	});

	it.each([
		['1970-01-01', 'is before the year 2000'],
		['1899-12-30', 'is before the year 2000'],
		['2206-03-04', 'is more than 5 years ahead'],
	])('of a plan is sent, and a hint asks about it: %s', (raw, remark) => {
		expect(day(raw, undefined, { remark: ifFarOff })).toEqual({
			value: raw,
			remark: expect.stringContaining(remark),
		});
	});

	it('has no remark where it is likely', () => {
		expect(ifFarOff(today.plus({ years: 1 }).toISODate())).toBeUndefined();
		expect(ifUnlikelyAge(today.minus({ years: 30 }).toISODate())).toBeUndefined();
	});
});

describe('The midnight of a server in New York, for an item in Chicago', () => {
	beforeEach(() => jest.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(240));
	afterEach(() => jest.restoreAllMocks());

	it.each([new Date('1985-05-28T04:00:00Z'), 486_100_800_000, 486_100_800])(
		"is the day there, as new Date('5/28/1985') means it: %p",
		(raw) => expect(birth(raw)).toEqual({ value: '1985-05-28' }),
	);

	it('changes no other moment, and no time of day', () => {
		expect(birth(new Date('1985-05-28T04:00:01Z'))).toEqual({ value: '1985-05-27' });
		expect(birth(new Date('1985-05-28T00:00:00Z'))).toEqual({ value: '1985-05-28' });
		expect(read(declared({ kind: 'dateTime' }), new Date('2026-03-01T04:00:00Z'))).toEqual({
			value: '2026-03-01T04:00:00Z',
		});
	});
});
