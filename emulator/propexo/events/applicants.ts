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

const NOTE: PmsRule = { required: ['event_type_id', 'notes'], optional: [], tellsRecordId: false };
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
	REALPAGE: NOTE,
	REALPAGE_RPX: NOTE,
	BUILDIUM: { required: ['notes'], optional: ['event_type'], tellsRecordId: false },
	MRI: {
		required: ['event_type_id', 'event_datetime'],
		optional: ['employee_id', 'status', 'notes'],
		values: { event_datetime: DATE_OR_DATE_TIME },
		tellsRecordId: true,
	},
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
	update: UPDATE,
};
