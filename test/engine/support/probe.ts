import type {
	ICredentialType,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import type { ProcessedDataStore } from './processed-data.ts';

export type Execute = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

const description: INodeTypeDescription = {
	displayName: 'Probe',
	name: 'probe',
	group: ['transform'],
	version: 1,
	description: 'Does what a test says',
	defaults: { name: 'Probe' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'probeApi', required: false }],
	properties: [
		{ displayName: 'Text', name: 'text', type: 'string', default: '' },
		{ displayName: 'Must', name: 'must', type: 'string', default: 'given', required: true },
	],
};

export const probeApi: ICredentialType = {
	name: 'probeApi',
	displayName: 'Probe API',
	properties: [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1' },
		{ displayName: 'Token', name: 'token', type: 'string', default: '', typeOptions: { password: true } },
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	},
	test: { request: { baseURL: '={{$credentials.baseUrl}}', url: '/me' } },
};

/** An engine with one node, `probe`, whose work is written in the test that uses it. */
export function engineWith(work: Execute, processedData?: ProcessedDataStore): Engine {
	const probe: INodeType = {
		description,
		async execute(this: IExecuteFunctions) {
			return await work(this);
		},
	};
	return createEngine({ nodeTypes: [probe], credentialTypes: [probeApi], processedData });
}
