import type { IHookFunctions, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Get } from '../../shared/find/get';
import { entriesOf, textOf } from '../../shared/json/text';
import { fillOptions } from '../../shared/read/pickers';
import { collect } from '../../shared/read/pages';
import { propexo } from '../api';
import { vendorName } from '../pms';
import { pagesOf } from '../records/paging';
import { integration, NO_INTEGRATIONS } from '../records/places';
import { pluralOf } from '../records/record';

const NONE = { plural: pluralOf(integration), advice: NO_INTEGRATIONS };

/** All integrations, by name and PMS. Source: GET /v1/admin/integrations/ of Propexo's OpenAPI file. */
export async function listIntegrations(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const found = await fillOptions(this, propexo, NONE, async (get) => {
		const rows = await collect(pagesOf(get, integration.path, {}));
		return rows.map(({ id, name, vendor }) => ({
			name: [name ?? id, vendor && `(${vendorName(vendor)})`].filter(Boolean).join(' '),
			value: textOf(id),
		}));
	});
	return found.sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * If Propexo does not list them just now, the trigger is switched on all the same: what is chosen is most often right.
 *
 * @throws NodeOperationError when Propexo has none of the chosen integrations, so that nothing would ever start the workflow
 */
export async function expectIntegrations(ctx: IHookFunctions, get: Get): Promise<void> {
	const chosen = entriesOf(ctx.getNodeParameter('integrationIds', []));
	if (chosen.length === 0) return;
	const rows = await collect(pagesOf(get, integration.path, {})).catch(() => undefined);
	if (!rows || rows.some(({ id }) => chosen.includes(textOf(id)))) return;
	/**
	 * @example Propexo has no integration with the ID int_0
	 * @cause None of the integrations that the trigger waits for exists in the account of the credential.
	 * @cure Choose them from the list, and check that the credential is that of the same account.
	 */
	throw new NodeOperationError(
		ctx.getNode(),
		`Propexo has no integration with the ID ${chosen.join(' or ')}`,
		{
			description:
				"Choose from the list of 'Integration Names or IDs', or check the credential, then publish the workflow again.",
		},
	);
}
