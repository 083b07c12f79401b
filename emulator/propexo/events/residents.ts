import type { Schema } from '../../server/route.ts';
import type { PmsRule } from '../writes/pmsRule.ts';
import {
	DATE_OR_DATE_TIME,
	EVENT_STATUS,
	LEASING_AGENT,
	SHARED_FIELDS,
	SHARED_REFERENCES,
	type EventKind,
} from './kind.ts';

const TEXT: Schema = { type: 'string' };

const NOTE: PmsRule = { required: ['event_type_id', 'notes'], optional: [], tellsRecordId: false };

/**
 * The rules of each PMS, from its page "Create resident event" in Propexo's reference. Inferred: MRI's page was not seen, so
 * it has the rules that MRI has for applicants.
 */
const CREATE: EventKind['create'] = {
	ENTRATA: { required: ['event_type_id', 'event_datetime'], optional: 'all', tellsRecordId: false },
	REALPAGE: NOTE,
	REALPAGE_RPX: NOTE,
	BUILDIUM: { required: ['notes'], optional: ['event_type'], tellsRecordId: false },
	MRI: {
		required: ['event_type_id', 'event_datetime'],
		optional: ['employee_id', 'status', 'notes'],
		values: { event_datetime: DATE_OR_DATE_TIME },
		tellsRecordId: true,
	},
	YARDI: 'unsupported',
	RENTMANAGER: 'unsupported',
	APPFOLIO: 'unsupported',
};

/** Only MRI has a page for it; what it requires was inferred from its updates of lead events. */
const UPDATE: EventKind['update'] = {
	...Object.fromEntries(Object.keys(CREATE).map((vendor) => [vendor, 'unsupported' as const])),
	MRI: {
		required: ['event_type_id', 'event_datetime'],
		optional: ['employee_id', 'status', 'notes'],
		values: { event_datetime: DATE_OR_DATE_TIME },
		tellsRecordId: true,
	},
};

/** Events of residents: `POST /v1/events/residents`. */
export const RESIDENT_EVENTS: EventKind = {
	path: 'residents',
	person: 'resident',
	personField: 'resident_id',
	people: 'residents',
	associated: 'associated_resident_ids',
	references: { resident_id: { among: 'residents' }, ...SHARED_REFERENCES, ...LEASING_AGENT },
	fields: {
		...SHARED_FIELDS,
		resident_id: TEXT,
		event_name: TEXT,
		event_type: { type: 'string', enum: ['Note'] },
		notes: TEXT,
		status: EVENT_STATUS,
	},
	create: CREATE,
	update: UPDATE,
};
