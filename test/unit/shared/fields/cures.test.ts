import { DateTime } from 'luxon';

import type { Field } from '../../../../nodes/shared/fields/field';
import type { CheckedField } from '../../../../nodes/shared/fields/values';
import { readDateFormat } from '../../../../nodes/shared/fields/times/dateFormat';
import { checkValue } from '../../../../nodes/shared/fields/values';
import { declared } from './support/declared.ts';
import { KINDS } from './support/kinds.ts';
import { dateTimeForms, timeOfDayForms, ZONE } from './times/forms.ts';

interface Case {
	field: Field;
	value: unknown;
	format?: string;
}

/** What programs write where there is nothing, in whatever field. */
const WORDS = ['NULL', 'null', '\\N', '(null)', ' null\n', 'null, null', false, 'False', ' FALSE '];
const SPELT = ['20261201', '202612011430', '20261201143000', 20_261_201, 202_612_011_430];

const FIELDS: Field[] = [
	...Object.values(KINDS).map(({ field }) => field),
	declared({ kind: 'dateTime' }),
	declared({ kind: 'timeOfDay' }),
	declared({ kind: 'timeZone' }),
	declared({ kind: 'text' }),
	declared({ kind: 'text', isId: true }),
];

const CASES: Case[] = [
	...Object.values(KINDS).flatMap(({ field, refused }) =>
		refused.map(({ given }) => ({ field, value: given.value })),
	),
	...FIELDS.flatMap((field) => [...WORDS, ...SPELT].map((value) => ({ field, value }))),
	...dateTimeForms.refused.map((form) => ({ field: declared({ kind: 'dateTime' }), ...form })),
	...timeOfDayForms.refused.map((form) => ({ field: declared({ kind: 'timeOfDay' }), ...form })),
	...SPELT.map((value) => ({ field: declared({ kind: 'date' }), value, format: 'MM/dd/yyyy' })),
];

const check = ({ field, value, format }: Case, zone = ZONE): CheckedField =>
	checkValue(field, value, { zone, offersFormat: true, format, expression: () => '$json.value' });

/** What n8n makes of an expression where every field of the item holds a value. */
function workedOut(code: string, value: unknown): unknown {
	const json = new Proxy({}, { get: () => value });
	const work = new Function('$json', 'DateTime', `return (${code})`) as (...given: unknown[]) => unknown;
	return work(json, DateTime);
}

/** The day, with its time if the message has it, that a message says is meant. */
const MEANT = /(?<!\d)\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?/;
/** The numbers of a date or a time, as people write them. */
const PARTS = /^(?:\d\d(\d\d)-0?(\d+)-0?(\d+)|\d\d:(\d\d))/;

/** Whether the right thing comes of a value once its cure was followed. */
function isRight({ wrong, value, then }: { wrong: string; value: unknown; then: CheckedField }): boolean {
	if ('wrong' in then) return then.wrong !== wrong;
	if (then.value === undefined) return true;
	const [given, read] = [String(value), String(then.value)];
	const words = wrong.replace(/\{\{.*?\}\}/g, '');
	const [meant = ''] = MEANT.exec(words) ?? [];
	if (meant !== '' && read.startsWith(meant)) return true;
	const [date, ...parts] = PARTS.exec(read) ?? [];
	const isNamed = /^\d\d:/.test(read) && words.includes(read.slice(0, 5));
	if (date !== undefined) return isNamed || parts.every((part = '') => given.includes(part));
	if (wrong.includes('encodeURI')) return decodeURI(read) === given || read.replace('%25', '%') === given;
	return wrong.includes('Agreed') && read === String(given === 'Agreed');
}

const cured = CASES.flatMap((one) => {
	const checked = check(one);
	const wrong = 'wrong' in checked ? checked.wrong : '';
	const codes = [...wrong.matchAll(/\{\{ (.*?) \}\}/g)].map(([, code = '']) => code);
	const formats = [...wrong.matchAll(/'Date Format' to (\w+)/g)].map(([, format = '']) => format);
	return [
		...codes.map((code) => ({ ...one, wrong, code, title: code })),
		...formats.map((format) => ({
			...one,
			wrong,
			format,
			code: undefined,
			title: `the format ${format}`,
		})),
	].map((cure) => ({ ...cure, title: `${JSON.stringify(one.value)} in ${one.field.kind}: ${cure.title}` }));
});

