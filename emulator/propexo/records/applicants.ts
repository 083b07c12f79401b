import type { PersonRecord, SyncedRecord } from '../world.ts';
import { syncedPerson, type PeopleKind } from './people.ts';

/** Their phone numbers come after those of leads and managers. */
const APPLICANTS: PeopleKind = {
	kind: 'applicant',
	x: { letter: 'A', from: 20_000 },
	names: [5, 7],
	does: 'applies',
	firstPhone: 40_000,
	at: [400, 440],
};

/** What was handed in: the same in the record of the applicant and in that of the application. */
const handedIn = (number: number) => ({
	applicant_id: `applicant_${number}`,
	application_id: `application_${number}`,
	status_raw: 'Submitted',
	status_normalized: 'PENDING',
});

/** The application of the `number`th applicant, without what all records of a property have. */
export const applicationOf = (number: number) => ({
	x_unit_id: null,
	unit_id: null,
	status: 'Submitted',
	custom_data: null,
	applicants: [{ ...handedIn(number), status: null, custom_data: null }],
});

/** The `number`th applicant, at the given property, with one application. */
export const syncedApplicant = (number: number, property: SyncedRecord): PersonRecord => ({
	...syncedPerson(APPLICANTS, number, property),
	x_property_id: property.x_id,
	x_unit_id: null,
	x_lead_id: null,
	x_unit_id_preferred: [],
	applications: [handedIn(number)],
	type_normalized: null,
	type_raw: 'Primary',
	unit_id_preferred: [],
	screenings: [],
});
