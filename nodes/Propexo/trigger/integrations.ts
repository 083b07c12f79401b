import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { collect, fillList } from '../../shared/listing';
import { textOf } from '../../shared/text';
import { propexo } from '../api';
import { pagesOf } from '../records';
import { vendorName } from '../vendors';

/** All integrations, by name and PMS. Source: GET /v1/admin/integrations/ of Propexo's OpenAPI file. */
export async function listIntegrations(ctx: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await fillList(ctx, propexo, async (get) => {
		const rows = await collect(pagesOf(get, '/v1/admin/integrations/', {}), Infinity);
		return {
			results: rows.map(({ id, name, vendor }) => ({
				name: [name ?? id, vendor && `(${vendorName(vendor)})`].filter(Boolean).join(' '),
				value: textOf(id),
			})),
		};
	});
	return results.sort((a, b) => a.name.localeCompare(b.name));
}
