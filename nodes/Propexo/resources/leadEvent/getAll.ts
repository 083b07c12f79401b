import type { IDataObject } from 'n8n-workflow';

import { event } from '../../records/events';
import { lead } from '../../records/people';
import { getMany } from '../../records/reading';
import { recordField } from '../../records/field';

const named = (ids: unknown): boolean => Array.isArray(ids) && ids.length > 0;

/** Whether an event is a lead's; the API lists those of applicants and residents along with them. */
function isOfLead(row: IDataObject): boolean {
	const others = named(row.associated_applicant_ids) || named(row.associated_resident_ids);
	return named(row.associated_lead_ids) || !others;
}

/** GET /v1/events/ */
export const getAll = getMany(event, {
	noun: 'lead event',
	plural: 'lead events',
	description: 'List the events of a lead, a property or an integration',
	filters: [
		recordField(lead, {
			dependsOn: ['filters.integrationId'],
			description: 'The lead whose events are wanted',
		}),
	],
	keeps: (row, { lead_id }) => lead_id !== undefined || isOfLead(row),
});
