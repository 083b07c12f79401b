import type { JsonObject } from '../types.ts';
import { CALL_FIELDS, LEAD_EVENT_FIELDS } from './leadEventSchema.ts';

/** What one PMS demands of a lead event. */
export interface VendorRule {
	required: string[];
	/** Every field it takes; any other is refused. */
	fields: ReadonlySet<string>;
	/** Event names it takes; none: any text. */
	eventNames?: readonly string[];
	/** Whether the write tells the ID of the record it made. */
	tellsRecordId: boolean;
	/** Lead events cannot be written at all. */
	readOnly?: boolean;
}

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

const ALL = Object.keys(LEAD_EVENT_FIELDS);

function rule(
	required: string[],
	optional: string[],
	tellsRecordId: boolean,
	eventNames?: readonly string[],
): VendorRule {
	const needed = ['integration_id', 'lead_id', ...required];
	const known: VendorRule = { required: needed, fields: new Set([...needed, ...optional]), tellsRecordId };
	return eventNames ? { ...known, eventNames } : known;
}

const YARDI = rule(
	['event_name', 'event_datetime', 'agent_name'],
	['unit_id', 'notes', 'rent_amount_in_cents'],
	false,
	YARDI_EVENT_NAMES,
);
const NO_WRITE: VendorRule = { required: [], fields: new Set(ALL), tellsRecordId: false, readOnly: true };

/**
 * Rules by vendor, from the vendor pages of Propexo's documents. Entrata's list of optional fields was only seen in
 * part, so it takes all of them here. A vendor that is not in this table takes what the generic schema takes.
 */
export const VENDOR_RULES: Readonly<Record<string, VendorRule>> = {
	YARDI,
	YARDI_REST: YARDI,
	ENTRATA: rule(['event_type_id', 'event_datetime'], ALL, false),
	REALPAGE: rule(['event_name'], ['event_datetime', 'notes'], true, REALPAGE_EVENT_NAMES),
	REALPAGE_RPX: rule(
		['employee_id', 'event_type_id', 'event_datetime'],
		['unit_id', 'status', 'notes', 'call_recording_url'],
		false,
	),
	RESMAN: rule(
		['event_name', 'event_datetime'],
		['lead_source_id', 'unit_id', 'notes', 'reasons_for_event'],
		true,
		RESMAN_EVENT_NAMES,
	),
	RENTMANAGER: rule(['event_name'], ['notes'], false, ['CALL', 'EMAIL', 'VISIT', 'NOTE']),
	PROPERTYWARE: rule(['notes', 'event_name'], ['event_datetime'], false),
	// MRI's own `status` values are not among those of the generic endpoint, so none can be sent through it.
	MRI: rule(['event_type_id', 'event_datetime'], ['employee_id', 'notes'], true),
	APPFOLIO: NO_WRITE,
	BUILDIUM: NO_WRITE,
};

/** What a PMS without an entry of its own takes: everything. */
export const OPEN_RULE: VendorRule = { required: [], fields: new Set(ALL), tellsRecordId: true };

const CALL_NAMES = new Set(['CallToProspect', 'CallFromProspect', 'Phone call', 'Phone', 'CALL']);

/** Whether the body means a call. */
export const isCall = (body: JsonObject): boolean =>
	CALL_NAMES.has(String(body['event_name'])) || CALL_FIELDS.some((field) => body[field] !== undefined);

/** Whether the body means an e-mail that goes out. */
export const isOutgoingEmail = (body: JsonObject): boolean =>
	body['event_name'] === 'EmailToProspect' || body['email_send'] === true;
