import { DateTime } from 'luxon';

import type { Field } from '../../../../nodes/shared/fields/field';
import { ifFuture, ifMidnight, ifPast } from '../../../../nodes/shared/fields/times/plausible';
import { checkValue } from '../../../../nodes/shared/fields/values';

const when: Field = { name: 'at', label: 'At', kind: 'dateTime', description: '' };
const read = (raw: unknown, zone = 'America/Chicago') => checkValue(when, raw, { zone });
const told = (raw: unknown, zone?: string) => (read(raw, zone) as { wrong: string }).wrong;

describe('a date and time', () => {
	it.each([
		['2026-03-01T14:30:00', '2026-03-01T14:30:00-06:00'],
		['2026-03-01 14:30', '2026-03-01T14:30:00-06:00'],
		['2026-07-01T14:30:00', '2026-07-01T14:30:00-05:00'],
		['2026-03-01T14:30:00.250', '2026-03-01T14:30:00.250-06:00'],
	])('without an offset, %s, is read by the clocks of its zone', (raw, value) => {
		expect(read(raw)).toEqual({ value });
	});

	it.each([
		['2026-03-01T14:30:00Z', '2026-03-01T14:30:00Z'],
		['2026-03-01T14:30:00+05:30', '2026-03-01T14:30:00+05:30'],
		['2026-03-01T14:30:00-0500', '2026-03-01T14:30:00-05:00'],
		['2026-03-01 14:30:00-05', '2026-03-01T14:30:00-05:00'],
		['2026-03-08T02:30:00Z', '2026-03-08T02:30:00Z'],
	])('with an offset, %s, keeps it', (raw, value) => expect(read(raw)).toEqual({ value }));

	it('of Microsoft 365, in UTC and without its offset, is not taken for one of another clock', () => {
		const outlook = '2026-03-01T20:30:00.0000000';
		expect(told(outlook)).toContain(
			'If it is one, add a Z behind it; if it is a time in America/Chicago',
		);
		expect(told(` ${outlook}`, 'Europe/London')).toContain('leave .0000000 out');
		for (const [raw, zone] of [
			[`${outlook}Z`, 'America/Chicago'],
			[outlook, 'UTC'],
		] as const)
			expect(read(raw, zone)).toEqual({ value: '2026-03-01T20:30:00Z' });
		for (const raw of ['2026-03-01 20:30:00.0000000', '2026-03-01T20:30:00.000'])
			expect(read(raw)).toEqual({ value: '2026-03-01T20:30:00-06:00' });
		expect(checkValue({ ...when, kind: 'date' }, outlook, { zone: 'America/Chicago' })).toEqual({
			value: '2026-03-01',
		});
	});

	it('between hyphens, with two digits of the year, may have it first or last', () => {
		expect(told('15-03-26 14:30')).toContain('may be March 15, 2026 or March 26, 2015');
		// Not the year 2003.
		expect(told('03-04-26 14:30')).toContain('may be March 4, 2026 or April 3, 2026');
		expect(told('26-03-26 14:30')).toContain('If 2026-03-26T14:30:00 is meant');
		expect(told('26.03.01 14:30')).toContain('If 2001-03-26T14:30:00 is meant');
	});

	it('may be what n8n and JavaScript call one', () => {
		const moment = '2026-03-01T14:30:00.000-07:00';
		expect(read(DateTime.fromISO(moment, { setZone: true }))).toEqual({
			value: '2026-03-01T14:30:00-07:00',
		});
		expect(read(new Date(moment))).toEqual({ value: '2026-03-01T21:30:00Z' });
	});

	it('that the clocks skip is refused, with the way out', () => {
		for (const raw of ['2026-03-08T02:00', '2026-03-08T02:30:00', '2026-03-08T02:59:59']) {
			expect(told(raw)).toContain('go forward');
		}
		for (const raw of ['2026-03-08T01:59:59', '2026-03-08T03:00:00'])
			expect(read(raw)).toHaveProperty('value');
		expect(told('2026-10-04T02:15', 'Australia/Lord_Howe')).toContain('go forward');
	});

	it('that the clocks show twice is refused, with the way out', () => {
		for (const raw of ['2026-11-01T01:00:00', '2026-11-01T01:59:59'])
			expect(told(raw)).toContain('twice');
		for (const raw of ['2026-11-01T00:59:59', '2026-11-01T02:00:00'])
			expect(read(raw)).toHaveProperty('value');
		expect(read('2026-11-01T01:30:00-05:00')).toEqual({ value: '2026-11-01T01:30:00-05:00' });
	});

	it.each([
		['2026-11-01T01:30', 'America/Los_Angeles', 'Add the offset -07:00 or -08:00'],
		['2026-11-01T01:30', 'America/Chicago', 'Add the offset -05:00 or -06:00'],
		['2026-03-08T02:30', 'America/Denver', 'add an offset such as -06:00'],
	])(
		'that is skipped or comes twice, %s in %s, is answered with the offsets of its zone',
		(raw, zone, says) => {
			expect(told(raw, zone)).toContain(says);
		},
	);

	it('exists in a zone that does not change its clocks', () => {
		expect(read('2026-03-08T02:30:00', 'America/Phoenix')).toEqual({
			value: '2026-03-08T02:30:00-07:00',
		});
		expect(read('2026-11-01T01:30:00', 'UTC')).toEqual({ value: '2026-11-01T01:30:00Z' });
	});

	it.each([
		['a day alone', '2026-03-01'],
		['a day that does not exist', '2026-02-30T10:00:00'],
		['an hour that does not exist', '2026-02-20T25:00:00'],
		['an offset that does not exist', '2026-02-20T10:00:00+99:99'],
		['another way of writing', '03/01/2026 2:30 pm'],
		['a number of no time', 5_125_550_100],
		['a list', ['2026-03-01T14:30:00']],
		['an invalid Date', new Date('x')],
		['an invalid DateTime', DateTime.fromISO('x')],
		['minutes of an offset that do not exist', '2026-02-20T10:00:00+05:99'],
		['the name of a zone behind it', '2026-03-01T14:30:00[Europe/Paris]'],
		['words behind it', '2026-03-01T14:30:00 or later'],
	])('is not %s', (_, raw) => expect(read(raw)).toEqual({ wrong: expect.any(String) }));
});

