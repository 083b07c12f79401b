import { FIRST_NAMES, LAST_NAMES, phoneOf } from '../../data/names.ts';
import { pick } from '../../data/pick.ts';
import { stamp } from '../../data/times.ts';
import type { PersonRecord, SyncedRecord } from '../world.ts';

/** Phone numbers of residents start here, after those of applicants. */
const FIRST_PHONE = 50_000;

/** The `number`th resident, at the given property. */
export function syncedResident(number: number, property: SyncedRecord): PersonRecord {
	const firstName = pick(FIRST_NAMES, number + 9);
	const lastName = pick(LAST_NAMES, number + 2);
	return {
		id: `resident_${number}`,
		created_at: stamp(460 + number),
		updated_at: stamp(500 + number),
		last_seen: stamp(500 + number),
		x_id: `R${30_000 + number}`,
		x_lease_id: null,
		leases_meta_data: [],
		address_1_alternate: null,
		address_1: null,
		address_2_alternate: null,
		address_2: null,
		balance_in_cents: null,
		city_alternate: null,
		city: null,
		country_alternate: null,
		country: null,
		custom_data: null,
		date_of_birth: null,
		email_1: `${firstName}.${lastName}.rents${number}@example.com`.toLowerCase(),
		email_2: null,
		first_name: firstName,
		is_employee: false,
		last_name: lastName,
		late_balance_in_cents: null,
		middle_name: null,
		notes: null,
		phone_1_type: 'MOBILE',
		phone_1: phoneOf(FIRST_PHONE + number),
		phone_2_type: 'HOME',
		phone_2: null,
		state_alternate: null,
		state: null,
		zip_alternate: null,
		zip: null,
		pets: [],
		vehicles: [],
		integration_id: property.integration_id,
		integration_vendor: property.integration_vendor,
		property_id: property.id,
	};
}
