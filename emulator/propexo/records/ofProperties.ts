import type { Records } from '../../data/records.ts';
import type { PropexoData, SyncedRecord } from '../world.ts';
import { cityOf } from '../../data/names.ts';
import { pick } from '../../data/pick.ts';
import { base } from './properties.ts';

/*
 * The records that belong to a property and to no person: units, employees, event types and the like.
 */

/** How many records of each kind one property has. */
export interface Density {
	leads: number;
	units: number;
	employees: number;
	leadSources: number;
}

const EVENT_TYPES = [
	{ name: 'Outgoing Call', code: 'CALL_OUT', models: ['leads', 'applicants'] },
	{ name: 'Incoming Call', code: 'CALL_IN', models: ['leads', 'applicants'] },
	{ name: 'Outgoing Email', code: 'EMAIL_OUT', models: ['leads'] },
	{ name: 'Appointment', code: 'APPT', models: ['leads'] },
	{ name: 'Show', code: 'SHOW', models: ['leads'] },
	{ name: 'Resident Note', code: 'NOTE', models: ['residents'] },
] as const;
const SUB_TYPES = ['First Contact', 'Follow Up'] as const;
const RESULTS = ['Completed', 'No Answer', 'Rescheduled'] as const;
const RELATIONSHIPS = ['Self', 'Spouse'] as const;
const ADDRESS_TYPES = ['Current', 'Mailing'] as const;
const FLOOR_PLANS = ['Aspen', 'Birch', 'Cypress'] as const;
const LEAD_SOURCES = [
	'Walk In',
	'Website',
	'Apartment Guide',
	'Referral',
	'Zumper',
	'Drive By',
	'Social Media',
	'Resident',
	'Broker',
	'Flyer',
	'Billboard',
	'Radio',
] as const;

/** Gives each property the records that belong to properties: equal names at each, IDs of their own. */
export function furnish(data: PropexoData, properties: SyncedRecord[], density: Density): void {
	const atEach = <T extends SyncedRecord>(records: Records<T>, add: (property: SyncedRecord) => void) =>
		records.later(() => properties.forEach(add));
	const typesAt = ({ id }: SyncedRecord) =>
		data.eventTypes.rows.filter(({ property_id }) => property_id === id);
	atEach(data.eventTypes, (property) => {
		for (const type of EVENT_TYPES) {
			const record = base('etype', data.eventTypes.size + 1, property);
			data.eventTypes.add({ ...record, ...type, models: [...type.models] });
		}
	});
	atEach(data.eventSubTypes, (property) => {
		for (const type of typesAt(property)) {
			for (const name of SUB_TYPES) {
				const sub = base('esub', data.eventSubTypes.size + 1, property);
				data.eventSubTypes.add({ ...sub, name, event_type_id: type.id, x_event_type_id: type.x_id });
			}
		}
	});
	atEach(data.eventResults, (property) => {
		for (const name of RESULTS) {
			const result = base('eres', data.eventResults.size + 1, property);
			const types = typesAt(property).map((type) => type.id);
			data.eventResults.add({ ...result, name, associated_event_type_ids: types });
		}
	});
	atEach(data.employees, (property) => {
		for (let count = 0; count < density.employees; count++) addEmployee(data, property, count);
	});
	atEach(data.leadSources, (property) => {
		for (let count = 0; count < density.leadSources; count++) {
			const source = base('lsrc', data.leadSources.size + 1, property);
			data.leadSources.add({ ...source, name: pick(LEAD_SOURCES, count) });
		}
	});
	atEach(data.timezones, (property) => addTimezone(data, property));
	atEach(data.leadRelationships, (property) => {
		for (const name of RELATIONSHIPS)
			data.leadRelationships.add({ ...base('lrel', data.leadRelationships.size + 1, property), name });
	});
	atEach(data.addressTypes, (property) => {
		for (const name of ADDRESS_TYPES) {
			const type = base('atype', data.addressTypes.size + 1, property);
			data.addressTypes.add({ ...type, name, description: null });
		}
	});
	atEach(data.floorPlans, (property) => {
		for (const name of FLOOR_PLANS) addFloorPlan(data, property, name);
	});
	atEach(data.units, (property) => {
		for (let count = 0; count < density.units; count++) addUnit(data, property, count);
	});
}

function addEmployee(data: PropexoData, property: SyncedRecord, count: number): void {
	const number = data.employees.size + 1;
	data.employees.add({
		...base('emp', number, property),
		name: `Agent ${number}`,
		email: `agent${number}@example.com`,
		is_active: count % 5 !== 4,
		roles: count % 2 === 0 ? ['LEASING_AGENT'] : ['MAINTENANCE'],
	});
}

function addTimezone(data: PropexoData, property: SyncedRecord): void {
	const vendor = property.integration_vendor;
	const isFirst = !data.timezones.rows.some((row) => row.integration_id === property.integration_id);
	if (vendor.startsWith('REALPAGE') || (vendor === 'RENTMANAGER' && !isFirst)) return;
	const { zone, winter } = cityOf(property);
	data.timezones.add({
		...base('tz', data.timezones.size + 1, property),
		is_active: true,
		observes_daylight_savings: zone !== 'America/Phoenix',
		offset: winter,
		server_time_error_seconds: vendor.startsWith('YARDI') ? 0 : null,
	});
}

function addFloorPlan(data: PropexoData, property: SyncedRecord, name: string): void {
	const number = data.floorPlans.size + 1;
	data.floorPlans.add({
		...base('plan', number, property),
		name,
		marketing_name: null,
		code: null,
		description: null,
		bedrooms: 1 + (number % 3),
		bathrooms: '1',
		bathrooms_full: 1,
		bathrooms_half: 0,
		max_occupants: null,
		rentable_square_feet: null,
		gross_square_feet: null,
		rent_minimum_in_cents: null,
		rent_maximum_in_cents: null,
		image_urls: [],
		unit_count: null,
		deposit_amount_in_cents: null,
		deposit_amount_raw: null,
		deposit_amount_min_in_cents: null,
		deposit_amount_max_in_cents: null,
		deposit_amount_min_raw: null,
		deposit_amount_max_raw: null,
		custom_data: null,
	});
}

function addUnit(data: PropexoData, property: SyncedRecord, count: number): void {
	const common = base('unit', data.units.size + 1, property);
	delete common['x_location_id'];
	const number = `${101 + Math.floor(count / 10) * 100 + (count % 10)}`;
	data.units.add({
		...common,
		x_floor_plan_id: null,
		x_unit_type_id: null,
		bathrooms: '1',
		bathrooms_full: 1,
		bathrooms_half: 0,
		bedrooms: `${1 + (count % 3)}`,
		building_name: pick(['North', 'South'], count),
		building_number: null,
		city: property['city'],
		country: 'US',
		custom_data: null,
		floor_plan_code: null,
		floor_plan_name: pick(FLOOR_PLANS, count),
		floor: number.slice(0, 1),
		is_available: count % 2 === 0,
		is_furnished: false,
		is_listed: null,
		is_vacant: count % 2 === 0,
		number,
		rent_amount_market_in_cents: 150_000 + count * 500,
		rent_amount_max_in_cents: null,
		rent_amount_min_in_cents: null,
		square_feet: 700 + count,
		state: property['state'],
		street_address_1: property['address_1'],
		street_address_2: null,
		address_1: property['address_1'],
		address_2: `Unit ${number}`,
		zip: property['zip'],
		pets_allowed: true,
		dogs_allowed: true,
		cats_allowed: true,
		pet_policy: null,
		floor_plan_id: null,
		unit_type_id: null,
	});
}
