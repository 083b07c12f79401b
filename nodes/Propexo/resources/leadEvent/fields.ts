import type { Choice, Field, FieldCollection } from '../../../shared/fields/field';
import { eventResult, eventSubType, eventType, leadSource } from '../../records/events';
import { employee, lead } from '../../records/people';
import { integration, unit } from '../../records/places';
import { recordField } from '../../records/record';

/*
 * The fields of POST /v1/events/leads. Names, limits and conditions: Propexo's reference page "Create event for a
 * lead" and the schema `_v1_events_leads_post_input` of its OpenAPI file.
 */

const KIND_CALL = { eventKind: ['call'] };
const KIND_EMAIL = { eventKind: ['email'] };
const KIND_VISIT = { eventKind: ['appointment', 'show'] };

/**
 * The values in the order of Propexo's schema, the names for people are ours. `alsoTaken` are the words that phone systems
 * have for the same end of a call: `CallStatus` of Twilio; `result` of RingCentral's call log; `status` and
 * `missed_call_reason` of Aircall; the calls page of CallRail. What is not the end of a call (ringing, queued), or says
 * only that it ended (done), is none of them.
 */
const callStatuses: Choice[] = [
	{
		name: 'Abandoned',
		value: 'ABANDONED',
		// Twilio: hung up while it was ringing.
		alsoTaken: ['canceled', 'cancelled', 'short_abandoned', 'abandoned_in_ivr', 'abandoned_in_classic'],
	},
	{
		name: 'Answered',
		value: 'ANSWER',
		alsoTaken: ['completed', 'in-progress', 'accepted', 'connected', 'call connected', 'answered call'],
	},
	{ name: 'Busy', value: 'BUSY', alsoTaken: ['line busy'] },
	{ name: 'Disconnected', value: 'DISCONNECTED' },
	{
		name: 'Failure to Connect',
		value: 'FAILURE_TO_CONNECT',
		alsoTaken: ['failed', 'call failed', 'call failure', 'wrong number', 'IP phone offline'],
	},
	{
		name: 'No Answer',
		value: 'NO_ANSWER',
		alsoTaken: [
			'not answered',
			'missed',
			'missed call',
			'agents_did_not_answer',
			'no_available_agent',
			'out_of_opening_hours',
		],
	},
	{ name: 'Voicemail', value: 'VOICEMAIL', alsoTaken: ['voice mail', 'left voicemail'] },
];

/** A leasing call is over by then, and phone systems that count milliseconds give a thousand times as much. */
const LONGEST_CALL_S = 4 * 3_600;

const ofRpx = 'RealPage Exchange';
const ofMri = 'MRI';

/** The values of two PMSs; the generic schema lists those of the first alone. */
const statuses = [
	{ name: 'Active', value: 'ACTIVE', description: ofRpx },
	{ name: 'Completed', value: 'COMPLETED', description: ofMri },
	{ name: 'Denied', value: 'DENIED', description: ofMri },
	{ name: 'Future', value: 'FUTURE', description: ofRpx },
	{ name: 'Leased', value: 'LEASED', description: ofRpx },
	{ name: 'Lost', value: 'LOST', description: ofRpx },
	{ name: 'Open', value: 'OPEN', description: ofMri },
	{ name: 'Review', value: 'REVIEW', description: ofMri },
	{ name: 'Unqualified', value: 'UNQUALIFIED', description: ofRpx },
];