describe.each(['dateTime', 'timeOfDay'] as const)(
	'A time of day to which a program added a day, in a %s',
	(kind) => {
		const check = (raw: unknown, format?: string) =>
			checkValue({ ...when, kind }, raw, { zone: 'America/Chicago', offersFormat: true, format });
		const said = (shown: string) => ({
			wrong: expect.stringMatching(
				new RegExp(`^is ${shown}, a time without its date. Format the column as text`),
			),
		});

		it.each([
			['1899-12-30T14:30:00Z', '1899-12-30T14:30:00Z'],
			['1899-12-31 14:30:00', '1899-12-31T14:30:00-06:00'],
			['12/30/1899 2:30 PM', '12/30/1899 2:30 PM'],
			['30/12/1899 14:30', '30/12/1899 14:30'],
			['1900-01-00 14:30:00', '1900-01-00 14:30:00'],
			['1/0/1900 2:30 PM', '1/0/1900 2:30 PM'],
			['1900-01-01T14:30:00', '1900-01-01T14:30:00-06:00'],
			['1904-01-01T14:30:00', '1904-01-01T14:30:00-06:00'],
			['1970-01-01T14:30:00.000Z', '1970-01-01T14:30:00Z'],
			['0001-01-01T14:30:00Z', '0001-01-01T14:30:00Z'],
			['Sat Dec 30 1899 14:30:00 GMT-0600 (Central Standard Time)', '1899-12-30T14:30:00-06:00'],
		])('says what it is and what to do: %s', (raw, shown) => expect(check(raw)).toEqual(said(shown)));

		it('says so of date objects, and of what is read as Date Format says', () => {
			for (const raw of [
				new Date('1899-12-30T14:30:00Z'),
				DateTime.fromISO('1899-12-30T14:30:00Z', { zone: 'utc' }),
			])
				expect(check(raw)).toEqual(said('1899-12-30T14:30:00Z'));
			expect(check('12/30/1899 2:30 PM', 'MM/dd/yyyy h:mm a')).toEqual(
				said('1899-12-30T14:30:00-06:00'),
			);
		});

		it.each([new Date(0), 0, 52_200, '52200', '1899-12-30T00:00:00Z', '1970-01-21T12:19:57Z'])(
			'does not take an empty value or a number for one: %p',
			(raw) =>
				expect(check(raw)).toEqual({ wrong: expect.not.stringContaining('a time without its date') }),
		);

		it('repeats nothing but a date', () =>
			expect(JSON.stringify(check('1900-01-00 14:30 Maria'))).not.toContain('Maria'));
	},
);

it('The beginning of a search may be any moment', () =>
	expect(checkValue({ ...when, anyAge: true }, '1970-01-01T14:30:00Z', { zone: 'UTC' })).toEqual({
		value: '1970-01-01T14:30:00Z',
	}));

