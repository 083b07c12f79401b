import type { Schema } from '../../server/route.ts';
import type { PmsRule } from '../writes/pmsRule.ts';
import {
	EVENT_STATUS,
	MRI_EVENT,
	SHARED_FIELDS,
	SHARED_REFERENCES,
	onlyMri,
	type EventKind,
} from './kind.ts';

const TEXT: Schema = { type: 'string' };
const oneOf = (names: readonly string[]): Schema => ({ type: 'string', enum: names });

/** The list that the generic endpoint publishes; it is Yardi's. */
export const YARDI_EVENT_NAMES = [
	'CallToProspect',
	'CallFromProspect',
	'Other',
	'WalkIn',
	'Chat',
	'Email',
	'Webservice',
	'Appointment',
	'Show',
	'Application',
	'SelfGuidedTour',
	'Approve',
	'CancelApplication',
	'ApplicationDenied',
	'Hold',
	'CancelAppointment',
	'LeaseSign',
	'Release',
	'ReturnVisit',
] as const;

const REALPAGE_EVENT_NAMES = [
	'E-mail',
	'Event',
	'Fax/Letter',
	'Internet',
	'Notes',
	'Phone call',
	'Pre-recorded - Tour',
	'Self-guided - Tour',
	'Signature',
	'Text message',
	'Videotelephony - Tour',
	'Visit',
	'Visit (return)',
] as const;

const RESMAN_EVENT_NAMES = [
	'EmailToProspect',
	'EmailFromILS',
	'EmailFromProspect',
	'Email',
	'CallToProspect',
	'CallFromProspect',
	'Phone',
	'Show',
	'WalkIn',
	'Contact',
	'Other',
	'Cancel',
	'ReActivate',
	'TextToProspect',
	'TextFromProspect',
	'Application',
] as const;

const YARDI: PmsRule = {
	required: ['event_name', 'event_datetime', 'agent_name'],
	optional: ['unit_id', 'notes', 'rent_amount_in_cents'],
	values: { event_name: oneOf(YARDI_EVENT_NAMES) },
	tellsRecordId: false,
};

/**
 * The rules of each PMS, from its page "Create lead event" in Propexo's reference. Inferred: only a part of Entrata's page
 * was seen, so it takes all fields here; MRI's was not seen, so it has the rules that MRI has for applicants.
 */
const CREATE: EventKind['create'] = {
	YARDI,
	YARDI_REST: YARDI,
	ENTRATA: { required: ['event_type_id', 'event_datetime'], optional: 'all', tellsRecordId: false },
	REALPAGE: {
		required: ['event_name'],
		optional: ['event_datetime', 'notes'],
		values: {
			event_name: oneOf(REALPAGE_EVENT_NAMES),
			event_datetime: { anyOf: [{ type: 'null' }, SHARED_FIELDS['event_datetime']] },
		},
		tellsRecordId: true,
	},
	REALPAGE_RPX: {
		required: ['employee_id', 'event_type_id', 'event_datetime'],
		optional: ['unit_id', 'status', 'notes', 'call_recording_url'],
		tellsRecordId: false,
	},
	RESMAN: {
		required: ['event_name', 'event_datetime'],
		optional: ['lead_source_id', 'unit_id', 'notes', 'reasons_for_event'],
		values: { event_name: oneOf(RESMAN_EVENT_NAMES) },
		tellsRecordId: true,
	},
	RENTMANAGER: {
		required: ['event_name'],
		optional: ['notes'],
		values: { event_name: oneOf(['CALL', 'EMAIL', 'VISIT', 'NOTE']) },
		tellsRecordId: false,
	},
	PROPERTYWARE: {
		required: ['notes', 'event_name'],
		optional: ['event_datetime'],
		tellsRecordId: false,
	},
	MRI: {
		...MRI_EVENT,
		values: { status: EVENT_STATUS, ...MRI_EVENT.values },
		leasingAgentsOnly: true,
	},
	APPFOLIO: 'unsupported',
	BUILDIUM: 'unsupported',
};

/** Events of leads: `POST /v1/events/leads`. */
export const LEAD_EVENTS: EventKind = {
	path: 'leads',
	person: 'lead',
	personField: 'lead_id',
	people: 'leads',
	associated: 'associated_lead_ids',
	references: {
		lead_id: { among: 'leads' },
		lead_source_id: { among: 'leadSources' },
		...SHARED_REFERENCES,
	},
	fields: {
		...SHARED_FIELDS,
		lead_id: TEXT,
		notes: { type: 'string', maxLength: 256 },
		status: oneOf(['LEASED', 'LOST', 'UNQUALIFIED', 'ACTIVE', 'FUTURE']),
		call_recording_url: { type: 'string', format: 'uri' },
		lead_source_id: TEXT,
		agent_name: TEXT,
		rent_amount_in_cents: { type: 'number', minimum: 0 },
	},
	create: CREATE,
	// MRI takes a day alone, as for its applicants.
	update: onlyMri(CREATE),
};
