import type { Schema } from '../../server/route.ts';
import { DATE_TIME, DAY } from '../errors.ts';

const TEXT: Schema = { type: 'string' };
const FLAG: Schema = { type: 'boolean' };
const NUMBER: Schema = { type: 'number' };
const COUNT: Schema = { type: 'integer', minimum: 0 };
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });

export const PHONE_TYPES = ['FAX', 'HOME', 'MOBILE', 'WORK'] as const;

/** The fields that a new lead and an update share. */
const SHARED: Readonly<Record<string, Schema>> = {
	employee_id: TEXT,
	desired_unit_ids: { type: 'array', items: TEXT, maxItems: 25 },
	unit_id: TEXT,
	first_name: TEXT,
	last_name: TEXT,
	middle_name: TEXT,
	middle_initial: { type: 'string', minLength: 1, maxLength: 1 },
	date_of_birth: DAY,
	email_1: TEXT,
	phone_1: TEXT,
	phone_1_type: oneOf(...PHONE_TYPES),
	phone_2: TEXT,
	phone_2_type: oneOf(...PHONE_TYPES),
	address_1: TEXT,
	address_2: TEXT,
	city: TEXT,
	state: TEXT,
	zip: TEXT,
	country: TEXT,
	address_type_id: TEXT,
	number_of_additional_occupants: COUNT,
	desired_num_bathrooms: { type: 'number', minimum: 0 },
	desired_num_bedrooms: NUMBER,
	desired_min_rent_in_cents: { type: ['number', 'null'] },
	desired_lease_term_in_months: TEXT,
	desired_unit_type: TEXT,
	credit_score: TEXT,
	monthly_income_in_cents: COUNT,
	target_move_in_date: DAY,
	has_cats: FLAG,
	has_dogs: FLAG,
	has_other_pets: FLAG,
	lead_source: TEXT,
	lead_source_id: TEXT,
	lead_relationship_id: TEXT,
	lease_period_id: TEXT,
	floor_plan_id: TEXT,
	status: oneOf('ACTIVE', 'COLD', 'INACTIVE', 'WAITLISTED'),
	status_raw: TEXT,
	applicant_status: oneOf('APPLICANT', 'CO_APPLICANT', 'OCCUPANT'),
	notes: TEXT,
	// Out of use, and still taken.
	desired_move_in_date: DAY,
	desired_bathrooms: TEXT,
	desired_bedrooms: COUNT,
};

/** Names of the events that a new lead can bring along. */
const NEW_LEAD_EVENT_NAMES = [
	'CallToProspect',
	'CallFromProspect',
	'Other',
	'WalkIn',
	'Chat',
	'Email',
	'Text',
	'Webservice',
	'Appointment',
	'Show',
	'Application',
	'SelfGuidedTour',
] as const;

const listOf = (properties: Record<string, Schema>, required: string[]): Schema => ({
	type: 'array',
	items: { type: 'object', properties, required, additionalProperties: false },
});

/** `POST /v1/leads/`. */
export const NEW_LEAD_FIELDS: Readonly<Record<string, Schema>> = {
	...SHARED,
	integration_id: TEXT,
	property_id: TEXT,
	third_party_id: { type: 'string', minLength: 1 },
	organization_name: TEXT,
	desired_max_rent_in_cents: COUNT,
	number_of_occupants: { type: 'integer' },
	events: listOf(
		{
			employee_id: TEXT,
			lead_source_id: TEXT,
			unit_id: TEXT,
			event_name: oneOf(...NEW_LEAD_EVENT_NAMES),
			event_datetime: DATE_TIME,
			notes: { type: 'string', maxLength: 256 },
			reasons_for_event: TEXT,
		},
		['employee_id', 'event_name', 'event_datetime'],
	),
};

/** `PUT /v1/leads/{id}`. */
export const LEAD_UPDATE_FIELDS: Readonly<Record<string, Schema>> = {
	...SHARED,
	lead_id: TEXT,
	inactive_reason: oneOf(
		...['PRICE', 'LOCATION', 'AMENITIES', 'NO_REASON', 'DECIDED_NOT_TO_MOVE', 'LEASING_CRITERIA_NOT_MET'],
		...['LOOKING_FOR_MOVE_IN_SPECIAL', 'NO_AVAILABILITY', 'DUPLICATE', 'OTHER'],
	),
	desired_max_rent_in_cents: { type: 'number', minimum: 0 },
	number_of_occupants: NUMBER,
	// Out of use, and still taken.
	events: listOf(
		{
			id: TEXT,
			unit_id: TEXT,
			x_type_id: TEXT,
			x_sub_type_id: TEXT,
			x_result_id: TEXT,
			x_leasing_agent_id: TEXT,
			event_datetime: DATE_TIME,
			appointment_datetime: DATE_TIME,
			time_from: TEXT,
			time_to: TEXT,
			notes: TEXT,
			title: TEXT,
			reasons_for_event: TEXT,
		},
		['x_type_id'],
	),
};
