import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { textOf } from '../../shared/json/text';
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
