import type { IDataObject } from 'n8n-workflow';

/*
 * What a call-based workflow of HubSpot posts: properties of the call, each under its own name, with values of ours.
 * - Properties, outcomes and statuses: https://developers.hubspot.com/docs/api/crm/calls
 * - The action, what it repeats and how it signs in:
 *   https://knowledge.hubspot.com/workflows/how-do-i-use-webhooks-with-hubspot-workflows and
 *   https://developers.hubspot.com/docs/methods/workflows/webhook_information
 */

export const FILE = 'propexo-hubspot-calls.json';

/** HubSpot's IDs of the outcomes that every account begins with. */
export const OUTCOMES = {
	busy: '9d9162e7-6cf3-4944-bf63-4dff82258764',
	connected: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
	leftLiveMessage: 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff',
	leftVoicemail: 'b2cf5968-551e-4856-9783-52b3da59a7d0',
	noAnswer: '73a0d17f-1163-4015-bdd5-ec830791da20',
	wrongNumber: '17b47fee-58de-441e-a44c-c6300d46f273',
	/** One that an account has made itself. */
	own: '2e7360c1-6b71-40e9-ab2b-30ae98a4678c',
};

/** A call that came in and was answered. Durations are in milliseconds. */
export const CONNECTED: IDataObject = {
	hs_object_id: 46041760274,
	hs_timestamp: Date.parse('2026-03-01T14:30:00-06:00'),
	hs_call_direction: 'INBOUND',
	hs_call_from_number: '+15125550161',
	hs_call_to_number: '+15125550199',
	hs_call_duration: '184000',
	hs_call_status: 'COMPLETED',
	hs_call_disposition: OUTCOMES.connected,
	hs_call_has_voicemail: null,
	hs_call_recording_url: 'https://phone.example.com/recordings/1.mp3',
	hs_call_body: '<p>Asked for&nbsp;<strong>parking</strong></p>',
};

/** A call with an ID of its own. */
export const callOf = (id: number, more: IDataObject = {}): IDataObject => ({
	...CONNECTED,
	hs_object_id: id,
	...more,
});

export const OUTGOING = {
	...{ hs_call_direction: 'OUTBOUND', hs_call_from_number: '+15125550199' },
	...{ hs_call_to_number: '+15125550161' },
};

/** Without any of them no call is logged. */
export const NEEDED = [
	...['hs_object_id', 'hs_timestamp', 'hs_call_direction', 'hs_call_from_number', 'hs_call_to_number'],
	'hs_call_duration',
];
/** What may be empty. */
export const FREE = ['hs_call_body', 'hs_call_recording_url'];