describe('The cure in a message', () => {
	it('is there for all kinds of fields', () => {
		expect(new Set(cured.map(({ field }) => field.kind)).size).toBeGreaterThan(13);
	});

	it.each(cured)(
		'does not lead to the same message, nor to another value than is meant: $title',
		(cure) => {
			const { field, value, code, wrong, format } = cure;
			const next = code === undefined ? value : workedOut(code, value);
			const then = check({ field, value: next, format });
			expect([then, isRight({ wrong, value, then })]).toEqual([then, true]);
		},
	);
});

/** The expressions in the message about a value, as the field of an item in Chicago has it. */
function advised(kind: 'dateTime' | 'date' | 'timeOfDay', value: unknown, format?: string): string[] {
	const checked = check({ field: declared({ kind }), value, format });
	const codes = [...('wrong' in checked ? checked.wrong : '').matchAll(/\{\{ (DateTime.*?) \}\}(?!\})/g)];
	return codes.map(([, code = '']) => code);
}

describe('The expression that a message advises for dates', () => {
	const WALL: Array<[unknown, string]> = [
		['7/14/2026 2:30 PM', '2026-07-14T14:30:00'],
		['14.7.2026 14:30', '2026-07-14T14:30:00'],
		['July 14, 2026 2:30 PM', '2026-07-14T14:30:00'],
		['2026-7-14 14:30:00', '2026-07-14T14:30:00'],
		['7/14/2026 2:30 PM EST', '2026-07-14T14:30:00'],
		['7/14/2026 2:30 P.M.', '2026-07-14T14:30:00'],
		['Sept. 14, 2026 2:30 p.m.', '2026-09-14T14:30:00'],
		['Tues, 7/14/2026 2:30 PM', '2026-07-14T14:30:00'],
		[46_217.604166667, '2026-07-14T14:30:00'],
		[' 7/14/2026 2:30 PM (Central Time)', '2026-07-14T14:30:00'],
	];
	const ZONES = ['America/New_York', 'America/Chicago', 'America/Phoenix', 'Pacific/Honolulu', 'UTC'];

	it.each(WALL)('reads each item by the clock of its own time zone: %s', (value, wall) => {
		const field = declared({ kind: 'dateTime' });
		const [code = ''] = advised('dateTime', value);
		for (const zone of ZONES) {
			const { value: sent } = check({ field, value: workedOut(code, value) }, zone) as {
				value: string;
			};
			expect([zone, Date.parse(sent)]).toEqual([zone, DateTime.fromISO(wall, { zone }).toMillis()]);
		}
	});

	it.each<[unknown, string]>([
		['11/01/2026 1:30 AM', 'exists twice in America/Chicago'],
		['03/08/2026 2:30 AM', 'does not exist in America/Chicago'],
		['November 1, 2026 1:30 AM', 'exists twice in America/Chicago'],
		[46_327.0625, 'exists twice in America/Chicago'],
		[46_089.104166667, 'does not exist in America/Chicago'],
	])('keeps the check of the hour in which the clocks change: %s', (value, says) => {
		const field = declared({ kind: 'dateTime' });
		for (const code of advised('dateTime', value)) {
			const followed = workedOut(code, value);
			expect(check({ field, value: followed })).toEqual({ wrong: expect.stringContaining(says) });
			expect(check({ field, value: followed }, 'America/Phoenix')).toHaveProperty('value');
		}
		expect(advised('dateTime', value)).not.toEqual([]);
	});

	it.each(['7/14/2026 2:30 PM', 46_217.604166667])(
		'is refused in a workflow whose time zone is not clear, as the value would be: %s',
		(value) => {
			const [code = ''] = advised('dateTime', value);
			const field = declared({ kind: 'dateTime' });
			expect(check({ field, value: workedOut(code, value) }, 'EST')).toEqual({
				wrong: expect.stringContaining('the time zone of the workflow is EST'),
			});
		},
	);

	it.each<[unknown, string]>([
		['7/14/2026 7:30 PM UTC', '2026-07-14T19:30:00Z'],
		['7/14/2026 19:30 GMT', '2026-07-14T19:30:00Z'],
		['7/14/2026 19:30:00Z', '2026-07-14T19:30:00Z'],
		['7/14/2026 2:30 PM -0500', '2026-07-14T19:30:00Z'],
		['7/14/2026 2:30 PM -05', '2026-07-14T19:30:00Z'],
		['7/14/2026 2:30 PM -05:00', '2026-07-14T19:30:00Z'],
		['Sept 14, 2026 2:30 p.m. UTC-5', '2026-09-14T19:30:00Z'],
		['2026-7-14 14:30:00 GMT-0500', '2026-07-14T19:30:00Z'],
	])('is that moment, and so is the format, where the value has an offset: %s', (value, moment) => {
		const field = declared({ kind: 'dateTime' });
		const { wrong } = check({ field, value }) as { wrong: string };
		const [, format = ''] = /'Date Format' to (.*?), or write/.exec(wrong) ?? [];
		const [code = ''] = advised('dateTime', value);
		for (const zone of ZONES)
			for (const one of [{ value: workedOut(code, value) }, { value, format }]) {
				const { value: sent } = check({ field, ...one }, zone) as { value: string };
				expect([one, Date.parse(sent)]).toEqual([one, Date.parse(moment)]);
			}
		expect(readDateFormat(format)).toEqual({ value: format });
		// A day is that of its text.
		const [ofDay = ''] = advised('date', value);
		const day = { value: DateTime.fromISO(moment).minus({ hours: 12 }).toISODate() };
		expect(check({ field: declared({ kind: 'date' }), value: workedOut(ofDay, value) })).toEqual(day);
	});

	it.each([
		'7/14/2026',
		'7/14/2026 EST',
		'7/14/2026 2:30 PM EST',
		'July 14, 2026 2:30 PM (CEST)',
		'7/14/2026 11:30 PM',
		46_217.99,
		' 7/14/2026  Pacific Time',
	])('reads a day: %s', (value) => {
		const field = declared({ kind: 'date' });
		const codes = advised('date', value);
		expect(codes).toHaveLength(1);
		for (const code of codes)
			for (const zone of ZONES)
				expect(check({ field, value: workedOut(code, value) }, zone)).toEqual({
					value: '2026-07-14',
				});
	});

	it.each(['dateTime', 'date'] as const)(
		'never leaves a %s out or changes it where an item has another form',
		(kind) => {
			for (const value of ['7/14/2026 2:30 PM', '14.7.2026 14:30', '7/14/2026 2:30 PM UTC', 46_217.604])
				for (const code of advised(kind, value))
					for (const other of ['next Tuesday', '20/14/2026 2:30 PM', ''])
						expect([
							code,
							other,
							check({ field: declared({ kind }), value: workedOut(code, other) }),
						]).toEqual([code, other, { wrong: expect.any(String) }]);
		},
	);

	it.each([
		['2026-03-01 10:00-11:00', '2026-03-01T10:00:00-06:00'],
		['2026-03-01 10:00 - 11:00', '2026-03-01T10:00:00-06:00'],
		['2026-03-01 9:30 AM to 10:30 AM', '2026-03-01T09:30:00-06:00'],
		['2026-03-01 2:30 PM-3:30 p.m.', '2026-03-01T14:30:00-06:00'],
	])('cuts the end off, and nothing else: %s', (value, sent) => {
		const field = declared({ kind: 'dateTime' });
		const { wrong } = check({ field, value }) as { wrong: string };
		const [, code = ''] = /\{\{ (.*) \}\}/.exec(wrong) ?? [];
		expect(check({ field, value: workedOut(code, value) })).toEqual({ value: sent });
		for (const other of [
			'2026-03-01',
			'2026-03-01T14:30:00-06:00',
			'2026-03-01 14:30:00 -06:00',
			'2026-03-01 2:30 PM',
			'2026-03-01 2:30-3:00 PM',
			'2026-03-01 2:30 - 3:00 p.m.',
		])
			expect(workedOut(code, other)).toBe(other);
	});

	it('does not make midnight of an empty cell for times', () => {
		const [code = ''] = advised('timeOfDay', 0.604166);
		expect(workedOut(code, 0.604166)).toBe('14:30:00');
		for (const other of [null, ''])
			expect(check({ field: declared({ kind: 'timeOfDay' }), value: workedOut(code, other) })).toEqual({
				wrong: expect.any(String),
			});
	});

	it.each([
		['yyyy-dd-MM HH:mm:ss', '2026-03-04T14:30:00-06:00'],
		["yyyy-dd-MM'T'HH:mm", '2026-03-04T14:30:00-06:00'],
		['yyyy-dd-MM HH:mm z', undefined],
		['yyyy-dd-MM', undefined],
		["yyyy-dd-MM HH:mm:ss'Z'", undefined],
	])('is never read as another day, beside the format %s', (format, sent) => {
		const field = declared({ kind: 'dateTime' });
		const value = 'March 4, 2026 2:30 PM';
		const [code = ''] = advised('dateTime', value, format);
		const then = check({ field, value: workedOut(code, value), format });
		expect('value' in then ? then.value : undefined).toBe(sent);
	});
});
