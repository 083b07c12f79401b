import type { Emulator } from '../../../../emulator/index.ts';

/*
 * What propexo-new-caller.json takes, whatever n8n runs it.
 */

export const FILE = 'propexo-new-caller.json';

/** A call of somebody whom nobody knows, as a phone system posts it. */
export const CALL = {
	call_id: 'call-1',
	integration_id: 'int_any',
	property: 'Maple Court',
	first_name: 'Nathan',
	last_name: 'Smith',
	email: 'nathan.smith@example.com',
	phone: '(512) 555-0142',
	from: '+1 512 555 0142',
	to: '+1 512 555 0199',
	status: 'ANSWER',
	seconds: 184,
	recording: 'https://phone.example.com/recordings/1.mp3',
	at: '2026-03-01T14:30:00-06:00',
	notes: 'Asked for parking',
	agent: 'Jordan Smith',
};

/** Without any of them nobody is found or added. */
export const OF_CALLER = ['integration_id', 'property', 'phone'];
/** Without any of them no call is logged. */
export const OF_CALL = ['call_id', 'from', 'to', 'status', 'seconds', 'recording', 'at'];
/** What may be left empty of the caller, and of the call. */
export const FREE_OF_CALLER = ['first_name', 'last_name', 'email', 'source'];
export const FREE_OF_CALL = ['notes', 'agent', 'event_type'];

/** What Propexo holds of the property of the calls. */
export const PLACE = { integration_id: 'int_any', property_id: 'prop_court' };

/** Adds that property. */
export function addProperty({ propexo: { data } }: Emulator): void {
	data.properties.add({
		...data.properties.get('prop_1')!,
		...PLACE,
		id: PLACE.property_id,
		name: CALL.property,
	});
}
