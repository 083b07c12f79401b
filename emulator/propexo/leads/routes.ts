import type { Route } from '../../server/route.ts';
import type { PropexoWorld } from '../world.ts';
import { writeRoute, type WriteEndpoint } from '../writes/endpoint.ts';
import { LEAD_UPDATE_FIELDS, NEW_LEAD_FIELDS } from './fields.ts';
import { eventsOfNewLead, writtenLead } from './record.ts';
import { addressIssues, CREATE, eventsIssues, REFERENCES, sourceRefusal, UPDATE } from './rules.ts';

/** `POST /v1/leads/`. */
export const LEAD_CREATION: WriteEndpoint = {
	method: 'POST',
	path: '/v1/leads/',
	doing: 'creating leads',
	fields: NEW_LEAD_FIELDS,
	required: ['integration_id'],
	named: [],
	rules: CREATE,
	references: REFERENCES,
	issues: eventsIssues,
	creates: 'lead',
	log: { category: 'leads', jobType: 'CREATE_LEAD', name: 'Create lead' },
	settle({ data }, job) {
		const lead = data.leads.add(writtenLead(data, job));
		for (const event of eventsOfNewLead(data, lead, job)) data.events.add(event);
	},
};

/** `PUT /v1/leads/{id}`. */
export const LEAD_UPDATE: WriteEndpoint = {
	method: 'PUT',
	path: '/v1/leads/:lead_id',
	doing: 'updating leads',
	fields: LEAD_UPDATE_FIELDS,
	required: [],
	named: [],
	rules: UPDATE,
	references: REFERENCES,
	changes: { what: 'Lead', find: ({ world, params }) => world.data.leads.get(params['lead_id'] ?? '') },
	issues: (checked) => [...addressIssues(checked), ...eventsIssues(checked)],
	refusal: sourceRefusal,
	creates: 'lead',
	log: { category: 'leads', jobType: 'UPDATE_LEAD', name: 'Update lead' },
	settle: ({ data }, job) => void data.leads.add(writtenLead(data, job)),
};

/** Creating and updating leads. */
export const leadRoutes: readonly Route<PropexoWorld>[] = [LEAD_CREATION, LEAD_UPDATE].map(writeRoute);
