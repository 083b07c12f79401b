import type { FieldCollection } from '../../../shared/fields/collections';
import { idAlike, ifNobodys } from '../../../shared/find/alike';
import { recordField } from '../../records/field';
import { leadSource } from '../../records/events';
import { floorPlan, leadRelationship } from '../../records/ofLeads';
import { employee } from '../../records/people';
import { unit } from '../../records/places';

/* Where a lead wants to live, and where it comes from. */

/** The most units of `desired_unit_ids`. Source: its `maxItems`. */
const MOST_UNITS = 25;

export const placeFields: FieldCollection = {
	name: 'placeFields',
	label: 'Unit and Floor Plan',
	fields: [
		recordField(unit, { description: 'The unit that the lead asked for' }),
		{
			name: 'desiredUnitIds',
			label: 'Desired Units',
			kind: 'ids',
			record: 'Propexo IDs of units',
			most: MOST_UNITS,
			placeholder: 'e.g. clwktsp9v000308l3b7m2c4ty, clwktsp9v000308l3b7m2c4tz',
			description: 'Propexo IDs of all units that the lead is interested in',
		},
		recordField(floorPlan),
	],
};

/** *Lead Source*. */
export const source = recordField(leadSource, {
	description:
		'Where the lead comes from, as the PMS lists it. Entrata, ResMan and Yardi require it of a new lead; Entrata takes it only of a lead that has none yet.',
});

/** @param own fields that only a new lead has */
export const sourceFields = (own: FieldCollection['fields']): FieldCollection => ({
	name: 'sourceFields',
	label: 'Source and Agent',
	fields: [
		recordField(employee, {
			description: 'Who looks after the lead. ResMan and Yardi require it of a new lead.',
		}),
		{
			name: 'leadSource',
			label: 'Lead Source Name',
			kind: 'text',
			placeholder: 'e.g. Website',
			description:
				"The name of the source, for PMSs that keep it as text; otherwise choose a 'Lead Source'",
		},
		recordField(leadRelationship),
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
		remark: ifNobodys(idAlike),
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
