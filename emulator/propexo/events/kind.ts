import type { Schema } from '../../server/route.ts';
import { DATE_TIME } from '../errors.ts';
import type { PropexoData } from '../world.ts';

/** What one PMS takes of an event of a kind. */
export interface PmsRule {
	/** Besides the integration and the person. */
	required: readonly string[];
	/** `all`: every field of the generic schema. */
	optional: readonly string[] | 'all';
	/** Values of this PMS, instead of those of the generic schema. */
	values?: Record<string, Schema>;
	/** Whether the write tells the ID of the event that it made. */
	tellsRecordId: boolean;
	/** `employee_id` must name a leasing agent. */
	leasingAgentsOnly?: boolean;
}

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
	/** `employee_id` must name a leasing agent at every PMS, as the generic schema says. */
	leasingAgentsOnly?: boolean;
	/** Fields of a new event, as the generic schema has them. */
	fields: Record<string, Schema>;
	/** Per PMS, how a new event is written; `unsupported`: not at all. A PMS that is missing takes the generic schema. */
	create: Record<string, PmsRule | 'unsupported'>;
	/** The same for the update of an event. */
	update: Record<string, PmsRule | 'unsupported'>;
}

/** Where the records are kept that fields of an event refer to. */
export const REFERENCES: Readonly<Record<string, keyof PropexoData>> = {
	event_type_id: 'eventTypes',
	event_result_id: 'eventResults',
	event_sub_type_id: 'eventSubTypes',
	employee_id: 'employees',
	unit_id: 'units',
	lead_source_id: 'leadSources',
};

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
export const DATE_OR_DATE_TIME: Schema = { anyOf: [{ type: 'string', format: 'date' }, DATE_TIME] };
