import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { POST_WEBHOOK, TRIGGER_VERSION } from '../shared/webhook/incoming';
import { triggerProperties } from './trigger/fields';
import { listIntegrations } from './trigger/integrations';
import { receivePropexo } from './trigger/receive';
import { deregister, isRegistered, register } from './trigger/registration';

export class PropexoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Propexo Trigger',
		name: 'propexoTrigger',
		icon: { light: 'file:propexo.svg', dark: 'file:propexo.dark.svg' },
		group: ['trigger'],
		version: TRIGGER_VERSION,
		subtitle:
			'={{ [$parameter["triggers"]].flat().join(", ").replace("DATA_NEW", "RECORD_CREATED").replace("DATA_UPDATE", "RECORD_UPDATED").toLowerCase().replaceAll("_", " ") }}',
		// n8n's list of nodes merges this node with Propexo and shows this text for both.
		description:
			'Record leasing events in the PMS, or start the workflow when a write fails or a sync finds something new',
		eventTriggerDescription: 'Waiting for Propexo to tell of an event',
		builderHint: {
			searchHint:
				'Starts the workflow when a write to the PMS fails, or when a sync ends or finds a new or changed record. It registers its webhook and drops repeated deliveries.',
		},
		defaults: { name: 'Propexo Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'propexoApi', required: true }],
		webhooks: [{ ...POST_WEBHOOK }],
		properties: triggerProperties,
	};

	methods = { loadOptions: { listIntegrations } };

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
