import { DateTime } from 'luxon';

import { checkValue } from '../../../../../nodes/shared/fields/values';
import { declared } from '../support/declared.ts';
import { dateTimeForms, timeOfDayForms, ZONE } from './forms.ts';

type Kind = 'dateTime' | 'timeOfDay' | 'date';

const check = (kind: Kind, raw: unknown, more: { format?: string; past?: true } = {}) =>
	checkValue(declared({ kind, past: more.past }), raw, {
		zone: ZONE,
		offersFormat: true,
		expression: () => '$json.time',
		...(more.format !== undefined && { format: more.format }),
	});

const wrongOf = (...given: Parameters<typeof check>): string =>
	(check(...given) as { wrong?: string }).wrong ?? '';

/** What the expressions in a message give for the value that was refused. */
function madeOf(wrong: string, time: unknown): unknown[] {
	return [...wrong.matchAll(/\{\{ (.*?) \}\}(?!\})/g)].map(([, code]) => {
		const work = new Function('$json', 'DateTime', `return ${code}`) as (...given: unknown[]) => unknown;
		return work({ time }, DateTime);
	});
}

/** A time of day beside a day that a program gave it, and the time. */
const WITHOUT_DAY: Array<[unknown, string]> = [
	['1899-12-30T14:30:00Z', '14:30'],
	['1899-12-30T14:30:00.000Z', '14:30'],
	['1899-12-30 14:30', '14:30'],
	['1904-01-01T09:05:00', '09:05'],
	['12/30/1899 2:30 PM', '14:30'],
	['12/30/1899 02:30:00 PM', '14:30'],
	['12/30/1899 12:30:00 AM', '00:30'],
	['30/12/1899 14:30', '14:30'],
	['1899-12-30 2:30 PM', '14:30'],
	['1899-12-30 02:30 PM', '14:30'],
	['1899-12-30 9:05', '09:05'],
	['1/0/1900 2:30 PM', '14:30'],
	['  1899-12-30T14:30:00Z', '14:30'],
	['Sat Dec 30 1899 14:30:00 GMT-0600 (Central Standard Time)', '14:30'],
	[new Date('1970-01-01T14:30:00Z'), '14:30'],
	[DateTime.fromISO('1899-12-30T14:30:00Z', { zone: 'utc' }), '14:30'],
];

describe.each(['dateTime', 'timeOfDay'] as const)(
	'The advice about a time without its date, in a %s',
	(kind) => {
		it.each(WITHOUT_DAY)('gives the time: %s', (raw, time) => {
			const wrong = wrongOf(kind, raw);
			expect(wrong).toContain(`give the time alone, ${time}`);
			for (const made of madeOf(wrong, raw)) expect(made).toBe(time);
		});

		it('has an expression for the form of ISO', () =>
			expect(madeOf(wrongOf(kind, '1899-12-30T14:30:00.000Z'), '1899-12-30T14:30:00.000Z')).toEqual([
				'14:30',
			]));

		it.each(['12/30/1899 12:00:00 AM', '12/30/1899 0:00', '1899-12-30 12:00 AM', '1899-12-30T00:00:00Z'])(
			'is not given for midnight, as an empty date has it: %s',
			(raw) => expect(wrongOf(kind, raw)).not.toContain('without its date'),
		);
	},
);

describe('The expressions in messages about dates and times', () => {
	const refused = [
		...dateTimeForms.refused.map((form) => ({ kind: 'dateTime' as const, ...form })),
		...timeOfDayForms.refused.map((form) => ({ kind: 'timeOfDay' as const, ...form })),
	].filter(({ value, kind, format }) => wrongOf(kind, value, { format }).includes('{{'));

	it('are there', () => expect(refused.length).toBeGreaterThan(10));

	it.each(refused)('give the moment that the message names: $kind $value', ({ kind, value, format }) => {
		const wrong = wrongOf(kind, value, { format });
		for (const made of madeOf(wrong, value)) {
			const { value: sent = '' } = check(kind, made) as { value?: string };
			const day = DateTime.fromISO(sent, { setZone: true }).toFormat('MMMM d, yyyy');
			const clock = DateTime.fromISO(sent.slice(-8)).toFormat('h:mm');
			const names = [sent.slice(0, 19), sent.slice(11, 16), sent.slice(0, 5), day, clock];
			// What is left may be wrong in another way, which the message tells too.
			if (sent !== '') expect(names.some((name) => name !== '' && wrong.includes(name))).toBe(true);
		}
	});
});

