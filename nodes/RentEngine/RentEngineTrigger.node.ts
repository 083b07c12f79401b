import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { POST_WEBHOOK, TRIGGER_VERSION } from '../shared/webhook/incoming';
import { DOOR_CODES } from './records/units';
import { triggerProperties } from './trigger/fields';
import { isReady } from './trigger/ready';
import { receiveRentEngine } from './trigger/receive';

export class RentEngineTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'RentEngine Trigger',
		name: 'rentEngineTrigger',
		icon: { light: 'file:rentEngine.svg', dark: 'file:rentEngine.dark.svg' },
		group: ['trigger'],
		version: TRIGGER_VERSION,
		subtitle: '={{ [$parameter["triggerOn"]].flat().join(", ").replace(/[A-Z]/g, " $&").toLowerCase() }}',
		// n8n's list of nodes merges this node with RentEngine and shows this text for both.
		description:
			'Assign prospects and record leasing events, or start the workflow when an event, prospect or unit changes',
		eventTriggerDescription: 'Waiting for RentEngine to send a webhook to the test URL',
		builderHint: {
			searchHint:
				'Starts the workflow when a prospect, a leasing event or a unit is created or changed in RentEngine. The user enters the URL of its webhook in RentEngine by hand.',
		},
		defaults: { name: 'RentEngine Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'rentEngineApi', required: true }],
		webhooks: [{ ...POST_WEBHOOK }],
		sensitiveOutputFields: DOOR_CODES.flatMap((path) => [`record.${path}`, `old_record.${path}`]),
		properties: triggerProperties,
	};

	// RentEngine has no API for its webhooks: the user enters and removes the URL there by hand.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isReady(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveRentEngine(this);
	}
}
