import type { IDataObject } from 'n8n-workflow';

import type { FieldCollection } from '../../../shared/fields/field';
import { readOperation } from '../../../shared/operation';
import { listingFields, simplifyField, wantedRows } from '../../../shared/read/listing';
import { propexo } from '../../api';
import { leadField } from '../../records/fields';
import { narrowedBy, pmsIdAlone, queryOf } from '../../records/filters';
import { newest } from '../../records/paging';
import { simpleEvent } from '../../records/simplify';

/** What a list of events can be narrowed by. Source: the query of GET /v1/events/. */
const filters: FieldCollection = {
	name: 'filters',
	label: 'Filters',
	placeholder: 'Add Filter',
	fields: [
		{
			...leadField,
			dependsOn: ['filters.integrationId'],
			description: 'The lead whose events are wanted',
		},
		...narrowedBy,
		{
			name: 'xId',
			api: 'x_id',
			label: 'PMS ID',
			kind: 'text',
			placeholder: 'e.g. 88120',
			description: 'The ID of the event in the PMS. It needs an integration too.',
		},
	],
};

const named = (ids: unknown): boolean => Array.isArray(ids) && ids.length > 0;

/** Whether an event is a lead's; the API lists those of applicants and residents along with them. */
function isOfLead(row: IDataObject): boolean {
	const others = named(row.associated_applicant_ids) || named(row.associated_resident_ids);
	return named(row.associated_lead_ids) || !others;
}

/** GET /v1/events/: events of leads, newest first. */
export const getAll = readOperation(
	{
		value: 'getAll',
		name: 'Get Many',
		action: 'Get many lead events',
		description: 'List the events of a lead, a property or an integration',
	},
	{
		service: propexo,
		noun: 'lead event',
		fields: [...listingFields, simplifyField],
		collections: [filters],
		check: pmsIdAlone,
		rows: async (get, item) => {
			const query = queryOf(item);
			const keeps = query.lead_id === undefined ? isOfLead : undefined;
			const events = await newest(get, '/v1/events/', query, wantedRows(item.values), keeps);
			return item.values.simplify === false ? events : events.map(simpleEvent);
		},
	},
);