export const leadEventFields: Field[] = [
	recordField(integration, { required: true }),
	recordField(lead, { required: true }),
	{
		name: 'eventKind',
		label: 'Event Kind',
		kind: 'choice',
		default: 'general',
		local: true,
		required: true,
		options: [
			{ name: 'Appointment', value: 'appointment', description: 'A visit that was agreed on' },
			{ name: 'Call', value: 'call', description: 'A phone call with the lead' },
			{ name: 'Email', value: 'email', description: 'A message from or to the lead' },
			{ name: 'General', value: 'general', description: 'Anything else, such as a note or a chat' },
			{ name: 'Show', value: 'show', description: 'A tour of a unit' },
		],
		description: 'What happened; it decides which fields are shown',
	},
	{
		name: 'eventName',
		label: 'Event Name',
		kind: 'text',
		searchMethod: 'searchEventNames',
		placeholder: 'e.g. CallFromProspect',
		description:
			'The name of the event in the terms of the PMS. The list holds the names that the PMS of the integration takes; any other text can be given too.',
	},
	recordField(eventType),
	{
		name: 'eventDatetime',
		label: 'Event Date and Time',
		kind: 'dateTime',
		description:
			"When it happened. Without an offset it is a time of the workflow's time zone, or of the option Time Zone.",
	},
	{
		name: 'notes',
		label: 'Notes',
		kind: 'text',
		rows: 3,
		maxLength: 256,
		placeholder: 'e.g. Asked for a two-bedroom with parking',
		description: 'What the leasing team should know, in up to 256 characters',
	},
	{
		name: 'callPhoneNumberFrom',
		label: 'Caller Phone Number',
		kind: 'phone',
		shownFor: KIND_CALL,
		required: true,
		placeholder: 'e.g. +1 512 555 0100',
		hint: 'Any text is taken: of a caller who withholds the number, send what the phone system says, such as anonymous',
		description: 'The number the call was made from',
	},
	{
		name: 'callPhoneNumberTo',
		label: 'Called Phone Number',
		kind: 'phone',
		shownFor: KIND_CALL,
		required: true,
		placeholder: 'e.g. +1 512 555 0199',
		description: 'The number the call was received on',
	},
	{
		name: 'callStatus',
		label: 'Call Status',
		kind: 'choice',
		options: callStatuses,
		shownFor: KIND_CALL,
		required: true,
		description: 'How the call ended',
	},
	{
		name: 'callDuration',
		label: 'Call Duration (Seconds)',
		kind: 'wholeNumber',
		min: 0,
		max: 86_400,
		shownFor: KIND_CALL,
		required: true,
		remark: (value) =>
			Number(value) > LONGEST_CALL_S
				? 'is more than 4 hours. It is in seconds: of milliseconds, send a thousandth, as in {{ Math.round($json.duration / 1000) }}'
				: undefined,
		description: 'How long the call took, in seconds',
	},
	{
		name: 'callAudioLink',
		label: 'Call Audio Link',
		kind: 'url',
		shownFor: KIND_CALL,
		required: true,
		placeholder: 'e.g. https://example.com/calls/123.mp3',
		hint: 'Propexo requires an address with every call. Any address is taken, such as that of the call in your phone system, or of a file (s3://…).',
		description: 'Where the recording of the call can be heard',
	},
	{
		name: 'emailDirection',
		label: 'Email Direction',
		kind: 'choice',
		default: 'outgoing',
		local: true,
		options: [
			{
				name: 'Incoming',
				value: 'incoming',
				description: 'The lead wrote it',
				alsoTaken: ['inbound', 'received'],
			},
			{
				name: 'Outgoing',
				value: 'outgoing',
				description: 'It was written to the lead',
				alsoTaken: ['outbound', 'sent'],
			},
		],
		shownFor: KIND_EMAIL,
		required: true,
		description: 'Who wrote to whom',
	},
	{
		name: 'emailFrom',
		label: 'Email From',
		kind: 'email',
		shownFor: KIND_EMAIL,
		required: { emailDirection: ['outgoing'] },
		placeholder: 'e.g. leasing@example.com',
		description: 'The address it was sent from',
	},
	{
		name: 'emailTo',
		label: 'Email To',
		kind: 'email',
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. nathan@example.com',
		hint: "Propexo refuses any address but the lead's own primary one here",
		description: 'The address it was sent to',
	},
	{
		name: 'emailSubject',
		label: 'Email Subject',
		kind: 'text',
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. Your tour on Saturday',
		description: 'The subject line of the message',
	},
	{
		name: 'emailBody',
		label: 'Email Body',
		kind: 'text',
		rows: 5,
		shownFor: KIND_EMAIL,
		description: 'The text of the message',
	},
	{
		name: 'emailCc',
		label: 'Email CC',
		kind: 'email',
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. manager@example.com',
		description: 'Who got a copy; the API takes one address',
	},
	{
		name: 'emailBcc',
		label: 'Email BCC',
		kind: 'email',
		shownFor: KIND_EMAIL,
		placeholder: 'e.g. archive@example.com',
		description: 'Who got a blind copy; the API takes one address',
	},
	{
		name: 'emailSend',
		label: 'Send Email',
		kind: 'boolean',
		shownFor: KIND_EMAIL,
		hint: 'Turned on, the PMS sends a real email to the lead',
		description: 'Whether the PMS should send the message, rather than only keep a record of it',
	},
	{
		name: 'appointmentDatetime',
		label: 'Appointment Date and Time',
		kind: 'dateTime',
		shownFor: KIND_VISIT,
		description:
			"When the visit takes place. Without an offset it is a time of the workflow's time zone, or of the option Time Zone.",
	},
	{
		name: 'timeFrom',
		label: 'Time From',
		kind: 'timeOfDay',
		dayOf: 'appointmentDatetime',
		isStart: true,
		shownFor: KIND_VISIT,
		placeholder: 'e.g. 14:30 or 2:30 PM',
		description:
			"When the visit begins. Without an offset it is a time of the workflow's time zone, or of the option Time Zone.",
	},
	{
		name: 'timeTo',
		label: 'Time To',
		kind: 'timeOfDay',
		dayOf: 'appointmentDatetime',
		shownFor: KIND_VISIT,
		placeholder: 'e.g. 15:00 or 3:00 PM',
		description:
			"When the visit ends. Without an offset it is a time of the workflow's time zone, or of the option Time Zone.",
	},
	recordField(unit, { shownFor: KIND_VISIT, description: 'The unit that is shown' }),
];

export const additionalFields: FieldCollection = {
	name: 'additionalFields',
	label: 'Additional Fields',
	placeholder: 'Add Field',
	empty: 'leftOut',
	fields: [
		recordField(eventResult),
		recordField(eventSubType),
		recordField(employee),
		recordField(unit, { shownFor: { eventKind: ['general', 'call', 'email'] } }),
		{
			name: 'reasonsForEvent',
			label: 'Reasons for Event',
			kind: 'text',
			placeholder: 'e.g. Follow-up on the tour',
			description: 'Why it took place',
		},
		{
			name: 'title',
			label: 'Title',
			kind: 'text',
			placeholder: 'e.g. Second tour',
			description: 'A short heading for it',
		},
		{
			name: 'status',
			label: 'Status',
			kind: 'choice',
			options: statuses,
			default: 'ACTIVE',
			description: 'How far it is, in MRI; where the lead stands with it, in RealPage Exchange',
		},
		recordField(leadSource),
		{
			name: 'agentName',
			label: 'Agent Name',
			kind: 'text',
			placeholder: 'e.g. Jordan Smith',
			description: 'The leasing agent it belongs to. Yardi requires one.',
		},
		{
			name: 'callRecordingUrl',
			label: 'Call Recording URL',
			kind: 'url',
			placeholder: 'e.g. https://example.com/recordings/123.mp3',
			description: 'Where the recording is kept, for RealPage Exchange',
		},
		{
			name: 'rentAmountInCents',
			label: 'Rent Amount (Cents)',
			kind: 'number',
			min: 0,
			description: 'The monthly rent in cents. Required for the event LeaseSign.',
		},
	],
};
