import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { nodeProperties, runOperation } from '../shared/operation';
import { pickers } from './records/pickers';
import { resources } from './resources';

export class Propexo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Propexo',
		name: 'propexo',
		icon: { light: 'file:propexo.svg', dark: 'file:propexo.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Record leasing events in the property management system through Propexo',
		builderHint: {
			searchHint:
				'Records calls, emails, tours and other events of leads, applicants and residents in Entrata, Yardi, RealPage, ResMan, MRI or Rent Manager, adds and finds leads, and books appointments. Give it all items at once, without a loop, Wait node or retry: it keeps rate limit and order itself.',
		},
		defaults: { name: 'Propexo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'propexoApi', required: true }],
		properties: nodeProperties(resources),
	};

	methods = { listSearch: pickers };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, resources);
	}
}
