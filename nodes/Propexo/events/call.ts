import type { Choice, Field } from '../../shared/fields/field';
import { choicesOf } from '../../shared/fields/choices';
import { textOf } from '../../shared/json/text';

/**
 * The values have the order of Propexo's schema; the names that users see are ours. `alsoTaken` are the words of other
 * systems for the same end of a call:
 * - Twilio: `CallStatus` of its status callbacks
 * - RingCentral: `result` and `reason` of the call log, as its SDKs list them
 * - Aircall: `missed_call_reason`, on its page "Missed Call Reasons in Smartflows"
 * - CallRail: its page "Call answer status"
 * - Vonage: `status` of the event webhook, on its page "Call Statuses"
 * - HubSpot: the outcomes of a call that every account begins with, by their names and by the IDs that its API and its
 *   webhooks give in their place (`hs_call_disposition`, on its page about the API of calls)
 *
 * Some words are left out: those of a call that has not ended (ringing, queued, in-progress), those that only say that it
 * ended (done, hang up), and those with two meanings: in RingCentral a wrong number cannot be reached, in HubSpot it belongs to
 * somebody else; rejected, declined and blocked may be the person's doing, the network's or that of a rule, and Vonage says
 * rejected of busy lines too; a timeout may be the person's or the network's.
 */
const callStatuses: Choice[] = choicesOf(
	{
		value: 'ABANDONED',
		// Twilio: hung up while it was ringing.
		alsoTaken: [
			'canceled',
			'cancelled',
			'abandoned call',
			'short_abandoned',
			'abandoned_in_ivr',
			'abandoned_in_classic',
		],
	},
	{
		name: 'Answered',
		value: 'ANSWER',
		alsoTaken: [
			'completed',
			'accepted',
			'connected',
			'call connected',
			'call accepted',
			'answered call',
			'left live message',
			'f240bbac-87c9-4f6e-bf70-924b57d47db7',
			'a4c4c377-d246-4b32-a13b-75a56a4cd0ff',
		],
	},
	{ value: 'BUSY', alsoTaken: ['line busy', '9d9162e7-6cf3-4944-bf63-4dff82258764'] },
	'DISCONNECTED',
	{
		value: 'FAILURE_TO_CONNECT',
		alsoTaken: ['failed', 'call failed', 'call failure', 'IP phone offline'],
	},
	{
		value: 'NO_ANSWER',
		alsoTaken: [
			'not answered',
			'unanswered',
			'missed',
			'missed call',
			'agents_did_not_answer',
			'no_available_agent',
			'out_of_opening_hours',
			'73a0d17f-1163-4015-bdd5-ec830791da20',
		],
	},
	{
		value: 'VOICEMAIL',
		alsoTaken: ['left voicemail', 'voicemail call', 'b2cf5968-551e-4856-9783-52b3da59a7d0'],
	},
);

/**
 * The remark about a call that another system says has ended without saying how.
 *
 * @cause A hint: _completed_ is sent as Answered, which it means in Twilio. In OpenPhone and HubSpot a call that a voicemail
 * took is completed too.
 * @cure Nothing, if your system says so only of answered calls. Else map what tells them apart, such as the voicemail of the call.
 */
const ifOnlyEnded = (raw: unknown): string | undefined =>
	/^completed$/i.test(textOf(raw).trim())
		? 'was completed, and is sent as Answered. If your system says that of voicemails too, map what tells them apart'
		: undefined;

/**
 * @cause A hint: a call that was answered takes no time. It was sent.
 * @cure Check both: nobody may have answered, or the duration comes from another field.
 */
const ANSWERED_FOR_NOTHING = "is 0, and 'Call Status' is Answered. Check both";

/** A longer call is told in a hint. Few leasing calls take so long, but a duration in milliseconds looks like one. */
const LONGEST_CALL_S = 3_600;

/** @noMessage It ends the message below, and that of a number that is too big. */
const IN_SECONDS =
	'It is in seconds; if your system gives milliseconds, divide by 1000, as in {{ $json.duration > 0 ? Math.round($json.duration / 1000) : $json.duration }}';

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
		hint: 'If the caller hides the number, send what the phone system says, such as anonymous',
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
		remark: (_value, _isFixed, raw) => ifOnlyEnded(raw),
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
		tooMuch: IN_SECONDS,
		remark: (value, _isFixed, _raw, before) => {
			if (Number(value) === 0 && before?.callStatus === 'ANSWER') return ANSWERED_FOR_NOTHING;
			return Number(value) > LONGEST_CALL_S
				? /**
					 * @cause A hint: a call of more than an hour is most likely one in milliseconds. It was sent.
					 * @cure Divide by 1000: `{{ $json.duration > 0 ? Math.round($json.duration / 1000) : $json.duration }}`.
					 */
					`is more than 1 hour. ${IN_SECONDS}`
				: undefined;
		},
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
		hint: 'Any address, such as that of the call in your phone system, or of a file (s3://…)',
		description: 'Where the recording of the call can be heard',
	},
];
