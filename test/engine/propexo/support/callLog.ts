/*
 * What propexo-call-log.json takes, whatever n8n runs it.
 */

export const FILE = 'propexo-call-log.json';

/** A call as a phone system posts it, of the lead with this number; the event type is one of Entrata's. */
export const CALL = {
	call_id: 'call-1',
	integration_id: 'int_entrata_1',
	event_type: 'Incoming Call',
	// That of lead_2, as the emulator begins.
	phone: '(404) 555-0000',
	from: '+1 512 555 0100',
	to: '+1 512 555 0199',
	status: 'ANSWER',
	seconds: 184,
	recording: 'https://phone.example.com/recordings/1.mp3',
	at: '2026-03-01T14:30:00-06:00',
	notes: 'Asked for parking',
	agent: 'Jordan Smith',
};

/** What a sender may leave empty. */
export const FREE = ['notes', 'agent'];
/** Without any of them no call is logged. */
export const NEEDED = Object.keys(CALL).filter((field) => !FREE.includes(field));
