import type { FieldCollection } from '../../shared/fields/collections';
import type { DollarsField, Field, RecordField } from '../../shared/fields/field';
import { apiName } from '../../shared/fields/names';
import { ifFarOff } from '../../shared/fields/times/plausible';
import { idAlike, ifNobodys } from '../../shared/find/alike';
import { ifInCents, notes } from '../events/fields';
import { recordField } from '../records/field';
import { employee, leadRelationship, leadSource } from '../records/people';
import { floorPlan, unit } from '../records/places';
import { EXAMPLE_ID } from '../records/record';
import { choicesOf } from '../../shared/fields/choices';

/* What a lead looks for, where it comes from, and how far it is. */

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
		'Where the lead comes from, as the PMS lists it. Entrata, ResMan and Yardi require it of a new lead; Entrata takes it only if a lead has none yet.',
});

export const SOURCE_FIELDS = 'sourceFields';

/** @param own fields that only a new lead has */
export const sourceFields = (own: FieldCollection['fields']): FieldCollection => ({
	name: SOURCE_FIELDS,
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
			description: "The source, for PMSs that keep it as text; otherwise choose a 'Lead Source'",
		},
		recordField(leadRelationship),
		...own,
	],
});

/**
 * @cause The ID of a lead is a fixed text, so all leads would get it. Where _Match By_ of _Create or Update_ goes by it and there
 * are several items, none was sent: all people would be one lead. Otherwise it is only a hint.
 * @cure Switch the field to _Expression_, and use the ID of the person. To change one certain lead, use _Lead: Update_.
 */
export const FIXED_ID =
	'is a fixed text, so every lead would have the same ID. Use an expression, such as {{ $json.body.contact_id }}';

/** The remark about an ID that is not the lead's own. */
export const ifNotItsOwn = (id: unknown, isFixed?: boolean): string | undefined =>
	isFixed ? FIXED_ID : ifNobodys(idAlike)(id);

/** Only a new lead has these; Yardi requires them. */
export const ofYardi: FieldCollection['fields'] = [
	{
		name: 'thirdPartyId',
		label: 'Third-Party ID',
		kind: 'text',
		isId: true,
		remark: ifNotItsOwn,
		placeholder: 'e.g. {{ $json.body.contact_id }}',
		description: "The lead's ID in your own system. Yardi requires it of a new lead.",
	},
	{
		name: 'organizationName',
		label: 'Organization Name',
		kind: 'text',
		placeholder: 'e.g. Maple Leasing',
		description: 'The name of your organization. Yardi requires it of a new lead.',
	},
];

/** Sent in cents. */
const dollars = (name: string, label: string, description: string): DollarsField => ({
	name,
	label,
	kind: 'dollars',
	min: 0,
	remark: ifInCents,
	api: `${apiName({ name })}_in_cents`,
	description: `${description}, in dollars; Propexo gets it in cents`,
});

const leasePeriod: RecordField = {
	name: 'leasePeriodId',
	label: 'Lease Period',
	kind: 'record',
	record: "a lease period's Propexo ID",
	placeholder: EXAMPLE_ID,
	description: 'The lease period that the lead asked for; Propexo has no list of them',
};

const pet = (name: string, label: string, what: string): Field => ({
	// An empty value must not overwrite what the PMS holds.
	name,
	label,
	kind: 'boolean',
	default: true,
	emptyIsNothing: true,
	description: `Whether the lead has ${what}`,
});

/** Which of two numbers the schema takes: one of the two writes takes a fraction where the other does not. */
interface Numbers {
	/** Of an update rather than of a new lead. */
	ofUpdate: boolean;
}

/**
 * *Minimum Rent*: the one field for which the API takes null. It has no least value.
 *
 * @noMessage
 */
const minimumRent: DollarsField = {
	...dollars('desiredMinRent', 'Minimum Rent (Dollars)', 'The least that the lead wants to pay a month'),
	min: undefined,
	nullable: true,
};

