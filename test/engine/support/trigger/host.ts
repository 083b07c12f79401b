import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { HostOptions } from './hostedNode.ts';
import { HostedNode } from './hostedNode.ts';

type Method = 'checkExists' | 'create' | 'delete';

/** How n8n says that it was started, or that this process takes the lead. */
export const STARTS: WorkflowActivateMode[] = ['init', 'leadershipChange'];

/** Switches triggers on and off and takes webhooks as n8n does, around n8n-core's contexts, without n8n's server. */
export class TriggerHost extends HostedNode {
	/** The items of every run that was started, in order. */
	readonly runs: IDataObject[][] = [];
	/** The address at which the host really listens. */
	listensAt = '';
	/** How often n8n has written the static data into its database. */
	saves = 0;
	/** How many starts of runs fail from now on, as without a database. */
	failingStarts = 0;
	/** What n8n does before it starts a run, e.g. wait for its database. */
	beforeStart: () => Promise<void> | void = () => undefined;
	private readonly server: Server;
	/** What n8n keeps for the test URL while it listens there. */
	private test: { staticData: IDataObject } | undefined;

	constructor(options: HostOptions) {
		super(options);
		this.server = createServer((request, response) => {
			void this.answer(request, response).catch((error: unknown) => {
				if (!response.headersSent) response.writeHead(500);
				response.end(String(error));
			});
		});
		// A busy machine may pause for longer than connections are kept by default.
		this.server.keepAliveTimeout = 0;
	}

	async open(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const { port } = this.server.address() as AddressInfo;
		this.listensAt = `http://127.0.0.1:${port}/`;
		this.webhookBaseUrl = this.options.webhookBaseUrl ?? this.listensAt;
	}

	async close(): Promise<void> {
		if (!this.server.listening) return;
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Switches the workflow on, as n8n does for a user and after a start; cleans up after a failure. */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		if (STARTS.includes(mode)) return await this.activateWith(() => undefined, mode);
		const workflow = this.workflow(JSON.parse(this.database.staticData) as IDataObject);
		this.database.active = true;
		try {
			await this.register(workflow, mode);
		} catch (error) {
			this.database.active = false;
			await this.call('delete', workflow, 'internal', 'update').catch(() => undefined);
			throw error;
		} finally {
			this.save(workflow);
		}
	}

	/**
	 * Switches it on as older versions do, and n8n without its publication service: all triggers or none.
	 *
	 * @param sibling another trigger of the workflow that is switched on after this one
	 */
	async activateWith(sibling: () => void, mode: WorkflowActivateMode = 'activate'): Promise<void> {
		const workflow = this.workflow(JSON.parse(this.database.staticData) as IDataObject);
		this.database.active = true;
		try {
			await this.register(workflow, mode);
			sibling();
		} catch (error) {
			// Cleans up with the data in the database, where nothing has been saved yet; n8n only logs that this failed.
			await this.deactivate().catch(() => undefined);
			throw error;
		}
		this.save(workflow);
	}

	private async register(workflow: Workflow, mode: WorkflowActivateMode): Promise<void> {
		const exists = await this.call('checkExists', workflow, 'trigger', mode);
		if (!exists) await this.call('create', workflow, 'trigger', mode);
	}

	async deactivate(): Promise<void> {
		const workflow = this.workflow(JSON.parse(this.database.staticData) as IDataObject);
		this.database.active = false;
		await this.call('delete', workflow, 'internal', 'update');
		this.save(workflow);
	}

	/** The editor's "Listen for test event": takes one delivery at the test URL. */
	async listen(): Promise<void> {
		const workflow = this.workflow({});
		const exists = await this.call('checkExists', workflow, 'manual', 'manual', true);
		if (!exists) await this.call('create', workflow, 'manual', 'manual', true);
		this.test = { staticData: asSaved(workflow) };
	}

	async stopListening(): Promise<void> {
		const workflow = this.workflow({});
		workflow.staticData = this.test?.staticData ?? {};
		this.test = undefined;
		await this.call('delete', workflow, 'internal', 'update', true);
	}

