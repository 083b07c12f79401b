import { Records } from '../../data/records.ts';
import { LeasingEvents, type ProspectRecord, type RentEngineData, type UnitRecord } from '../world.ts';
import { CITIES, FIRST_NAMES, LAST_NAMES, phoneOf, STREETS } from '../../data/names.ts';
import { pick } from '../../data/pick.ts';
import { stamp } from '../../data/times.ts';

/** The account that all records belong to: a UUID that is easily mistaken for a user's. */
export const RENTENGINE_ACCOUNT_ID = '5f0c2f4e-2d7b-4b1a-9f39-0f8a2f6f1c00';

/** The users of the account. */
export const RENTENGINE_USERS = [
	{ id: '1259ef6e-61ee-42cb-b6bd-7fe547569d7c', name: 'Avery Cole' },
	{ id: '2c6b1f0a-9d5e-4a41-8c12-5b7f0e3d9a02', name: 'Bianca Reyes' },
	{ id: '3e8d7a4b-0f26-4c93-a5d7-6c1e2f4b8a03', name: 'Caleb Stone' },
	{ id: '4a9c5e2d-7b18-4f60-9e3a-8d2f1c6b7a04', name: 'Dina Farouk' },
	{ id: '5b7e3c1f-6a29-4d85-b4c6-9e0d3a5f2b05', name: 'Elias Wong' },
	{ id: '6d1f8b3a-4c57-4e92-8a70-1b2c4d6e8f06', name: 'Frida Nolan' },
] as const;

const COUNTS = { demo: { prospects: 24, units: 12 }, large: { prospects: 5_000, units: 300 } } as const;
const FIRST_PROSPECT = 1001;
const FIRST_UNIT = 501;
const STATUSES = [
	'New',
	'Contacted, Awaiting Information',
	'Showing Desired',
	'Application Received',
	'Still Deciding',
];
const SOURCES = ['Zillow', 'Realtor.com', 'Rent.com', 'rent.com', 'Facebook', 'Website'];
const UNIT_STATUSES = ['Available', 'Leased', 'Leased', 'On Hold', 'Archived'];

/**
 * The records of the emulated RentEngine: prospects from 1001 on, units from 501 on. Of every six prospects the
 * first three are one person (one phone number) interested in three units.
 * @param seed how many
 * @param counts replaces the numbers of the seed
 */
export function rentEngineRecords(
	seed: 'demo' | 'large',
	counts: { prospects?: number | undefined; units?: number | undefined } = {},
): RentEngineData {
	const unitCount = counts.units ?? COUNTS[seed].units;
	const prospectCount = counts.prospects ?? COUNTS[seed].prospects;
	const units = Array.from({ length: unitCount }, (_, index) => unit(index));
	const prospects = Array.from({ length: prospectCount }, (_, index) => prospect(index, unitCount));
	const events = new LeasingEvents();
	for (const [index, { id, created_at }] of prospects.entries()) {
		// Each has a first event; every second was assigned to somebody already.
		addEvent(events, id, 'New', created_at, {});
		if (index % 2 === 1) {
			const assignedToUserIds = [pick(RENTENGINE_USERS, index).id];
			addEvent(events, id, 'Assign to User', created_at, {
				assignedToUserIds,
				createdByUserRole: 'Property Manager',
				previousAssignedToUserIds: [],
			});
		}
		if (index % 4 === 2) addEvent(events, id, 'Showing Scheduled', created_at, {});
	}
	return {
		accountId: RENTENGINE_ACCOUNT_ID,
		users: RENTENGINE_USERS,
		prospects: new Records(prospects),
		units: new Records(units),
		events,
	};
}

function addEvent(
	events: LeasingEvents,
	prospectId: number,
	type: string,
	at: string,
	context: Record<string, unknown>,
): void {
	events.add({
		id: events.nextId(),
		created_at: at,
		notes: null,
		prospect: prospectId,
		planned_date_time: type === 'Showing Scheduled' ? '2026-12-01T16:00:00.000000Z' : null,
		source: type === 'New' ? 'Other' : 'Automation',
		event_type: type,
		next_follow_up: null,
		deleted: false,
		created_by: '12345',
		context,
	});
}

function prospect(index: number, unitCount: number): ProspectRecord {
	// Positions 0, 1 and 2 of each six are the same person.
	const person = index % 6 < 3 ? index - (index % 6) : index;
	const firstName = pick(FIRST_NAMES, person);
	const lastName = pick(LAST_NAMES, person);
	return {
		id: FIRST_PROSPECT + index,
		name: `${firstName} ${lastName}`,
		email: `${firstName}.${lastName}.r${person}@example.com`.toLowerCase(),
		phone: `+1${phoneOf(person)}`,
		status: pick(STATUSES, index),
		source: pick(SOURCES, index),
		prospect_type: 'Self',
		unit_of_interest: unitCount === 0 ? null : FIRST_UNIT + (index % unitCount),
		created_at: stamp(index * 7),
		updated_at: stamp(index * 7 + 3),
		notes: null,
	};
}

function unit(index: number): UnitRecord {
	const place = pick(CITIES, index);
	const number = `${100 + index}`;
	const street = pick(STREETS, index);
	const address = {
		formatted_address: `${number} ${street}, Unit ${1 + (index % 9)}, ${place.city}, ${place.state} ${place.zip}, USA`,
		street_number: number,
		street_name: street,
		unit: `${1 + (index % 9)}`,
		city: place.city,
		state: place.stateName,
		zip_code: place.zip,
		coordinates: [...place.at],
	};
	return {
		id: FIRST_UNIT + index,
		account_id: RENTENGINE_ACCOUNT_ID,
		created_at: stamp(index),
		updated_at: stamp(index * 60),
		// The published documents say a number; now and then it is one.
		address: index % 25 === 24 ? 9_000 + index : address,
		property_type: pick(['Apartment', 'House', 'Townhouse'], index),
		bedrooms: `${1 + (index % 4)}`,
		bathrooms: `${1 + (index % 2)}`,
		sqft: `${650 + index}`,
		status: pick(UNIT_STATUSES, index),
		is_occupied: index % 5 === 1,
		target_rental_rate: 1_400 + index * 5,
		earliest_move_in_date: '2026-12-01',
		extracted_from: `unit-${index}`,
	};
}
