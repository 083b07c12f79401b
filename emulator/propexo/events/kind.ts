import type { Schema } from '../../server/route.ts';
import { DATE_TIME } from '../errors.ts';
import type { PmsRule, PmsRules } from '../writes/pmsRule.ts';
import type { References } from '../writes/references.ts';

/** One kind of event that can be written: whom it is about, and its fields. */
export interface EventKind {
	/** Last part of the path, `/v1/events/…`, and the name of these people in the `models` of event types. */
	path: string;
	/** The word for one of these people: "lead". */
	person: string;
	/** The field of a body that names the person, and where such people are kept. */
	personField: string;
	people: 'leads' | 'applicants' | 'residents';
	/** The field of an event that lists the people it is about. */
	associated: string;
	/** The records that fields of a new event name. */
	references: References;
	/** Fields of a new event, as the generic schema has them. */
	fields: Record<string, Schema>;
	create: PmsRules;
	update: PmsRules;
}

/** What a new event of any kind can name. */
export const SHARED_REFERENCES: References = {
	event_type_id: { among: 'eventTypes' },
	event_result_id: { among: 'eventResults' },
	event_sub_type_id: { among: 'eventSubTypes' },
	employee_id: { among: 'employees' },
	unit_id: { among: 'units' },
};

/** The generic schema says of these that the employee must be a leasing agent. */
export const LEASING_AGENT: References = { employee_id: { among: 'employees', leasingAgent: true } };

/** What the update of an event can name. */
export const UPDATE_REFERENCES: References = { event_type_id: { among: 'eventTypes' }, ...LEASING_AGENT };

const TEXT: Schema = { type: 'string' };
const URL: Schema = { type: 'string', format: 'uri' };

/** The fields that events of every kind have. `event_name` takes any text here: the names differ by PMS. */
export const SHARED_FIELDS: Readonly<Record<string, Schema>> = {
	integration_id: TEXT,
	event_type_id: TEXT,
	event_result_id: TEXT,
	event_sub_type_id: TEXT,
	employee_id: TEXT,
	unit_id: TEXT,
	event_datetime: DATE_TIME,
	reasons_for_event: TEXT,
	appointment_datetime: DATE_TIME,
	time_from: TEXT,
	time_to: TEXT,
	title: TEXT,
	call_phone_number_from: TEXT,
	call_phone_number_to: TEXT,
	call_status: {
		type: 'string',
		enum: ['BUSY', 'ABANDONED', 'DISCONNECTED', 'FAILURE_TO_CONNECT', 'NO_ANSWER', 'ANSWER', 'VOICEMAIL'],
	},
	call_duration: { type: 'integer', minimum: 0, maximum: 86_400 },
	call_audio_link: URL,
	email_body: TEXT,
	email_subject: TEXT,
	email_from: TEXT,
	email_to: TEXT,
	email_cc: TEXT,
	email_bcc: TEXT,
	email_send: { type: 'boolean' },
	event_name: { type: 'string', minLength: 1 },
};

/** Statuses of an event at MRI, and of any event that is updated. */
export const EVENT_STATUS: Schema = { type: 'string', enum: ['COMPLETED', 'OPEN', 'REVIEW', 'DENIED'] };

/** The fields of an update, the same for every kind. */
export const UPDATE_FIELDS: Readonly<Record<string, Schema>> = {
	event_datetime: DATE_TIME,
	event_type_id: TEXT,
	employee_id: TEXT,
	status: EVENT_STATUS,
	notes: TEXT,
};

/** A date with or without a time of day. */
const DATE_OR_DATE_TIME: Schema = { anyOf: [{ type: 'string', format: 'date' }, DATE_TIME] };

/** A note: the only event that RealPage takes of applicants and residents. */
export const REALPAGE_NOTE: PmsRule = {
	required: ['event_type_id', 'notes'],
	optional: [],
	tellsRecordId: false,
};

/** What MRI takes of an event, whether new or changed. */
export const MRI_EVENT: PmsRule = {
	required: ['event_type_id', 'event_datetime'],
	optional: ['employee_id', 'status', 'notes'],
	values: { event_datetime: DATE_OR_DATE_TIME },
	tellsRecordId: true,
};

/** The rules for updates: only MRI has a page for them, so the other PMSs of the list take none. */
export const onlyMri = (create: PmsRules): PmsRules => ({
	...Object.fromEntries(Object.keys(create).map((vendor) => [vendor, 'unsupported' as const])),
	MRI: MRI_EVENT,
});
