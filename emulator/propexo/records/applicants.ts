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

/** The `number`th applicant, at the given property, with one application. */
export const syncedApplicant = (number: number, property: SyncedRecord): PersonRecord => ({
	...syncedPerson(APPLICANTS, number, property),
	x_property_id: property.x_id,
	x_unit_id: null,
	x_lead_id: null,
	x_unit_id_preferred: [],
	applications: [
		{
			applicant_id: `applicant_${number}`,
			application_id: `application_${number}`,
			status_raw: 'Submitted',
			status_normalized: 'PENDING',
		},
	],
	type_normalized: null,
	type_raw: 'Primary',
	unit_id_preferred: [],
	screenings: [],
});