/** *Wishes*: the home that a lead looks for. */
export const wishFields = ({ ofUpdate }: Numbers): FieldCollection => ({
	name: 'wishFields',
	label: 'Wishes',
	fields: [
		{
			name: 'targetMoveInDate',
			label: 'Move-In Date',
			kind: 'date',
			remark: ifFarOff,
			description: 'The day on which the lead wants to move in. A time of day is cut off.',
		},
		{
			name: 'desiredNumBedrooms',
			label: 'Bedrooms',
			kind: 'number',
			description: 'How many bedrooms the lead wants',
		},
		{
			name: 'desiredNumBathrooms',
			label: 'Bathrooms',
			kind: 'number',
			min: 0,
			description: 'How many bathrooms the lead wants',
		},
		minimumRent,
		/** @noMessage */
		dollars('desiredMaxRent', 'Maximum Rent (Dollars)', 'The most that the lead wants to pay a month'),
		{
			name: 'desiredLeaseTermInMonths',
			label: 'Lease Term (Months)',
			kind: 'text',
			placeholder: 'e.g. 12',
			description: 'For how many months the lead wants to rent',
		},
		{
			name: 'desiredUnitType',
			label: 'Unit Type',
			kind: 'text',
			placeholder: 'e.g. Studio',
			description: 'The type of unit that the lead wants',
		},
		leasePeriod,
		{
			name: 'numberOfOccupants',
			label: 'Occupants',
			kind: ofUpdate ? 'number' : 'wholeNumber',
			description: 'How many people would live in the unit',
		},
		{
			name: 'numberOfAdditionalOccupants',
			label: 'Additional Occupants',
			kind: 'wholeNumber',
			min: 0,
			description: 'How many people besides the lead would live in the unit',
		},
		pet('hasCats', 'Has Cats', 'cats'),
		pet('hasDogs', 'Has Dogs', 'dogs'),
		/** @noMessage */
		pet('hasOtherPets', 'Has Other Pets', 'pets that are neither cats nor dogs'),
		/** @noMessage */
		dollars('monthlyIncome', 'Monthly Income (Dollars)', 'What the lead earns a month'),
		{
			name: 'creditScore',
			label: 'Credit Score',
			kind: 'text',
			placeholder: 'e.g. 720',
			description: 'The credit score of the lead',
		},
	],
});

const inactiveReason: Field = {
	name: 'inactiveReason',
	label: 'Inactive Reason',
	kind: 'choice',
	options: choicesOf(
		'AMENITIES',
		'DECIDED_NOT_TO_MOVE',
		'DUPLICATE',
		'LEASING_CRITERIA_NOT_MET',
		'LOCATION',
		{ name: 'Looking for Move-In Special', value: 'LOOKING_FOR_MOVE_IN_SPECIAL' },
		'NO_AVAILABILITY',
		'NO_REASON',
		'OTHER',
		'PRICE',
	),
	default: 'NO_REASON',
	description: 'Why the lead is not looking any more',
};

/** *State and Notes*: how far a lead is, and what the team should know. */
export const stateFields = ({ ofUpdate }: Numbers): FieldCollection => ({
	name: 'stateFields',
	label: 'State and Notes',
	fields: [
		{ ...notes, description: `${notes.description}. MRI takes up to 30 characters of a new lead.` },
		{
			name: 'status',
			label: 'Status',
			kind: 'choice',
			options: choicesOf('ACTIVE', 'COLD', 'INACTIVE', 'WAITLISTED'),
			default: 'ACTIVE',
			description: 'The status of the lead',
		},
		...(ofUpdate ? [inactiveReason] : []),
		{
			name: 'statusRaw',
			label: 'Status in the PMS',
			kind: 'text',
			placeholder: 'e.g. Prospect',
			description: "The status of the lead, in the PMS's own words",
		},
		{
			name: 'applicantStatus',
			label: 'Applicant Status',
			kind: 'choice',
			options: choicesOf('APPLICANT', { name: 'Co-Applicant', value: 'CO_APPLICANT' }, 'OCCUPANT'),
			default: 'APPLICANT',
			description: 'What the person would be in a lease',
		},
	],
});
