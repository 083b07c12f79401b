import type { IDataObject } from 'n8n-workflow';

import { byId, useNewServices } from '../../support/services.ts';
import type { Settings } from '../../support/services.ts';
import { leadEvent } from './run.ts';

/*
 * *Lead Event: Create* in the integrations of all PMSs.
 */

export const when = '2026-03-01T14:30:00-06:00';

/** Starts the services for each test, at a new address: what the process remembers of an integration must not reach the next test. */
export function useLeadEvents() {
	const services = useNewServices();
	const propexo = () => services.emulator.propexo;
	const requests = () => propexo().ledger.requests;
	return {
		services,
		propexo,
		sent: () => propexo().ledger.created.map(({ body }) => body as IDataObject),
		/** How often an integration was asked for. */
		asked: (id: string) =>
			requests().filter(({ path }) => path === `/v1/admin/integrations/${id}/`).length,
		posts: () => requests().filter(({ method }) => method === 'POST').length,
		/** Runs it in an integration, on its first lead. */
		create: async (integration: string, parameters: IDataObject, settings: Settings = {}) => {
			const lead = propexo().data.leads.rows.find(
				({ integration_id }) => integration_id === integration,
			);
			const whose = { integrationId: byId(integration), leadId: byId(lead?.id ?? 'lead_1') };
			return await leadEvent(services, { ...whose, ...parameters }, settings);
		},
	};
}
