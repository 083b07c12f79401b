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
import { YARDI_EVENT_NAMES } from './leads.ts';

const TEXT: Schema = { type: 'string' };

const FIELDS: EventKind['fields'] = {
	...SHARED_FIELDS,
	applicant_id: TEXT,
	application_id: TEXT,
	event_type: { type: 'string', enum: ['Note'] },
	notes: { type: 'string', maxLength: 256 },
	status: EVENT_STATUS,
	agent_name: TEXT,
	rent_amount_in_cents: { type: 'number', minimum: 0 },
};

const allBut = (...names: string[]): string[] =>
	Object.keys(FIELDS).filter((name) => ![...names, 'integration_id', 'applicant_id'].includes(name));

const ENTRATA = ['application_id', 'event_type_id', 'event_datetime'];

/**
 * The rules of each PMS, from its page "Create applicant event" in Propexo's reference. Inferred: RealPage Exchange's page
 * was not seen, so it has RealPage's rules; only a part of Buildium's was seen, so it takes what Buildium takes for
 * residents. Yardi's page was not seen either: it takes the generic schema.
 */
const CREATE: EventKind['create'] = {
	YARDI_REST: {
		required: ['event_name'],
		optional: 'all',
		values: { event_name: { type: 'string', enum: [...YARDI_EVENT_NAMES] } },
		tellsRecordId: false,
	},
	ENTRATA: {
		required: ENTRATA,
		optional: allBut('event_name', 'status', ...ENTRATA),
		tellsRecordId: false,
	},
	REALPAGE: REALPAGE_NOTE,
	REALPAGE_RPX: REALPAGE_NOTE,
	BUILDIUM: { required: ['notes'], optional: ['event_type'], tellsRecordId: false },
	MRI: MRI_EVENT,
	RENTMANAGER: 'unsupported',
	APPFOLIO: 'unsupported',
};

/** Events of applicants: `POST /v1/events/applicants`. */
export const APPLICANT_EVENTS: EventKind = {
	path: 'applicants',
	person: 'applicant',
	personField: 'applicant_id',
	people: 'applicants',
	associated: 'associated_applicant_ids',
	references: { applicant_id: { among: 'applicants' }, ...SHARED_REFERENCES, ...LEASING_AGENT },
	fields: FIELDS,
	create: CREATE,
	// What MRI requires was inferred from its updates of lead events.
	update: onlyMri(CREATE),
};
