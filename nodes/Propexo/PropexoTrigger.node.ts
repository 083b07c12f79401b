import type {
	IHookFunctions,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { POST_WEBHOOK } from '../shared/webhook/incoming';
import { EVENTS, MODELS, RECORD_EVENTS } from './trigger/events';
import { listIntegrations } from './trigger/integrations';
import { receivePropexo } from './trigger/receive';
import { deregister, isRegistered, register } from './trigger/registration';

export class PropexoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Propexo Trigger',
		name: 'propexoTrigger',
		icon: { light: 'file:propexo.svg', dark: 'file:propexo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["triggers"]].flat().join(", ").toLowerCase().replaceAll("_", " ") }}',
		// n8n's list of nodes merges this node with Propexo and shows this text for both.
		description:
			'Record leasing events in the PMS, or start the workflow when a write fails or a sync finds something new',
		eventTriggerDescription: 'Waiting for Propexo to tell of an event',
		defaults: { name: 'Propexo Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'propexoApi', required: true }],
		webhooks: [{ ...POST_WEBHOOK }],
		properties: [
			{
				displayName: 'Events',
				name: 'triggers',
				type: 'multiOptions',
				required: true,
				options: EVENTS,
				default: ['WRITE_OPERATION_FAILURE'],
				description:
					'What starts the workflow. Propexo tells of no write that succeeded: for that, wait for the result in the Propexo node.',
			},
			{
				displayName: 'Model',
				name: 'model',
				type: 'options',
				options: MODELS,
				default: 'events',
				description: 'Which records to hear of when one is created or updated',
				displayOptions: { show: { triggers: RECORD_EVENTS } },
			},
			{
				displayName: 'Integration Names or IDs',
				name: 'integrationIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'listIntegrations' },
				default: [],
				description:
					'Only events of these integrations start the workflow; all, if none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
	};

	methods = {
		loadOptions: {
			async listIntegrations(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await listIntegrations(this);
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePropexo(this);
	}
}
