import { randomUUID } from 'node:crypto';
import { credentialsFor, prepare, type WorkflowFile, type WorkflowNode } from '../../demo/example.ts';
import type { Emulator } from '../../emulator/index.ts';

/** The settings of a node beside its parameters. */
export type NodeSettings = Partial<WorkflowNode>;

const field = (name: string): string => `={{ $json.body.${name} }}`;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** *Lead Event: Create* with the fields of a webhook's body; `options` beside the Deduplication Key. */
export function propexoCreate(options: object = {}, settings: NodeSettings = {}): WorkflowNode {
	return {
		id: 'c0a1f6e2-1111-4a4e-9d3c-000000000001',
		name: 'Propexo',
		type: 'n8n-nodes-leasing-events.propexo',
		typeVersion: 1,
		position: [200, 0],
		parameters: {
			resource: 'leadEvent',
			operation: 'create',
			integrationId: byId('int_any'),
			leadId: byId(field('lead_id')),
			eventKind: 'general',
			notes: field('notes'),
			options: { deduplicationKey: field('event_id'), ...options },
		},
		...settings,
	};
}

/** *Leasing Event: Create*, an assignment, with the fields of a webhook's body. */
export function rentEngineCreate(options: object = {}, settings: NodeSettings = {}): WorkflowNode {
	return {
		id: 'c0a1f6e2-1111-4a4e-9d3c-000000000002',
		name: 'RentEngine',
		type: 'n8n-nodes-leasing-events.rentEngine',
		typeVersion: 1,
		position: [200, 0],
		parameters: {
			resource: 'leasingEvent',
			operation: 'create',
			prospectId: byId(field('prospect_id')),
			eventType: 'Assign to User',
			assignedToUserIds: field('user_id'),
			additionalFields: { notes: field('notes') },
			options: { deduplicationKey: field('event_id'), ...options },
		},
		...settings,
	};
}

/** A webhook and behind it one node. */
export function webhookWorkflow(
	emulator: Emulator,
	id: string,
	node: WorkflowNode,
	responseMode: 'lastNode' | 'onReceived' = 'lastNode',
): WorkflowFile {
	const webhook: WorkflowNode = {
		id: `${id}-webhook`,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: `${id}-webhook`,
		parameters: { httpMethod: 'POST', path: id, responseMode, options: {} },
	};
	const workflow: WorkflowFile = {
		name: id,
		nodes: [webhook, node],
		connections: { Webhook: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
	// Older versions do not add these themselves.
	return {
		...prepare(workflow, id, credentialsFor(emulator.propexo, emulator.rentEngine)),
		...{ active: false, versionId: randomUUID() },
	};
}
