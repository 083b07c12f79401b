import { DateTime } from 'luxon';

import type { Field } from '../../../../nodes/shared/fields/field';
import type { CheckedField } from '../../../../nodes/shared/fields/values';
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

const check = ({ field, value, format }: Case): CheckedField =>
	checkValue(field, value, { zone: ZONE, offersFormat: true, format, expression: () => '$json.value' });

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