describe('A message about a day of birth', () => {
	const birth = (raw: unknown, format?: string) => wrongOf('date', raw, { format, past: true });

	const BOTH =
		"is a date, which may be MM/dd/yyyy or dd/MM/yyyy. For MM/dd/yyyy, set the option 'Date Format' to MM/dd/yyyy, or write {{ DateTime.fromFormat($json.time, 'MM/dd/yyyy', { zone: 'utc' }).toFormat('yyyy-MM-dd') }}. For dd/MM/yyyy, the format is dd/MM/yyyy";

	it.each([
		['03/04/1985', 'MM/dd/yyyy', '1985-03-04', BOTH],
		['3/14/1985', 'M/d/yyyy', '1985-03-14', 'which is no ISO date. If M/d/yyyy is meant, set the option'],
		[' March 4, 1985', 'MMMM d, yyyy', '1985-03-04', 'If MMMM d, yyyy is meant, set the option'],
		['03/04/85', 'MM/dd/yy', '1985-03-04', 'which may be MM/dd/yy or dd/MM/yy'],
	])('names the forms that it may have: %s', (raw, format, meant, says) => {
		const wrong = birth(raw);
		expect(wrong).toContain(says);
		expect(check('date', madeOf(wrong, raw)[0], { past: true })).toEqual({ value: meant });
		expect(check('date', raw, { past: true, format })).toEqual({ value: meant });
	});

	it('names the number of a spreadsheet, and how to send it', () => {
		const wrong = birth(31_195);
		expect(wrong).toMatch(
			"is the number of a day in a spreadsheet. To send that, set the option 'Date Format'",
		);
		expect(check('date', madeOf(wrong, 31_195)[0], { past: true })).toEqual({ value: '1985-05-28' });
	});

	it('offers no expression where the value is written in the field itself', () => {
		const typed = (offersFormat: boolean) =>
			checkValue(declared({ kind: 'date', past: true }), '8/23/1994', { zone: ZONE, offersFormat });
		expect(typed(true)).toEqual({
			wrong: "is a date, which is no ISO date. If M/d/yyyy is meant, set the option 'Date Format' to M/d/yyyy, or write it as yyyy-MM-dd",
		});
		expect(typed(false)).toEqual({
			wrong: 'is a date, which is no ISO date. If M/d/yyyy is meant, write it as yyyy-MM-dd',
		});
	});

	const VALUES = [
		...[
			'03/04/1985',
			'3/14/1985',
			'31/02/1985',
			'03/04/45',
			'1985-02-30',
			'1985-03-04T25:00:00',
			'0085-03-04',
		],
		...[
			'March 4, 1985',
			'Mar 4 1985 2:30 PM',
			'Mon, 04 Mar 1985 10:00:00 +9900',
			'1985-03-04 10:00-11:00',
		],
		...['1985-03-04 14:30 PM', '03/04/1985 14:30 PM', '1985-03-04 14:30 EST', '03/04/1985 2:30 PM EST'],
		...[31_195, '31195', '31195.5', 19_850_304, '19850304', 1985, '1985', 850_304, -31_195, '2085-03-04'],
		...[new Date('2085-03-04'), new Date('1970-01-04T08:05:00Z'), new Date('x'), ['1985-03-04'], 'Maria'],
	];
	const FORMATS = [
		undefined,
		'serial',
		'MM/dd/yyyy',
		'dd.MM.yy',
		'M/d/y',
		"MM/dd/yyyy h:mm a 'of' z",
		'yyyyMMdd',
	];

	it.each(FORMATS)('repeats nothing of it, nor what it was read as, with the format %s', (format) => {
		for (const raw of VALUES)
			for (const expression of [undefined, () => '$json.time']) {
				const read = checkValue(declared({ kind: 'date', past: true }), raw, {
					zone: ZONE,
					offersFormat: true,
					...(expression && { expression }),
					...(format !== undefined && { format }),
				});
				if (!('wrong' in read)) continue;
				const told = read.wrong
					.replace(/2026-?03-?01|1985-03-01|(?:year|since) 19[07]0/g, '')
					.replace(/\{\{.*\}\}/, (code) =>
						code.replaceAll("'yyyyMMdd'", '').replace(/25569|86400|1000/g, ''),
					);
				expect([raw, told]).toEqual([raw, expect.not.stringMatching(/\d\d|march|maria|-0?4/i)]);
			}
	});
});
