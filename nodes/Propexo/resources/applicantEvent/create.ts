import { createEvent } from '../../events/write';
import { agentName, eventStatus, noteType, rentAmount } from '../../events/fields';
import { applicant, application, leasingAgent } from '../../records/people';
import { recordField } from '../../records/field';
import { APPLICANT_EVENT_RULES } from '../../rules/events';

/** One event of one applicant. */
export const create = createEvent({
	person: applicant,
	pms: APPLICANT_EVENT_RULES,
	// Source: `employee_id` of its schema, "Must have a role of LEASING_AGENT".
	leasingAgent: true,
	own: [recordField(application), recordField(leasingAgent), eventStatus, noteType, agentName, rentAmount],
});
