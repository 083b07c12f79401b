import type { IDataObject } from 'n8n-workflow';

import type { Services } from '../../support/services.ts';

/** An integration whose PMS takes a note and nothing else that is required. */
export const INTEGRATION = 'int_rentmanager_1';

/** Leads of that integration, as the emulator made them. */
export const leadsIn = ({ emulator }: Services) =>
	emulator.propexo.data.leads.rows.filter(({ integration_id }) => integration_id === INTEGRATION);

/** The first lead of that integration. */
function firstLead(services: Services) {
	const [first] = leadsIn(services);
	if (!first) throw new Error('The emulator has no lead of the integration');
	return first;
}

/** A copy of a lead with another ID, PMS ID and email address, and with something else about it. */
const leadLike = <T extends object>(lead: T, id: string, other: IDataObject): T => ({
	...lead,
	id,
	x_id: `X-${id}`,
	email_1: `${id}@example.com`,
	phone_1: null,
	...other,
});

/** Adds a lead to that integration, as a copy of its first one with something else about it. */
export const addLead = (services: Services, id: string, other: IDataObject = {}) =>
	services.emulator.propexo.data.leads.add(leadLike(firstLead(services), id, other));

/**
 * Replaces all leads by so many of that integration: its first one, then `lead_n1`, `lead_n2` …
 *
 * @param other what else is said of the lead with a number
 */
export function replaceLeads(
	services: Services,
	count: number,
	other: (number: number) => IDataObject,
): void {
	const first = firstLead(services);
	const others = Array.from({ length: count - 1 }, (_, row) =>
		leadLike(first, `lead_n${row + 1}`, other(row + 1)),
	);
	services.emulator.propexo.data.leads.replace([first, ...others]);
}

/** The requests that look for records of a kind, by the end of the path. */
export const lookUps = ({ emulator }: Services, path = '/v1/leads/') =>
	emulator.propexo.ledger.requests.filter((request) => request.method === 'GET' && request.path === path);

/** The leads that events were created for. */
export const recipients = ({ emulator }: Services) =>
	emulator.propexo.ledger.created.map(({ body }) => (body as IDataObject).lead_id);
