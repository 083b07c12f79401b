import type { LeadRecord, SyncedRecord } from '../propexo/world.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { pick, stamp } from './pick.ts';

const AREA_CODES = ['212', '303', '404', '512', '602', '713', '818', '907'] as const;

/** A telephone number of ten digits that belongs to nobody but the `number`th person. */
export const phoneOf = (number: number): string =>
	`${pick(AREA_CODES, number)}555${String(Math.floor(number / AREA_CODES.length) % 10_000).padStart(4, '0')}`;

/** The `number`th lead, at the given property. */
export function syncedLead(number: number, property: SyncedRecord): LeadRecord {
	const firstName = pick(FIRST_NAMES, number - 1);
	const lastName = pick(LAST_NAMES, number - 1);
	return {
		id: `lead_${number}`,
		created_at: stamp(200 + number),
		updated_at: stamp(260 + number),
		last_seen: stamp(260 + number),
		x_created_at: null,
		x_guestcard_id: null,
		x_id: `L${10_000 + number}`,
		x_leasing_agent_id: null,
		x_property_id: property.x_id,
		x_unit_id: null,
		x_unit_id_preferred: [],
		x_updated_at: null,
		x_lead_source_id: null,
		address_1: null,
		address_2: null,
		city: null,
		country: null,
		custom_data: null,
		date_of_birth: null,
		desired_amenities: null,
		desired_floor_plan_id: null,
		desired_floor_plan_name: null,
		desired_lease_term_in_months: '12',
		desired_max_rent_in_cents: 200_000,
		desired_max_square_ft: null,
		desired_min_rent_in_cents: null,
		desired_min_square_ft: null,
		desired_num_bathrooms: null,
		desired_num_bedrooms: 1 + (number % 3),
		desired_unit_number: null,
		desired_unit_type: null,
		email_1: `${firstName}.${lastName}${number}@example.com`.toLowerCase(),
		email_2: null,
		first_name: firstName,
		ils: null,
		last_name: lastName,
		lead_source: 'Website',
		leasing_agent: null,
		middle_name: null,
		notes: null,
		number_of_occupants: 1 + (number % 2),
		pet_details: null,
		pets: [],
		phone_1_type: 'MOBILE',
		phone_1: phoneOf(number),
		phone_2_type: null,
		phone_2: null,
		state: null,
		status: pick(['ACTIVE', 'LEASED', 'LOST'], number),
		target_move_in_date: '2026-12-01',
		zip: null,
		property_id: property.id,
		lead_source_id: null,
		unit_id_preferred: [],
		integration_id: property.integration_id,
		integration_vendor: property.integration_vendor,
		screenings: [],
	};
}
