import { Records } from '../../data/records.ts';
import type { PropexoData, SyncedRecord } from '../world.ts';
import { CITIES, cityOf, phoneOf, PROPERTY_NAMES, STREETS } from '../../data/names.ts';
import { applicationOf, syncedApplicant } from './applicants.ts';
import { syncedEvent } from './events.ts';
import { syncedLead } from './leads.ts';
import { syncedResident } from './residents.ts';
import { pick } from '../../data/pick.ts';
import { stamp } from '../../data/times.ts';
import { INTEGRATIONS, integrationRecord, type KnownIntegration } from './integrations.ts';

/** How many records of each kind one property has. */
interface Density {
	leads: number;
	units: number;
	employees: number;
	leadSources: number;
}

const DENSITY = {
	demo: { leads: 27, units: 4, employees: 3, leadSources: 3 },
	large: { leads: 1_000, units: 150, employees: 20, leadSources: 12 },
} satisfies Record<string, Density>;

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

/**
 * The records of the emulated Propexo. Leads are `lead_1` … in the order of the integrations with records; IDs of
 * the other kinds count in the same way (`applicant_1`, `resident_1`, `prop_1`, `unit_1`, `etype_1`, `esub_1`, `eres_1`, `emp_1`, `lsrc_1`,
 * `lrel_1`, `atype_1`, `plan_1`, `tz_1`).
 * @param seed how many
 * @param leads replaces the number of leads
 */
export function propexoRecords(seed: 'demo' | 'large', leads?: number): PropexoData {
	const density = DENSITY[seed];
	const data = emptyData();
	for (const [index, known] of INTEGRATIONS.entries())
		data.integrations.add(integrationRecord(known, index));
	const synced = INTEGRATIONS.filter((known) => known.id !== 'int_any');
	const properties = synced.flatMap((known) => [addProperty(data, known), addProperty(data, known)]);
	furnish(data, properties, density);
	// Buildium keeps no leads.
	const withLeads = synced.filter((known) => known.vendor !== 'BUILDIUM');
	for (let number = 1; number <= (leads ?? density.leads); number++) {
		// The first leads go round all integrations; beyond them every other one is Entrata's, so that one list is long.
		const round =
			number <= DENSITY.demo.leads || number % 2 === 0
				? number - 1
				: withLeads.findIndex((known) => known.vendor === 'ENTRATA');
		const ofIntegration = round % withLeads.length;
		const property = pick(
			properties,
			ofIntegration * 2 + (Math.floor((number - 1) / withLeads.length) % 2),
		);
		const lead = data.leads.add(syncedLead(number, property));
		// Two of three leads have an event already.
		if (number % 3 !== 0) data.events.add(syncedEvent(data.events.size + 1, lead));
	}
	for (const [index, property] of properties.entries()) {
		data.applicants.add(syncedApplicant(index + 1, property));
		data.applications.add({ ...base('application', index + 1, property), ...applicationOf(index + 1) });
		data.residents.add(syncedResident(index + 1, property));
	}
	return data;
}

function emptyData(): PropexoData {
	return {
		integrations: new Records(),
		properties: new Records(),
		units: new Records(),
		leads: new Records(),
		applicants: new Records(),
		residents: new Records(),
		applications: new Records(),
		leadSources: new Records(),
		leadRelationships: new Records(),
		addressTypes: new Records(),
		floorPlans: new Records(),
		employees: new Records(),
		eventTypes: new Records(),
		eventSubTypes: new Records(),
		eventResults: new Records(),
		events: new Records(),
		timezones: new Records(),
	};
}

function addProperty(data: PropexoData, known: KnownIntegration): SyncedRecord {
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
function base(kind: string, number: number, property: SyncedRecord): SyncedRecord {
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

/** Gives each property the records that belong to properties: equal names at each, IDs of their own. */
function furnish(data: PropexoData, properties: SyncedRecord[], density: Density): void {
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
