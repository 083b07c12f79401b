import type { IDataObject } from 'n8n-workflow';

/*
 * What Twilio posts while a call goes on and when it ends (application/x-www-form-urlencoded), with values of ours.
 * - Fields: https://www.twilio.com/docs/voice/twiml#request-parameters and
 *   https://www.twilio.com/docs/voice/api/call-resource#statuscallback
 * - Statuses: https://www.twilio.com/docs/voice/api/call-resource#call-status-values
 * - User and password in the URL: https://www.twilio.com/docs/usage/security#http-authentication
 * - What is repeated: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */

export const FILE = 'propexo-twilio-calls.json';

const OFFICE = '+15125550199';

/** The end of a call that came in. All values are texts. */
const COMPLETED = {
	AccountSid: 'AC00000000000000000000000000000001',
	ApiVersion: '2010-04-01',
	CallSid: 'CA00000000000000000000000000000001',
	Direction: 'inbound',
	From: '+15125550161',
	Caller: '+15125550161',
	FromCity: 'AUSTIN',
	FromState: 'TX',
	FromCountry: 'US',
	To: OFFICE,
	Called: OFFICE,
	CallStatus: 'completed',
	CallDuration: '184',
	Duration: '4',
	CallbackSource: 'call-progress-events',
	SequenceNumber: '3',
	Timestamp: 'Sun, 01 Mar 2026 20:33:04 +0000',
};

/** A call by the API, of which `To` is the renter. */
export const OUTGOING = {
	...{
		Direction: 'outbound-api',
		From: OFFICE,
		Caller: OFFICE,
		To: '+15125550161',
		Called: '+15125550161',
	},
};

/** How calls end that nobody answered. */
export const ENDS = ['busy', 'no-answer', 'failed', 'canceled'];
export const notAnswered = (CallStatus: string) => ({ CallStatus, CallDuration: '0', Duration: '0' });

/** What Twilio writes for callers who withhold their number: ANONYMOUS, RESTRICTED and others on a keypad. */
export const WITHHELD = ['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253', 'anonymous'];

/** Without any of them no call is logged. */
export const NEEDED = ['CallSid', 'Direction', 'From', 'To', 'CallStatus', 'CallDuration', 'Timestamp'];

/** A post with a CallSid of its own. */
export const postOf = (sid: string, more: IDataObject = {}): IDataObject => ({
	...COMPLETED,
	CallSid: `CA${sid}`,
	...more,
});