it.each([
	['2026-07-01T20:30:00Z[America/Chicago]', "yyyy-MM-dd'T'HH:mm:ss'Z['z']'", '2026-07-01T20:30:00Z'],
	['2026-07-01 20:30:00 GMT (America/Chicago)', "yyyy-MM-dd HH:mm:ss 'GMT' (z)", '2026-07-01T20:30:00Z'],
	[
		'2026-07-01T15:30:00-05:00[America/Chicago]',
		"yyyy-MM-dd'T'HH:mm:ssZZ'['z']'",
		'2026-07-01T15:30:00-05:00',
	],
])(
	'A time with UTC or its offset and the name of a zone is the moment of the offset: %s',
	(raw, format, value) =>
		expect(checkValue(when, raw, { zone: 'America/New_York', format })).toMatchObject({ value }),
);

describe.each(['dateTime', 'timeOfDay'] as const)(
	'The name of a time zone behind a value, in a %s',
	(kind) => {
		const check = (raw: unknown, more: object = {}) => {
			const read = checkValue({ ...when, kind }, raw, {
				...{ zone: 'America/Chicago', offersFormat: true },
				...more,
			});
			return 'wrong' in read ? read.wrong : 'taken';
		};
		const told = (bare: string, between: string, zone: string, place: string) =>
			`is ${bare}${between}, and ${zone} may mean several clocks. Leave it out, as in {{ $json.time.replace('${between}', '') }}, and for the items with ${zone} set the option 'Time Zone' to ${place}`;

		it.each([
			['EST', 'America/New_York'],
			['CDT', 'America/Chicago'],
			['PT', 'America/Los_Angeles'],
			['Eastern', 'America/New_York'],
			['Central Time', 'America/Chicago'],
			...['IST', 'BST', 'CEST', 'AEST'].map(
				(zone) => [zone, 'its place, such as America/Chicago'] as const,
			),
		] as const)('is told once, with all there is to do: %s', (zone, place) => {
			for (const bare of ['2026-03-01 14:30', '2026-03-01T14:30:00', '2026-03-01 2:30 PM'])
				for (const between of [` ${zone}`, ` (${zone})`])
					expect(check(`${bare}${between}`)).toBe(told(bare, between, zone, place));
			const bare = '07/20/2026 2:30 PM';
			const format = 'MM/dd/yyyy h:mm a';
			expect(check(`${bare} ${zone}`, { format })).toBe(told(bare, ` ${zone}`, zone, place));
			const all = check(`${bare} ${zone}`, { expression: () => '$json.when' });
			expect(all).toContain(told(bare, ` ${zone}`, zone, place));
			expect(all).toContain(`set the option 'Date Format' to ${format}`);
			expect(all).toContain(`DateTime.fromFormat($json.when.replace(' ${zone}', ''), '${format}'`);
		});

		it.each([false, undefined])(
			'names an offset where there is no option Time Zone: %s',
			(offersFormat) =>
				expect(check('2026-03-01 14:30 EST', { offersFormat })).toBe(
					'is 2026-03-01 14:30 EST, and EST may mean several clocks. Write an offset such as -05:00 in its place',
				),
		);

		it.each([
			'2026-03-01 14:30 Matt',
			'2:30 PM West',
			'14:30 Scott',
			'14:30 Art',
			'2026-03-01 Maria Eastern x',
		])('is no name of a person, which nothing repeats: %s', (raw) =>
			expect(check(raw)).not.toMatch(/Matt|West|Scott|Art|Maria/),
		);

		it('is no matter where it says one clock', () => {
			for (const raw of ['2026-03-01 14:30 UTC', '2026-03-01T14:30:00Z', '2026-03-01 14:30:00 GMT'])
				expect(check(raw)).toBe('taken');
		});
	},
);

describe.each([
	['ifMidnight', ifMidnight],
	['ifFuture', ifFuture],
	['ifPast', ifPast],
])('A time to which Ruby on Rails added a day, by %s', (_, remark) => {
	it.each([
		'2000-01-01T14:30:00Z',
		'2000-01-01T14:30:00.000Z',
		'2000-01-01 14:30:00 UTC',
		'2000-01-01 00:00',
	])('is sent, and a hint asks about its date: %s', (raw) =>
		expect(checkValue({ ...when, remark }, raw, { zone: 'America/Chicago' })).toEqual({
			value: expect.stringContaining('2000-01-01T'),
			remark: expect.stringContaining('is on January 1, 2000, as some programs write a time without'),
		}),
	);

	it('is none on another day', () =>
		expect(
			checkValue({ ...when, remark }, '2000-01-02T14:30:00Z', { zone: 'America/Chicago' }),
		).not.toHaveProperty('remark', expect.stringContaining('2000')));
});
