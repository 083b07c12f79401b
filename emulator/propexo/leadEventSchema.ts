import type { Schema } from '../server.ts';
import { DATE_TIME } from './errors.ts';

const TEXT: Schema = { type: 'string' };
const URL: Schema = { type: 'string', format: 'uri' };

/** Values of `call_status`. */
export const CALL_STATUSES = [
	'BUSY',
	'ABANDONED',
	'DISCONNECTED',
	'FAILURE_TO_CONNECT',
	'NO_ANSWER',
	'ANSWER',
	'VOICEMAIL',
];

/** Values of `status` on a lead event that is created. */
export const LEAD_EVENT_STATUSES = ['LEASED', 'LOST', 'UNQUALIFIED', 'ACTIVE', 'FUTURE'];

/**
 * The fields of "Create event for a lead". `event_name` is an open text here: the list that Propexo publishes for it
 * is that of one PMS (see vendors.ts).
 */
export const LEAD_EVENT_FIELDS: Record<string, Schema> = {
	integration_id: TEXT,
	lead_id: TEXT,
	event_type_id: TEXT,
	event_result_id: TEXT,
	event_sub_type_id: TEXT,
	employee_id: TEXT,
	unit_id: TEXT,
	event_datetime: DATE_TIME,
	reasons_for_event: TEXT,
	notes: { type: 'string', maxLength: 256 },
	appointment_datetime: DATE_TIME,
	time_from: TEXT,
	time_to: TEXT,
	title: TEXT,
	call_phone_number_from: TEXT,
	call_phone_number_to: TEXT,
	call_status: { type: 'string', enum: CALL_STATUSES },
	call_duration: { type: 'integer', minimum: 0, maximum: 86_400 },
	call_audio_link: URL,
	email_body: TEXT,
	email_subject: TEXT,
	email_from: TEXT,
	email_to: TEXT,
	email_cc: TEXT,
	email_bcc: TEXT,
	email_send: { type: 'boolean' },
	status: { type: 'string', enum: LEAD_EVENT_STATUSES },
	event_name: { type: 'string', minLength: 1 },
	call_recording_url: URL,
	lead_source_id: TEXT,
	agent_name: TEXT,
	rent_amount_in_cents: { type: 'number', minimum: 0 },
};

/** The five that a call event needs. */
export const CALL_FIELDS = [
	'call_phone_number_from',
	'call_phone_number_to',
	'call_status',
	'call_duration',
	'call_audio_link',
];

export const LEAD_EVENT_SCHEMA: Schema = {
	type: 'object',
	properties: LEAD_EVENT_FIELDS,
	required: ['integration_id'],
	additionalProperties: false,
};

/** Body of "Update a lead event" (only MRI is known to stand behind it). */
export const LEAD_EVENT_UPDATE_SCHEMA: Schema = {
	type: 'object',
	properties: {
		event_datetime: DATE_TIME,
		event_type_id: TEXT,
		employee_id: TEXT,
		status: { type: 'string', enum: ['COMPLETED', 'OPEN', 'REVIEW', 'DENIED'] },
		notes: TEXT,
	},
	additionalProperties: false,
};
