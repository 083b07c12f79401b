import type { RecordField } from '../../../shared/fields/field';
import { createEvent } from '../../events/create';
import { agentName, eventStatus, noteType, rentAmount } from '../../events/fields';
import { APPLICANT_EVENT_RULES } from '../../pms';
import { applicant, leasingAgent } from '../../records/people';
import { recordField } from '../../records/field';

const application: RecordField = {
	name: 'applicationId',
	label: 'Application',
	kind: 'record',
	record: "an application's Propexo ID",
	placeholder: 'e.g. clwktsp9v000808l3c6x1m4zd',
	description:
		"Which application of the applicant it belongs to. 'Applicant: Get' lists them under applications when 'Simplify' is off. Entrata requires one.",
};

/** One event of one applicant. */
export const create = createEvent({
	person: applicant,
	description: 'Record a note, a call, an email, a tour or anything else that happened with an applicant',
	// No trailing slash, unlike the lists.
	path: '/v1/events/applicants',
	pms: APPLICANT_EVENT_RULES,
	// Source: `employee_id` of its schema, "Must have a role of LEASING_AGENT".
	leasingAgent: true,
	own: [application, recordField(leasingAgent), eventStatus, noteType, agentName, rentAmount],
});
