import type { FieldCollection, RecordField } from '../../../shared/fields/field';
import { recordField } from '../../records/field';
import { leadSource } from '../../records/events';
import { employee } from '../../records/people';
import { unit } from '../../records/places';

/* Where a lead wants to live, and where it comes from. */

/** The parameters that the pickers of an operation depend on; left out: those that follow from the record. */
export interface Picked {
	dependsOn?: string[];
}

const floorPlan: RecordField = {
	name: 'floorPlanId',
	label: 'Floor Plan',
	kind: 'record',
	record: "a floor plan's Propexo ID",
	placeholder: 'e.g. clwktsp9v001208l3w5n7q9tb',
	description: 'The floor plan that the lead asked for',
};

/** The most units of `desired_unit_ids`. Source: its `maxItems`. */
const MOST_UNITS = 25;

export const placeFields = (picked: Picked): FieldCollection => ({
	name: 'placeFields',
	label: 'Unit and Floor Plan',
	placeholder: 'Add Field',
	empty: 'leftOut',
	fields: [
		recordField(unit, { ...picked, description: 'The unit that the lead asked for' }),
		{
			name: 'desiredUnitIds',
			label: 'Desired Units',
			kind: 'ids',
			record: 'Propexo IDs of units',
			most: MOST_UNITS,
			placeholder: 'e.g. clwktsp9v000308l3b7m2c4ty, clwktsp9v000308l3b7m2c4tz',
			description: `Propexo IDs of all units that the lead is interested in, up to ${MOST_UNITS}, with commas between them`,
		},
		floorPlan,
	],
});

/** *Lead Source*. */
export const source = (picked: Picked): RecordField =>
	recordField(leadSource, {
		...picked,
		description:
			'Where the lead comes from, as the PMS lists it. Entrata, ResMan and Yardi require it of a new lead; Entrata takes it only of a lead that has none yet.',
	});

const leadRelationship: RecordField = {
	name: 'leadRelationshipId',
	label: 'Lead Relationship',
	kind: 'record',
	record: "a lead relationship's Propexo ID",
	placeholder: 'e.g. clwktsp9v001308l3z8x1c3vn',
	description: 'What the person is to the lead, in RealPage Exchange, which requires it of a new lead',
};

/** @param own fields that only a new lead has */
export const sourceFields = (picked: Picked, own: FieldCollection['fields']): FieldCollection => ({
	name: 'sourceFields',
	label: 'Source and Agent',
	placeholder: 'Add Field',
	empty: 'leftOut',
	fields: [
		recordField(employee, {
			...picked,
			description: 'Who looks after the lead. ResMan and Yardi require it of a new lead.',
		}),
		{
			name: 'leadSource',
			label: 'Lead Source Name',
			kind: 'text',
			placeholder: 'e.g. Website',
			description:
				"The name of the source, for PMSs that keep it as a text; otherwise choose a 'Lead Source'",
		},
		leadRelationship,
		...own,
	],
});

/** Only a new lead has these; Yardi requires them. */
export const ofYardi: FieldCollection['fields'] = [
	{
		name: 'thirdPartyId',
		label: 'Third-Party ID',
		kind: 'text',
		isId: true,
		placeholder: 'e.g. {{ $json.body.contact_id }}',
		description: 'The ID that the lead has in your own system. Yardi requires it of a new lead.',
	},
	{
		name: 'organizationName',
		label: 'Organization Name',
		kind: 'text',
		placeholder: 'e.g. Maple Leasing',
		description: 'The name of your organization. Yardi requires it of a new lead.',
	},
];
