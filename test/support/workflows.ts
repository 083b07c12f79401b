import { withKey } from '../engine/support/withKey.ts';
import { randomUUID } from 'node:crypto';
import { credentialsFor, prepare, type WorkflowFile, type WorkflowNode } from '../../demo/example.ts';
import type { Emulator } from '../../emulator/index.ts';

/** The settings of a node beside its parameters. */
export type NodeSettings = Partial<WorkflowNode>;

const field = (name: string): string => `={{ $json.body.${name} }}`;

/** A record chosen by its ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A node of this package. */
export const packageNode = (
	type: string,
	id: string,
	name: string,
	parameters: Record<string, unknown>,
	settings: NodeSettings = {},
): WorkflowNode => ({
	id,
	name,
	type: `n8n-nodes-leasing-events.${type}`,
	typeVersion: /^\w+Trigger$/.test(type) ? 2 : 1,
	position: [200, 0],
	parameters,
	...settings,
});

/** A workflow whose nodes follow one another. */
export const chain = (name: string, ...nodes: WorkflowNode[]): WorkflowFile => ({
	name,
	nodes,
	connections: Object.fromEntries(
		nodes
			.slice(1)
			.map((node, index) => [
				nodes[index]?.name,
				{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
			]),
	),
	settings: { executionOrder: 'v1' },
});

/** *Lead Event: Create* with the fields of a webhook's body; `options` with the key of the event among them. */
export function propexoCreate(options: object = {}, settings: NodeSettings = {}): WorkflowNode {
	const parameters = {
		resource: 'leadEvent',
		operation: 'create',
		integrationId: byId('int_any'),
		leadId: byId(field('lead_id')),
		eventKind: 'general',
		notes: field('notes'),
		...withKey({ deduplicationKey: field('event_id'), ...options }),
	};
	return packageNode('propexo', 'c0a1f6e2-1111-4a4e-9d3c-000000000001', 'Propexo', parameters, settings);
}

/** *Leasing Event: Create*, an assignment, with the fields of a webhook's body. */
export function rentEngineCreate(options: object = {}, settings: NodeSettings = {}): WorkflowNode {
	const parameters = {
		resource: 'leasingEvent',
		operation: 'create',
		prospectId: byId(field('prospect_id')),
		eventType: 'Assign to User',
		assignedToUserIds: field('user_id'),
		additionalFields: { notes: field('notes') },
		...withKey({ deduplicationKey: field('event_id'), ...options }),
	};
	return packageNode(
		'rentEngine',
		'c0a1f6e2-1111-4a4e-9d3c-000000000002',
		'RentEngine',
		parameters,
		settings,
	);
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
	const credentials = credentialsFor(emulator.propexo, emulator.rentEngine);
	return storable(prepare(chain(id, webhook, node), id, credentials));
}

/** A workflow with what older versions of n8n do not add themselves. */
export const storable = (workflow: WorkflowFile): WorkflowFile => ({
	...workflow,
	...{ active: false, versionId: randomUUID() },
});
