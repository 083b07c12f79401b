import type { PersonRecord, SyncedRecord } from '../world.ts';
import { syncedPerson, type PeopleKind } from './people.ts';

/** Their phone numbers come after those of applicants. */
const RESIDENTS: PeopleKind = {
	kind: 'resident',
	x: { letter: 'R', from: 30_000 },
	names: [9, 2],
	does: 'rents',
	firstPhone: 50_000,
	at: [460, 500],
};

/** The `number`th resident, at the given property. */
export const syncedResident = (number: number, property: SyncedRecord): PersonRecord => ({
	...syncedPerson(RESIDENTS, number, property),
	leases_meta_data: [],
	balance_in_cents: null,
	is_employee: false,
	late_balance_in_cents: null,
	vehicles: [],
});
