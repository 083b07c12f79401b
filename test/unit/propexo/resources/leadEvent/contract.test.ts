import { additionalFields, leadEventFields } from '../../../../../nodes/Propexo/resources/leadEvent/fields';
import { update } from '../../../../../nodes/Propexo/resources/leadEvent/update';
import { allEventNames } from '../../../../../nodes/Propexo/pms';
import { apiName, type Field, type FieldKind } from '../../../../../nodes/shared/fields/field';
import { eventNames, schemaOf, type Schema } from '../../../emulator/support/vendorSpec.ts';

const propertiesOf = (name: string): Record<string, Schema> => schemaOf(name).properties ?? {};

/** What each writing operation sends, and the schema of it. */
const OPERATIONS = [
	{
		operation: 'Create',
		fields: [...leadEventFields, ...additionalFields.fields],
		schema: propertiesOf('_v1_events_leads_post_input'),
	},
	{
		operation: 'Update',
		// Which event it is stands in the path.
		fields: [...update.write.fields, ...update.write.collections.flatMap(({ fields }) => fields)].filter(
			({ name }) => name !== 'eventId',
		),
		schema: propertiesOf('_v1_events_leads_{event_id}_put_input'),
	},
];

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

describe.each(OPERATIONS)("The fields of 'Lead Event: $operation' and Propexo's own schema", (about) => {
	const { schema } = about;
	const sent = about.fields.filter(({ local }) => local !== true);

	it('have the same names', () => {
		// A field that is shown in two places is one to the API.
		expect([...new Set(sent.map(apiName))].sort()).toEqual(Object.keys(schema).sort());
	});

	it.each(sent.map((field) => [field.label, field] as const))('agree on %s', (_label, field) => {
		const theirs = { ...schema[apiName(field)] };
		// One PMS's names alone; see below.
		if (field.name === 'eventName') delete theirs.enum;
		if (theirs.enum) theirs.enum = [...theirs.enum].sort();
		expect(asSchema(field)).toEqual(theirs);
	});
});

it("The table of PMSs knows every event that Propexo's own schema names", () => {
	const known = new Set(allEventNames().map(({ name }) => name));
	expect([...eventNames()].filter((name) => !known.has(name))).toEqual([]);
});
