import { allEventNames } from '../../../../nodes/Propexo/pms';
import { type Field, type FieldKind } from '../../../../nodes/shared/fields/field';
import { apiName, topNames } from '../../../../nodes/shared/fields/names';
import { eventNames, schemaOf, type Schema } from '../../emulator/support/vendorSpec.ts';
import { JOB_WRITES } from '../support/jobWrites.ts';

/** How Propexo's schema says what a field of this kind holds; a text where nothing is said here. */
const WRITTEN: Partial<Record<FieldKind, Schema>> = {
	boolean: { type: 'boolean' },
	date: {
		anyOf: [
			{ type: 'string', format: 'date-time' },
			{ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
		],
	},
	dateTime: { type: 'string', format: 'date-time' },
	dollars: { type: 'integer' },
	ids: { type: 'array', items: { type: 'string' } },
	number: { type: 'number' },
	url: { type: 'string', format: 'uri' },
	wholeNumber: { type: 'integer' },
};

/** What a field says of itself, in the words of a schema. */
function asSchema(field: Field): Schema {
	const { options, min, max, maxLength, most, nullable } = {
		...{ options: undefined, min: undefined, max: undefined, maxLength: undefined },
		...{ most: undefined, nullable: undefined },
		...field,
	};
	const written = WRITTEN[field.kind] ?? { type: 'string' };
	return JSON.parse(
		JSON.stringify({
			...written,
			...(nullable === true && { type: [written.type, 'null'] }),
			enum: options?.map(({ value }) => String(value)).sort(),
			minimum: min,
			maximum: max,
			maxLength,
			maxItems: most,
		}),
	) as Schema;
}

/** Where one PMS has values that the generic schema does not list. Source: the pages of the PMSs. */
const MORE_VALUES: Record<string, string[]> = {
	// MRI's.
	'leadEvent: create: status': ['COMPLETED', 'OPEN', 'REVIEW', 'DENIED'],
	// Rent Manager's, RealPage Exchange's and Propertyware's.
	...Object.fromEntries(
		['create: phone1Type', 'create: phone2Type', 'update: phone1Type', 'update: phone2Type'].map(
			(field) => [`lead: ${field}`, ['OTHER']],
		),
	),
};

/** Fields that are offered under their new names alone. Source: their descriptions, "Deprecated. Use … instead." */
const DEPRECATED: Record<string, string[]> = {
	'lead: create': ['desired_move_in_date', 'desired_bathrooms', 'desired_bedrooms'],
	// Of an update Propexo says of its events: "Please use /events endpoints". Its lead stands in the path.
	'lead: update': ['desired_move_in_date', 'desired_bathrooms', 'desired_bedrooms', 'events', 'lead_id'],
};

/** What the schema says of a field, also of one within a list: `events.0.notes`. */
function theirsOf(properties: Record<string, Schema>, field: Field): Schema {
	const [top = '', , inner] = apiName(field).split('.');
	const own = inner === undefined ? properties[top] : properties[top]?.items?.properties?.[inner];
	// A blank text is never sent. Lists that name a value twice are taken as they are meant.
	const { default: _, minLength: __, exclusiveMinimum: above, ...theirs } = own ?? {};
	// Whole cents, also where a fraction of a cent is taken.
	const isCents = field.kind === 'dollars' && theirs.type !== undefined;
	const type = isCents && JSON.parse(JSON.stringify(theirs.type).replace('number', 'integer'));
	// More than 0, of a whole number.
	return {
		...theirs,
		...(isCents && { type: type as Schema['type'] }),
		...(above === 0 && { minimum: 1 }),
		...(theirs.enum && { enum: [...new Set(theirs.enum)] }),
	};
}

it('There are writes to hold against their schemas', () => {
	expect(JOB_WRITES.map(({ title }) => title)).toEqual(
		expect.arrayContaining(['leadEvent: create', 'leadEvent: update']),
	);
});

describe.each(JOB_WRITES)("The fields of '$title' and Propexo's own schema", ({ title, sent, schema }) => {
	const properties: Record<string, Schema> = schemaOf(schema).properties ?? {};

	it('have the same names', () => {
		// A field that is shown in two places is one to the API.
		const offered = Object.keys(properties).filter((name) => !DEPRECATED[title]?.includes(name));
		expect([...new Set(sent.flatMap(topNames))].sort()).toEqual(offered.sort());
	});

	it('have the same names within a list, where they have one', () => {
		const within = sent.flatMap((field) => apiName(field).split('.')[2] ?? []);
		expect(within.sort()).toEqual(
			within.length === 0 ? [] : Object.keys(properties['events']?.items?.properties ?? {}).sort(),
		);
	});

	const inParts = sent.filter((field) => topNames(field).length > 1);
	if (inParts.length > 0) {
		it.each(inParts.map((field) => [field.label, field] as const))(
			'take %s as a day and a time of day',
			(_label, field) => {
				const theirs = topNames(field).map((name) => properties[name]);
				const time = { type: 'string', pattern: expect.stringContaining('[01]') as string };
				expect(theirs).toEqual([WRITTEN.date, time]);
			},
		);
	}

	const whole = sent.filter((field) => topNames(field).length === 1);
	it.each(whole.map((field) => [field.label, field] as const))('agree on %s', (_label, field) => {
		const theirs = theirsOf(properties, field);
		// One PMS's names alone; see below.
		if (field.name === 'eventName') delete theirs.enum;
		const more = MORE_VALUES[`${title}: ${field.name}`] ?? [];
		if (theirs.enum) theirs.enum = [...theirs.enum, ...more].sort();
		expect(asSchema(field)).toEqual(theirs);
	});
});

it("The table of PMSs knows every event that Propexo's own schema names", () => {
	const known = new Set(allEventNames().map(({ name }) => name));
	expect([...eventNames()].filter((name) => !known.has(name))).toEqual([]);
});
