import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { nodeProperties, runOperation } from '../shared/operation';
import { getUsers, searchProspects, searchUnits } from './records/pickers';
import { DOOR_CODES } from './records/units';
import { resources } from './resources';

export class RentEngine implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'RentEngine',
		name: 'rentEngine',
		icon: { light: 'file:rentEngine.svg', dark: 'file:rentEngine.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Assign prospects, record leasing events and plan showings in RentEngine',
		builderHint: {
			searchHint:
				'Assigns prospects to leasing agents (also round robin), records leasing events and plans showings. Give it all items at once: it keeps rate limit and order by itself, so add no loop, Wait node or retry.',
		},
		defaults: { name: 'RentEngine' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'rentEngineApi', required: true }],
		sensitiveOutputFields: DOOR_CODES,
		properties: nodeProperties(resources),
	};

	methods = {
		listSearch: { searchProspects, searchUnits },
		loadOptions: { getUsers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, resources);
	}
}
