import fc from 'fast-check';

import type { Field } from '../../../../nodes/shared/fields/field';
import { apiName, topNames } from '../../../../nodes/shared/fields/names';
import { checkValue } from '../../../../nodes/shared/fields/values';
import type { Judge, Schema } from '../../emulator/support/vendorSpec.ts';
import { loadVendorSpec, schemaOf } from '../../emulator/support/vendorSpec.ts';
import { partOfRuns } from '../../../support/effort.ts';
import { JOB_WRITES } from '../support/jobWrites.ts';

/*
 * Whatever Propexo's own schema allows is sent as it is, or refused by a rule that has a source; and whatever is sent, the
 * schema allows.
 */

/** A rule that refuses what the schema allows. */
interface Rule {
	/** A part of its message. */
	says: RegExp;
	/** Where it comes from. */
	source: string;
	/** Which values it may refuse, where that is not plain from its message. */
	of?(value: unknown, field: Field): boolean;
}

const DATES = ['dateTime', 'date', 'timeOfDay'];
const DAMAGED = 'docs/field-kinds.md, "Damaged on the way"';

const RULES: Rule[] = [
	{ says: /^is the text \S.* instead of a value/, source: DAMAGED },
	{ says: /^holds (the text|\[object Object\])/, source: DAMAGED },
	{
		says: /^(is|holds) a number that a spreadsheet/,
		source: DAMAGED,
		of: (value) => /e[+-]?\d+/i.test(String(value)),
	},
	{
		says: /^is \d+ characters long/,
		source: 'maxLength of the schema, counted in UTF-16 units',
		of: (value, field) =>
			field.kind === 'text' && field.maxLength !== undefined && String(value).length > field.maxLength,
	},
	{
		says: /^must be one email address/,
		source: 'the descriptions of email_from, _to, _cc and _bcc: an email address',
		of: (value) => !/^[^\s:]+@\w+\.\w+$/.test(String(value)),
	},
	{
		says: /a single one, without spaces|^must hold Propexo IDs of/,
		source: 'IDs of Propexo are cuids or UUIDs: every example of its reference',
		of: (value) => ![value].flat().every((id) => /^\w+$/.test(String(id))),
	},
	{
		says: /^must be an amount in dollars/,
		source: 'docs/field-kinds.md, "Dollars": a fraction of a cent is no amount',
		of: (value) => !Number.isInteger(value) || Number(value) >= 1e14,
	},
	{
		says: /^must be one whole address/,
		source: 'RFC 9110, section 4.2.1: an http address has a host; RFC 3986: a port has digits',
		of: (value) => /^https?:(?!\/\/\w)|:\w*[^\d/?#]/i.test(String(value)),
	},
	{
		says: /^must (be|hold) .*IDs?\b/,
		source: 'docs/field-kinds.md: what stands where there is no ID names no record',
		of: (value) =>
			[value].flat().some((id) => /^(none|nan|nil|0|[^\w\x80-\uffff]+)$/i.test(String(seen(id)))),
	},
	{
		says: /^(must be a (date|time of day)|has no|is |does not exist|exists twice)/,
		source: 'docs/dates-and-times.md, which the tests of dates hold',
		of: (_value, { kind }) => DATES.includes(kind),
	},
];

/** Texts that look like something, whole and with things stuck to them. */
const lookalikes = fc
	.tuple(
		fc.constantFrom(
			...['undefined', 'null', 'NaN', '[object Object]', 'null and void', '4.479E+11', '12e5', '-0'],
			...['anonymous', '+266696687', 'sip:a@example.com', 'Maria <maria@example.com>', 'a@example.com'],
			...[
				'clwktsp9v000108l3aq7f3k2m',
				'14:30:00',
				'2:30 PM',
				'2026-03-01T14:30:00Z',
				'9007199254740993',
			],
		),
		fc.constantFrom('', ' ', '\u0000', '\n', '🙂', 'x', '\ud800'),
	)
	.map(([text, more]) => text + more);

const texts = fc.oneof(
	lookalikes,
	fc.string({ unit: 'binary', maxLength: 300 }),
	fc.string({ unit: 'grapheme', maxLength: 300 }),
	// About the longest that a field takes.
	fc.integer({ min: 250, max: 262 }).map((length) => 'x'.repeat(length)),
	fc.integer({ min: 125, max: 262 }).map((length) => '🙂'.repeat(length)),
	fc.emailAddress(),
);

const moments = fc
	.tuple(
		fc.date({ min: new Date('1990-01-01'), max: new Date('2045-01-01'), noInvalidDate: true }),
		fc.constantFrom('Z', 'z', '+05:30', '-06:00'),
		fc.constantFrom('', '.5', '.123', '.123456'),
	)
	.map(([date, offset, fraction]) => `${date.toISOString().slice(0, 19)}${fraction}${offset}`);

const days = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2045-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

const ids = fc.string({ unit: fc.constantFrom(...'abc012_'.split('')), minLength: 1, maxLength: 25 });

const uris = fc.oneof(
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	fc
		.tuple(
			fc.constantFrom('s3', 'https', 'ftp', 'urn', 'tel', 'data', 'x-app+1'),
			fc.constantFrom(':', '://', ':/', ':///'),
			fc.string({
				unit: fc.constantFrom(..."aZ09-._~!$&'()*+,;=:@/?#%20[]^é ".split('')),
				maxLength: 30,
			}),
		)
		.map((parts) => parts.join('')),
);

/** Values of the type that the schema names; the schema has the last word on which are legal. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
	const { type, format, enum: names, minimum = 0, maximum = 1e9, maxItems: maxLength } = schema;
	if (names) return fc.constantFrom(...names);
	if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf), days);
	if (type === 'array') return fc.array(fc.oneof(lookalikes, ids), { maxLength });
	if (format === 'date-time') return moments;
	if (format === 'uri') return uris;
	if (type === 'boolean') return fc.boolean();
	if (type === 'integer') return fc.integer({ min: minimum, max: maximum });
	if (type === 'number' || Array.isArray(type))
		return fc.double({ min: minimum, noNaN: true, noDefaultInfinity: true });
	return texts;
}

/** What people see of a text. Which invisible characters stay is held by `test/unit/shared/fields/invisible.test.ts`. */
const seen = (value: unknown): unknown =>
	typeof value === 'string'
		? value.replace(/[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu, '')
		: value;

/** The value as it goes out: cleaned, and without blanks around it where they cannot be meant. */
function expected(field: Field, value: unknown): unknown {
	if (Array.isArray(value)) {
		const left = [...new Set(value.map((id) => String(seen(id)).trim()))].filter((id) => id !== '');
		return left.length > 0 ? left : undefined;
	}
	if (typeof value !== 'string') return value;
	const clean = value.replace(/[\p{Cc}\p{Cs}]/gu, (sign) => {
		if ('\t\n\r'.includes(sign)) return sign;
		return '\v\f\u0085'.includes(sign) ? '\n' : '';
	});
	if (/^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u.test(clean)) return undefined;
	if (field.kind === 'text' && field.rows !== undefined) return clean;
	const shown = String(seen(clean));
	return field.kind === 'email' ? (/<(.*)>/s.exec(shown)?.[1] ?? shown).trim() : shown.trim();
}

const spec = loadVendorSpec();
const settings = { ...partOfRuns(100), seed: 20_261_126 };
const at = { zone: 'America/Chicago' };

/** What the schema says of a field, also of one within a list: `events.0.notes`. */
function ownOf(properties: Record<string, Schema>, field: Field): Schema | undefined {
	const [top = '', , inner] = apiName(field).split('.');
	return inner === undefined ? properties[top] : properties[top]?.items?.properties?.[inner];
}

/** The body that sends a value of one field; in a list beside what every entry needs. */
function bodyWith(field: Field, value: unknown): object {
	const [, , inner] = apiName(field).split('.');
	if (inner === undefined) return { [apiName(field)]: value };
	const needed = { employee_id: 'emp_1', event_name: 'Other', event_datetime: '2026-03-01T14:30:00Z' };
	return { [topNames(field)[0] ?? '']: [{ ...needed, [inner]: value }] };
}

const met = new Set<string>();

/** Whether no earlier write has the same field with the same schema, as the events of all kinds of people have. */
const isNew = (field: Field, own: Schema) => met.size < met.add(JSON.stringify([field, own])).size;

const FIELDS = JOB_WRITES.flatMap(({ title, sent, schema }) => {
	const properties: Record<string, Schema> = schemaOf(schema).properties ?? {};
	const judge = spec.judge(schema);
	// What is sent in two parts goes by a clock (test/engine/propexo/appointment/).
	const whole = sent.filter((field) => topNames(field).length === 1);
	return whole.flatMap((field): Array<[string, Field, Schema, Judge]> => {
		const own = { ...ownOf(properties, field) };
		// One PMS's names alone.
		if (field.name === 'eventName') delete own.enum;
		return isNew(field, own) ? [[`${title}: ${field.label}`, field, own, judge]] : [];
	});
});

describe.each(FIELDS)('%s', (_title, field, schema, judge) => {
	const isLegal = (value: unknown) => judge({ integration_id: 'int_1', ...bodyWith(field, value) });

	it('sends what the schema allows as it is, or refuses it by a rule with a source', () => {
		fc.assert(
			fc.property(valuesOf(schema), (value) => {
				fc.pre(isLegal(value));
				// What is less than a computer can hold of a dollar is nothing.
				fc.pre(field.kind !== 'dollars' || Math.abs(Number(value)) > 1e-300 || value === 0);
				// Amounts are given in dollars and sent in cents.
				const given = field.kind === 'dollars' ? Number(value) / 100 : value;
				const checked = checkValue(field, given, at);
				if ('wrong' in checked) {
					const { wrong } = checked;
					const rule = RULES.find(
						({ says, of = () => true }) => says.test(wrong) && of(value, field),
					);
					expect([value, wrong, rule?.source]).toEqual([value, wrong, expect.any(String)]);
				} else if (!DATES.includes(field.kind)) {
					const isFree = field.kind === 'text' && field.rows !== undefined;
					expect(isFree ? checked.value : seen(checked.value)).toEqual(expected(field, value));
				} else if (field.kind === 'date') {
					expect(checked.value).toBe(String(value).slice(0, 10));
				} else if (field.kind === 'dateTime') {
					expect(new Date(String(checked.value))).toEqual(new Date(String(value)));
				}
			}),
			settings,
		);
	});

	it('sends nothing that the schema does not allow', () => {
		const anything = fc.oneof(valuesOf(schema), texts, uris, moments, fc.double(), fc.boolean());
		fc.assert(
			fc.property(anything, (value) => {
				const checked = checkValue(field, value, at);
				// MRI's values of a status are not in the generic schema.
				if ('wrong' in checked || checked.value === undefined || field.kind === 'choice') return;
				expect([value, checked.value, isLegal(checked.value)]).toEqual([value, checked.value, true]);
			}),
			settings,
		);
	});
});
