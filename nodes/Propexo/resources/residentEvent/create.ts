import { createEvent } from '../../events/write';
import { eventStatus, notes, noteType } from '../../events/fields';
import { recordField } from '../../records/field';
import { leasingAgent, resident } from '../../records/people';
import { RESIDENT_EVENT_RULES } from '../../rules/events';

/** One event of one resident. */
export const create = createEvent({
	person: resident,
	pms: RESIDENT_EVENT_RULES,
	// Source: `employee_id` of its schema, "Must have a role of LEASING_AGENT".
	leasingAgent: true,
	own: [recordField(leasingAgent), eventStatus, noteType],
	notes,
});
