import type { IDataObject } from 'n8n-workflow';

import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, NOTES } from '../../support/deliver/driven.ts';
import { byId } from '../../support/locator.ts';
import { leadEvent } from './run.ts';

/** *Lead Event: Create*. */
export const driven: Driven = {
	service: 'propexo',
	title: 'Propexo',
	emulated: ({ propexo }) => propexo,
	run: leadEvent,
	parameters: (options, notes = NOTES) => ({
		leadId: byId("={{ $json.person && 'lead_' + $json.person }}"),
		notes,
		options,
	}),
	person: { field: 'leadId', first: 'lead_1' },
	idIn: ({ job_id }) => String(job_id),
	listPath: '/v1/admin/logs/writes/',
	listing: (rows, more = false) => ({
		results: {
			logs: [
				...rows.map(({ id, index, at }) => ({
					job_id: `job_${id}`,
					created_at: new Date(at).toISOString(),
					status: 'SUCCESS',
					parameters: {
						integration_id: 'int_any',
						lead_id: `lead_${itemAt(index).person}`,
						notes: itemAt(index).notes,
					} as IDataObject,
				})),
				// A page is the last one unless it is full.
				...Array.from({ length: more ? 100 - rows.length : 0 }, (_, other) => ({
					job_id: `other_${other}`,
					created_at: new Date().toISOString(),
					parameters: { integration_id: 'int_any', notes: `Another, ${other}` } as IDataObject,
				})),
			],
		},
	}),
	at: (baseUrl) => ({ credentials: { propexoApi: { environment: 'custom', baseUrl, token: 'x' } } }),
};