	private save(workflow: Workflow): void {
		const { staticData } = workflow as { staticData: IDataObject & { __dataChanged?: boolean } };
		if (!staticData.__dataChanged) return;
		this.saves++;
		this.database.staticData = JSON.stringify(staticData);
	}

	private async call(
		method: Method,
		workflow: Workflow,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		isTest = false,
	): Promise<boolean | undefined> {
		const data = this.webhookData(isTest);
		const [node] = Object.values(workflow.nodes);
		if (!node) throw new Error('The workflow lost its node');
		const additionalData = data.workflowExecuteAdditionalData;
		const context = new HookContext(workflow, node, additionalData, mode, activation, data);
		this.overhear(context);
		return await this.options.nodeType.webhookMethods?.default?.[method].call(context);
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const isTest = request.url?.startsWith('/webhook-test/') === true;
		const path = `/webhook${isTest ? '-test' : ''}/${this.webhookId}/webhook`;
		if (request.url !== path || !(isTest ? this.test : this.database.active)) {
			request.resume();
			return reply(response, 404, 'The requested webhook is not registered');
		}
		const staticData = isTest ? {} : (JSON.parse(this.database.staticData) as IDataObject);
		const workflow = this.workflow(staticData);
		if (this.test && isTest) workflow.setTestStaticData(this.test.staticData as never);
		await giveBody(request);
		const outcome = await this.webhook(workflow, isTest, request, response);
		if (outcome.workflowData) {
			await this.beforeStart();
			if (this.failingStarts > 0) {
				this.failingStarts--;
				return reply(response, 500, 'There was a problem executing the workflow');
			}
			// The run's own workflow uses the same static data; earlier changes count as saved.
			this.workflow(staticData);
			this.runs.push(...outcome.workflowData.map((items) => items.map(({ json }) => json)));
		}
		const answer = this.answerOf(outcome);
		if (!isTest) this.save(workflow);
		if (outcome.noWebhookResponse !== true) reply(response, 200, answer);
		if (isTest && outcome.workflowData) await this.stopListening();
	}

	/** n8n asks for the node's answer after it has started the run. */
	private answerOf(outcome: IWebhookResponseData): string {
		if (!outcome.workflowData) return 'Webhook call received';
		const { responseData = 'firstEntryJson' } = this.webhookData(false).webhookDescription;
		if (responseData !== '') return responseData;
		const { webhookResponse } = outcome as { webhookResponse?: { message: string } };
		return webhookResponse?.message ?? 'Workflow was started';
	}

	private async webhook(
		workflow: Workflow,
		isTest: boolean,
		request: IncomingMessage,
		response: ServerResponse,
	) {
		const { nodeType } = this.options;
		const [node] = Object.values(workflow.nodes);
		if (!node || !nodeType.webhook) throw new Error('The node takes no webhooks');
		const additionalData = {
			...this.additionalData(),
			httpRequest: request,
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		const mode = isTest ? 'manual' : 'webhook';
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			mode,
			this.webhookData(isTest),
			[],
			null,
		);
		this.overhear(context);
		return await nodeType.webhook.call(context);
	}
}

/** The types that n8n parses for a trigger whose version is above 1. */
const PARSED = /^(application\/(json|x-www-form-urlencoded)|text\/plain)|[/+]xml$/;

/** n8n takes a form apart itself and keeps no raw body of it; what it cannot parse, the node has to read. */
async function giveBody(request: IncomingMessage): Promise<void> {
	const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
	if (type.startsWith('multipart/')) return void request.resume();
	const readRawBody = async () => void Object.assign(request, { rawBody: await buffer(request) });
	Object.assign(request, { readRawBody });
	if (PARSED.test(type.trim())) await readRawBody();
}

function asSaved({ staticData }: Workflow): IDataObject {
	return JSON.parse(JSON.stringify(staticData)) as IDataObject;
}

function reply(response: ServerResponse, status: number, message: string): void {
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify({ message }));
}
