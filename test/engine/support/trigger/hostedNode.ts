import '../environment.ts';
import 'reflect-metadata';

import { randomUUID } from 'node:crypto';
import type { HookContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { additionalDataFor } from '../additional-data.ts';
import type { CredentialSet } from '../credentials.ts';
import { EngineCredentials } from '../credentials.ts';
import { EngineNodeTypes } from '../workflow.ts';

/** Where n8n keeps a workflow. Hosts that share one are n8n processes on the same database. */
export interface Database {
	/** Static data as JSON text. */
	staticData: string;
	active: boolean;
}

export interface HostOptions {
	nodeType: INodeType;
	credentialTypes: ICredentialType[];
	credentials: CredentialSet;
	parameters?: IDataObject;
	/** Ends in a slash; by default where the host listens. */
	webhookBaseUrl?: string;
	database?: Database;
	workflowId?: string;
	/** Where the node's webhooks arrive; copied workflows keep it in an export. */
	webhookId?: string;
}

/** A trigger node in a saved workflow, in one n8n process. */
export class HostedNode {
	readonly database: Database;
	/** Parameters of the node as they are saved at the moment. */
	parameters: IDataObject;
	credentials: CredentialSet;
	webhookBaseUrl = '';
	/** What the node logged as a warning. */
	readonly warnings: string[] = [];
	protected readonly options: HostOptions;
	protected readonly webhookId: string;

	constructor(options: HostOptions) {
		this.options = options;
		this.parameters = options.parameters ?? {};
		this.credentials = options.credentials;
		this.database = options.database ?? { staticData: '{}', active: false };
		this.webhookId = options.webhookId ?? randomUUID();
	}

	/** The production URL, whether it is registered or not. */
	get url(): string {
		return `${this.webhookBaseUrl}webhook/${this.webhookId}/webhook`;
	}

	get nodeName(): string {
		return this.options.nodeType.description.displayName;
	}

	/** What n8n has saved of the node's static data. */
	get saved(): IDataObject {
		const all = JSON.parse(this.database.staticData) as Record<string, IDataObject>;
		return all[`node:${this.nodeName}`] ?? {};
	}

	private node(): INode {
		const { description } = this.options.nodeType;
		return {
			id: `node of ${this.webhookId}`,
			name: this.nodeName,
			type: `n8n-nodes-leasing-events.${description.name}`,
			typeVersion: description.version as number,
			position: [0, 0],
			webhookId: this.webhookId,
			parameters: structuredClone(this.parameters) as INodeParameters,
			credentials: Object.fromEntries(
				Object.keys(this.credentials).map((name) => [name, { id: name, name }]),
			),
		};
	}

	protected workflow(staticData: IDataObject): Workflow {
		return new Workflow({
			id: this.options.workflowId ?? 'tested-workflow',
			name: 'Tested workflow',
			nodes: [this.node()],
			connections: {},
			active: this.database.active,
			nodeTypes: new EngineNodeTypes([this.options.nodeType], []),
			staticData,
			settings: { executionOrder: 'v1' },
		});
	}

	protected additionalData(): IWorkflowExecuteAdditionalData {
		const helper = new EngineCredentials(this.options.credentialTypes, this.credentials);
		return {
			...additionalDataFor(helper, '1'),
			webhookBaseUrl: `${this.webhookBaseUrl}webhook`,
			webhookTestBaseUrl: `${this.webhookBaseUrl}webhook-test`,
		};
	}

	protected webhookData(isTest: boolean): IWebhookData {
		const [webhookDescription] = this.options.nodeType.description.webhooks ?? [];
		if (!webhookDescription) throw new Error('The node takes no webhooks');
		return {
			httpMethod: 'POST',
			node: this.nodeName,
			path: `${this.webhookId}/webhook`,
			webhookDescription,
			workflowId: this.options.workflowId ?? 'tested-workflow',
			workflowExecuteAdditionalData: this.additionalData(),
			isTest,
		};
	}

	/** Keeps what the node logs, so that tests can look at it. */
	protected overhear(context: HookContext | WebhookContext): void {
		const silent = () => undefined;
		const warn = (message: string) => void this.warnings.push(message);
		const logger = { error: warn, warn, info: silent, debug: silent };
		Object.defineProperty(context, 'logger', { value: logger });
	}
}
