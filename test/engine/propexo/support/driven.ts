import type { IDataObject } from 'n8n-workflow';

import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, NOTES } from '../../support/deliver/driven.ts';
import { byId } from '../../support/locator.ts';
import type { DeclaredJob } from '../../../unit/propexo/support/jobWrites.ts';
import { EVENT_CREATIONS } from '../../../unit/propexo/support/jobWrites.ts';
import { run } from './run.ts';

/** The person that a creation is about, by the names of the parameter and of the API, and as IDs begin. */
export function personOf({ job }: DeclaredJob): { field: string; api: string; noun: string } {
	const [, field = ''] = job.about;
	const noun = field.replace(/Id$/, '');
	return { field, api: `${noun}_id`, noun };
}

function drivenBy(creation: DeclaredJob): Driven {
	const { resource, job } = creation;
	const { field, api, noun } = personOf(creation);
	return {
		service: 'propexo',
		title: `Propexo, ${resource}`,
		emulated: ({ propexo }) => propexo,
		run: async (services, parameters, settings) => {
			const whose = { integrationId: byId('int_any'), [field]: byId(`${noun}_1`) };
			return await run(services, resource, job.value, { ...whose, ...parameters }, settings);
		},
		parameters: (options, notes = NOTES) => ({
			[field]: byId(`={{ $json.person && '${noun}_' + $json.person }}`),
			notes,
			options,
		}),
		person: { field, first: `${noun}_1` },
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
							[api]: `${noun}_${itemAt(index).person}`,
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
}

const all = EVENT_CREATIONS.map(drivenBy);
const isLeads = ({ person }: Driven): boolean => person.field === 'leadId';

/** *Lead Event: Create*. */
export const driven = all.find(isLeads) as Driven;

/** The creations of the events of other people. */
export const otherEvents: Driven[] = all.filter((one) => !isLeads(one));
