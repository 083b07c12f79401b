import type { Choice, Field } from '../../shared/fields/field';

/**
 * The values have the order of Propexo's schema; the names that users see are ours. `alsoTaken` are the words of other
 * systems for the same end of a call:
 * - Twilio: `CallStatus` of its status callbacks
 * - RingCentral: `result` and `reason` of the call log, as its SDKs list them
 * - Aircall: `missed_call_reason`, on its page "Missed Call Reasons in Smartflows"
 * - CallRail: its page "Call answer status"
 * - HubSpot: the outcomes of a call that every account begins with
 *
 * Some words are left out: those of a call that has not ended (ringing, queued), those that only say that it ended
 * (done), and those with two meanings: in RingCentral a wrong number cannot be reached, in HubSpot it belongs to
 * somebody else.
 */
const callStatuses: Choice[] = [
	{
		name: 'Abandoned',
		value: 'ABANDONED',
		// Twilio: hung up while it was ringing.
		alsoTaken: [
			...['canceled', 'cancelled', 'abandoned call'],
			...['short_abandoned', 'abandoned_in_ivr', 'abandoned_in_classic'],
		],
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
		alsoTaken: ['failed', 'call failed', 'call failure', 'IP phone offline'],
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
	{ name: 'Voicemail', value: 'VOICEMAIL', alsoTaken: ['left voicemail', 'voicemail call'] },
];

/** A longer call is told in a hint. No leasing call takes so long, but a duration in milliseconds looks like one. */
const LONGEST_CALL_S = 4 * 3_600;

const KIND_CALL = { eventKind: ['call'] };

/** "Required for call event types", all of them. */
export const callFields: Field[] = [
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
				? 'is more than 4 hours. It is in seconds; if your system gives milliseconds, divide by 1000, as in {{ Math.round($json.duration / 1000) }}'
				: undefined,
		placeholder: 'e.g. 95',
		hint: '0 for a call that nobody answered',
		description: 'How long the call took, in seconds',
	},
	{
		name: 'callAudioLink',
		label: 'Call Audio Link',
		kind: 'url',
		shownFor: KIND_CALL,
		required: true,
		placeholder: 'e.g. https://example.com/calls/123.mp3',
		hint: 'Propexo requires one: any address, such as that of the call in your phone system, or of a file (s3://…)',
		description: 'Where the recording of the call can be heard',
	},
];
