import type { IDataObject } from 'n8n-workflow';

/*
 * What CallRail posts about a call that has ended, in the fields that it documents, with values of ours.
 * - Fields: https://apidocs.callrail.com/#webhooks (Post-Call, Outbound Post Call, Call Modified) and the call object at
 *   https://apidocs.callrail.com/#retrieving-a-single-call
 * - What comes before the end of a call: https://support.callrail.com/hc/en-us/articles/5711246459149-Webhooks
 * - `resource_id` in place of `id`: https://support.callrail.com/hc/en-us/articles/4403032268557
 * - Signature: https://apidocs.callrail.com/#validating-payloads
 */

export const FILE = 'propexo-callrail-calls.json';

/** An answered call. Webhooks hold durations as texts, and empty texts for what there is not. */
export const ANSWERED: IDataObject = {
	resource_id: 'CAL019c1f0e7d5a4b6e8f3a2c9d4e5f6a7b',
	person_resource_id: 'PER019c1f0e7d5a4b6e8f3a2c9d4e5f6a7b',
	company_resource_id: 'COM019c1f0e7d5a4b6e8f3a2c9d4e5f6a7b',
	tracker_resource_id: 'TRK019c1f0e7d5a4b6e8f3a2c9d4e5f6a7b',
	company_name: 'Maple Court & Garden',
	company_time_zone: 'America/Chicago',
	direction: 'inbound',
	call_type: 'answered',
	formatted_call_type: 'Answered Call',
	answered: true,
	voicemail: false,
	first_call: false,
	spam: false,
	customer_name: 'WIRELESS CALLER',
	customer_phone_number: '+15125550161',
	customer_city: 'Austin',
	customer_state: 'TX',
	customer_country: 'US',
	tracking_phone_number: '+15125550198',
	business_phone_number: '+15125550199',
	source_name: 'Google Ads',
	created_at: '2026-03-01T14:30:00.252-06:00',
	start_time: '2026-03-01T14:30:00.236-06:00',
	timestamp: '2026-03-01T14:30:00.236-06:00',
	duration: '184',
	formatted_duration: '3m 4s',
	recording: 'https://app.callrail.com/calls/CAL019c/recording/redirect?access_key=aaaabbbbccccdddd',
	recording_duration: 180,
	timeline_url: 'https://app.callrail.com/analytics/a/1/events/PER019c?event_id=CAL019c&event_type=call',
	note: 'Asked for parking',
	transcription: '',
	tags: [],
	agent_email: '',
};

const notAnswered = {
	...{ answered: false, duration: '15', recording: '', recording_duration: '', note: '' },
};

/** What CallRail tells of the ends of calls, by what they are. */
export const CALLS: Record<string, IDataObject> = {
	answered: {},
	missed: { ...notAnswered, call_type: 'missed', formatted_call_type: 'Missed Call' },
	abandoned: { ...notAnswered, call_type: 'abandoned', formatted_call_type: 'Abandoned Call' },
	voicemail: {
		...notAnswered,
		...{ call_type: 'voicemail', formatted_call_type: 'Voicemail', voicemail: true },
		recording: 'https://app.callrail.com/calls/CAL019c/recording/redirect?access_key=aaaabbbbccccdddd',
		transcription: 'Please call me back about the two-bedroom',
	},
	// Outgoing calls have texts in place of true and false.
	'outgoing, answered': {
		...{ direction: 'outbound', call_type: 'outbound', formatted_call_type: 'Outbound Call' },
		...{ answered: 'true', first_call: 'false' },
	},
	'outgoing, not answered': {
		...{ ...notAnswered, direction: 'outbound', call_type: 'outbound' },
		...{ formatted_call_type: 'Outbound Call', answered: 'false', duration: '0' },
	},
};

/** A call of the kind, with an ID of its own. */
export const callOf = (kind: string, more: IDataObject = {}): IDataObject => ({
	...ANSWERED,
	...CALLS[kind],
	resource_id: `CAL ${kind}`,
	...more,
});

/** Without any of them no call is logged. */
export const NEEDED = [
	...[
		'resource_id',
		'customer_phone_number',
		'tracking_phone_number',
		'direction',
		'duration',
		'start_time',
	],
];
/** What may be empty. */
export const FREE = ['note', 'recording'];
