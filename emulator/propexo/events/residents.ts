import type { Schema } from '../../server/route.ts';
import {
	EVENT_STATUS,
	LEASING_AGENT,
	MRI_EVENT,
	onlyMri,
	REALPAGE_NOTE,
	SHARED_FIELDS,
	SHARED_REFERENCES,
	type EventKind,
} from './kind.ts';

const TEXT: Schema = { type: 'string' };

/**
 * The rules of each PMS, from its page "Create resident event" in Propexo's reference. Inferred: MRI's page was not seen, so
 * it has the rules that MRI has for applicants.
 */
const CREATE: EventKind['create'] = {
	ENTRATA: { required: ['event_type_id', 'event_datetime'], optional: 'all', tellsRecordId: false },
	REALPAGE: REALPAGE_NOTE,
	REALPAGE_RPX: REALPAGE_NOTE,
	BUILDIUM: { required: ['notes'], optional: ['event_type'], tellsRecordId: false },
	MRI: MRI_EVENT,
	YARDI: 'unsupported',
	RENTMANAGER: 'unsupported',
	APPFOLIO: 'unsupported',
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
	// What MRI requires was inferred from its updates of lead events.
	update: onlyMri(CREATE),
};
