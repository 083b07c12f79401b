import type { PropexoData, SyncedRecord } from '../world.ts';
import { CITIES, phoneOf, PROPERTY_NAMES, STREETS } from '../../data/names.ts';
import { pick } from '../../data/pick.ts';
import { stamp } from '../../data/times.ts';
import type { KnownIntegration } from './integrations.ts';

/** Adds one property of an integration. */
export function addProperty(data: PropexoData, known: KnownIntegration): SyncedRecord {
	const number = data.properties.size + 1;
	const place = pick(CITIES, number);
	const address = `${100 + number * 10} ${pick(STREETS, number)}`;
	const id = `prop_${number}`;
	return data.properties.add({
		id,
		property_id: id,
		created_at: stamp(number),
		updated_at: stamp(number + 10),
		last_seen: stamp(number + 10),
		x_created_at: null,
		x_id: `${known.vendor.slice(0, 2)}P${number}`,
		x_property_id: `${known.vendor.slice(0, 2)}P${number}`,
		x_building_id: null,
		building_number: null,
		city: place.city,
		code: `P${number}`,
		country: 'US',
		county: null,
		custom_data: null,
		is_active: true,
		manager_email: `manager${number}@example.com`,
		manager_name: null,
		manager_phone_1: phoneOf(20_000 + number),
		manager_phone_1_type: 'WORK',
		manager_phone_2: phoneOf(30_000 + number),
		manager_phone_2_type: 'MOBILE',
		name: pick(PROPERTY_NAMES, number),
		notes: null,
		number_of_units: null,
		square_footage: null,
		square_feet: null,
		state: place.state,
		street_address_1: address,
		street_address_2: null,
		address_1: address,
		address_2: null,
		type: null,
		type_raw: 'Apartment',
		type_normalized: 'MULTI_FAMILY',
		website: null,
		year_built: 1990 + number,
		zip: place.zip,
		long_description: null,
		short_description: null,
		office_hours: [{ day_of_week: 'MONDAY', open_time: '09:00', close_time: '18:00' }],
		pet_types: [],
		associated_owner_ids: [],
		integration_id: known.id,
		integration_vendor: known.vendor,
	});
}

/** Fields that every record of a property has. */
export function base(kind: string, number: number, property: SyncedRecord): SyncedRecord {
	return {
		id: `${kind}_${number}`,
		created_at: stamp(60 + number),
		updated_at: stamp(90 + number),
		last_seen: stamp(90 + number),
		x_id: `${kind.toUpperCase()}${1000 + number}`,
		x_property_id: property.x_id,
		x_location_id: null,
		integration_id: property.integration_id,
		integration_vendor: property.integration_vendor,
		property_id: property.id,
	};
}
