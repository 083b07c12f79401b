import { FIRST_NAMES, LAST_NAMES, phoneOf } from '../../data/names.ts';
import { pick } from '../../data/pick.ts';
import { seenLately, stamp } from '../../data/times.ts';
import type { PersonRecord, SyncedRecord } from '../world.ts';

/** What tells the people of one kind from those of the others. */
export interface PeopleKind {
	/** "applicant": IDs begin with it. */
	kind: string;
	/** The letter and the number that the IDs of the PMS begin with. */
	x: { letter: string; from: number };
	/** Position of the first name and the last name in the lists. */
	names: [first: number, last: number];
	/** The part of an email address between the name and the number. */
	does: string;
	/** Phone numbers start here. */
	firstPhone: number;
	/** Minutes after the beginning of the emulated world at which the first was created and last changed. */
	at: [created: number, updated: number];
}

/** The fields that applicants and residents share, of the `number`th of a kind at the given property. */
export function syncedPerson(kind: PeopleKind, number: number, property: SyncedRecord): PersonRecord {
	const firstName = pick(FIRST_NAMES, number + kind.names[0]);
	const lastName = pick(LAST_NAMES, number + kind.names[1]);
	const [created, updated] = kind.at;
	return {
		id: `${kind.kind}_${number}`,
		created_at: stamp(created + number),
		updated_at: stamp(updated + number),
		last_seen: seenLately(),
		x_id: `${kind.x.letter}${kind.x.from + number}`,
		x_lease_id: null,
		address_1_alternate: null,
		address_1: null,
		address_2_alternate: null,
		address_2: null,
		city_alternate: null,
		city: null,
		country_alternate: null,
		country: null,
		custom_data: null,
		date_of_birth: null,
		email_1: `${firstName}.${lastName}.${kind.does}${number}@example.com`.toLowerCase(),
		email_2: null,
		first_name: firstName,
		last_name: lastName,
		middle_name: null,
		notes: null,
		phone_1_type: 'MOBILE',
		phone_1: phoneOf(kind.firstPhone + number),
		phone_2_type: 'HOME',
		phone_2: null,
		state_alternate: null,
		state: null,
		zip_alternate: null,
		zip: null,
		pets: [],
		integration_id: property.integration_id,
		integration_vendor: property.integration_vendor,
		property_id: property.id,
	};
}
