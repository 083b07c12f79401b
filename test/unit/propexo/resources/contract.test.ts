import { allEventNames } from '../../../../nodes/Propexo/pms';
import { apiName, type Field, type FieldKind } from '../../../../nodes/shared/fields/field';
import { eventNames, schemaOf, type Schema } from '../../emulator/support/vendorSpec.ts';
import { JOB_WRITES } from '../support/jobWrites.ts';

/** How Propexo's schema says what a field of this kind holds; a text where nothing is said here. */
const WRITTEN: Partial<Record<FieldKind, Schema>> = {
	boolean: { type: 'boolean' },
	dateTime: { type: 'string', format: 'date-time' },
	number: { type: 'number' },
	url: { type: 'string', format: 'uri' },
	wholeNumber: { type: 'integer' },
};

/** What a field says of itself, in the words of a schema. */
function asSchema(field: Field): Schema {
	const { options, min, max, maxLength } = {
		...{ options: undefined, min: undefined, max: undefined, maxLength: undefined },
		...field,
	};
	return JSON.parse(
		JSON.stringify({
			...(WRITTEN[field.kind] ?? { type: 'string' }),
			enum: options?.map(({ value }) => String(value)).sort(),
			minimum: min,
			maximum: max,
			maxLength,
		}),
	) as Schema;
}

/** Where one PMS has values that the generic schema does not list. Source: the pages of the PMSs. */
const MORE_VALUES: Record<string, string[]> = {
	// MRI's.
	'leadEvent: create: status': ['COMPLETED', 'OPEN', 'REVIEW', 'DENIED'],
};

it('There are writes to hold against their schemas', () => {
	expect(JOB_WRITES.map(({ title }) => title)).toEqual(
		expect.arrayContaining(['leadEvent: create', 'leadEvent: update']),
	);
});

describe.each(JOB_WRITES)("The fields of '$title' and Propexo's own schema", ({ title, sent, schema }) => {
	const properties: Record<string, Schema> = schemaOf(schema).properties ?? {};

	it('have the same names', () => {
		// A field that is shown in two places is one to the API.
		expect([...new Set(sent.map(apiName))].sort()).toEqual(Object.keys(properties).sort());
	});

	it.each(sent.map((field) => [field.label, field] as const))('agree on %s', (_label, field) => {
		const { default: _, ...theirs } = properties[apiName(field)] ?? {};
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
