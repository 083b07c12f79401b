import type { INodeProperties, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { FIELDS } from '../events.ts';

const FIELD_PROPERTIES = FIELDS.map((name): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	routing: { send: { type: 'body', property: name } },
}));

/** *Lead Event: Create* written the declarative way: n8n builds and sends the requests from this description. */
export const declarativeTwin: INodeType = {
	description: {
		displayName: 'Declarative Twin',
		name: 'declarativeTwin',
		group: ['output'],
		version: 1,
		description: 'Creates lead events in Propexo',
		defaults: { name: 'Declarative Twin' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'propexoApi', required: true }],
		requestDefaults: { baseURL: '={{ $credentials.baseUrl }}' },
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Create',
						value: 'create',
						routing: { request: { method: 'POST', url: '/v1/events/leads' } },
					},
				],
				default: 'create',
			},
			...FIELD_PROPERTIES,
		],
	},
};
