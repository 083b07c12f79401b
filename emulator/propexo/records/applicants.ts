import { FIRST_NAMES, LAST_NAMES, phoneOf } from '../../data/names.ts';
import { pick } from '../../data/pick.ts';
import { stamp } from '../../data/times.ts';
import type { PersonRecord, SyncedRecord } from '../world.ts';

/** Phone numbers of applicants start here, after those of leads and managers. */
const FIRST_PHONE = 40_000;

/** The `number`th applicant, at the given property, with one application. */
export function syncedApplicant(number: number, property: SyncedRecord): PersonRecord {
	const firstName = pick(FIRST_NAMES, number + 5);
	const lastName = pick(LAST_NAMES, number + 7);
	return {
		id: `applicant_${number}`,
		created_at: stamp(400 + number),
		updated_at: stamp(440 + number),
		last_seen: stamp(440 + number),
		x_id: `A${20_000 + number}`,
		x_property_id: property.x_id,
		x_unit_id: null,
		x_lease_id: null,
		x_lead_id: null,
		x_unit_id_preferred: [],
		address_1_alternate: null,
		address_1: null,
		address_2_alternate: null,
		address_2: null,
		applications: [
			{
				applicant_id: `applicant_${number}`,
				application_id: `application_${number}`,
				status_raw: 'Submitted',
				status_normalized: 'PENDING',
			},
		],
		city_alternate: null,
		city: null,
		country_alternate: null,
		country: null,
		custom_data: null,
		date_of_birth: null,
		email_1: `${firstName}.${lastName}.applies${number}@example.com`.toLowerCase(),
		email_2: null,
		first_name: firstName,
		last_name: lastName,
		middle_name: null,
		notes: null,
		phone_1_type: 'MOBILE',
		phone_1: phoneOf(FIRST_PHONE + number),
		phone_2_type: 'HOME',
		phone_2: null,
		state_alternate: null,
		state: null,
		type_normalized: null,
		type_raw: 'Primary',
		zip_alternate: null,
		zip: null,
		pets: [],
		integration_id: property.integration_id,
		integration_vendor: property.integration_vendor,
		property_id: property.id,
		unit_id_preferred: [],
		screenings: [],
	};
}
