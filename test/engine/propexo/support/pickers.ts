import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';

import { PropexoApi } from '../../../../credentials/PropexoApi.credentials';
import { Propexo } from '../../../../nodes/Propexo/Propexo.node';
import { createEditor } from '../../support/index.ts';
import { byId, useServices } from '../../support/services.ts';

/*
 * The lists of the editor, opened in a node with some parameters.
 */

/** The parameters of a node with an integration. */
export const entrata = { integrationId: byId('int_entrata_1') };
/** The same with a lead. */
export const withLead = { ...entrata, leadId: byId('lead_2') };

export const names = (list: INodeListSearchItems[]) => list.map(({ name }) => name);
export const values = (list: INodeListSearchItems[]) => list.map(({ value }) => value);

/** Starts the services for the tests of a file. */
export function usePickers() {
	const services = useServices({ counts: { leads: 1_000 } });
	const propexo = () => services.emulator.propexo;

	const editor = (parameters: IDataObject = {}, credentials: Record<string, string> = {}) =>
		createEditor(
			new Propexo(),
			[new PropexoApi()],
			{ propexoApi: { ...services.credentials.propexoApi, ...credentials } },
			{ resource: 'leadEvent', operation: 'create', ...parameters },
		);

	/** All portions of a list, as the editor loads them while the user scrolls. */
	async function allOf(method: string, parameters: IDataObject = {}, filter?: string) {
		const found: INodeListSearchItems[] = [];
		let token: string | undefined;
		do {
			const part = await editor(parameters).search(method, filter, token);
			found.push(...part.results);
			token = part.paginationToken;
		} while (token !== undefined);
		return found;
	}

	return {
		propexo,
		editor,
		allOf,
		requests: (path: string) => propexo().ledger.requests.filter((request) => request.path === path),
		/** What a list says that has nothing to offer: two entries that nobody can choose, each short enough to be seen. */
		async said(method: string, parameters: IDataObject = {}, filter?: string): Promise<string> {
			const found = await allOf(method, parameters, filter);
			expect(values(found)).toEqual([false, true]);
			return names(found).join('. ');
		},
		leadOf(id: string) {
			const lead = propexo().data.leads.get(id);
			if (!lead) throw new Error(`The emulator has no ${id}`);
			return lead;
		},
	};
}
