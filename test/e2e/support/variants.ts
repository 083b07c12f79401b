import { EXAMPLE, readWorkflow, type WorkflowFile, type WorkflowNode } from '../../../demo/example.ts';
import { ROOT } from '../../support/n8nVersion.ts';

/** The example workflow as it is shipped. */
export const example = (): WorkflowFile => readWorkflow(ROOT, EXAMPLE.file);

type Link = { node: string; type: 'main'; index: number };

export const to = (...names: string[]): Link[] => names.map((node) => ({ node, type: 'main', index: 0 }));

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	return {
		id: `e2e-${name}`,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters,
	};
}

export const manualTrigger = (name: string): WorkflowNode => node(name, 'manualTrigger', 1, {});

/** A webhook that answers with everything the last node gave. */
export const webhookTrigger = (name: string, path: string): WorkflowNode => ({
	...node(name, 'webhook', 2.1, {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'allEntries',
		options: {},
	}),
	webhookId: `e2e-${path}`,
});

/** One item with the given content. */
export const oneItem = (name: string, json: unknown): WorkflowNode =>
	node(name, 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify(json), options: {} });

/** Makes one item `{ body }` of each entry of the list at `path`, as if each had come by a webhook of its own. */
export const splitOut = (name: string, path: string): WorkflowNode =>
	node(name, 'splitOut', 1, {
		fieldToSplitOut: path,
		include: 'noOtherFields',
		options: { destinationFieldName: 'body' },
	});

/** The example's nodes of this package and its switch, but with *On Error* at *Stop*: without what answers and tells. */
function exampleNodes(): WorkflowNode[] {
	return example()
		.nodes.filter(({ type }) => !/\.(stickyNote|webhook|respondToWebhook|filter|httpRequest)$/.test(type))
		.map(({ onError: _, ...node }) => node);
}

/** The example workflow behind a manual trigger, fed with fixed events, for `n8n execute`. */
export function manualVariant(id: string, events: unknown[]): WorkflowFile {
	const { settings } = example();
	return {
		id,
		name: 'Example, by hand',
		nodes: [
			manualTrigger('By hand'),
			oneItem('Input', { events }),
			splitOut('Events', 'events'),
			...exampleNodes(),
		],
		connections: {
			'By hand': { main: [to('Input')] },
			Input: { main: [to('Events')] },
			Events: { main: [to('Which system?')] },
			// What answers a webhook is left out.
			'Which system?': { main: [to('Propexo'), to('RentEngine')] },
		},
		...(settings && { settings }),
	};
}

export interface BatchOptions {
	/** Path of the webhook, which takes `{ events: [...] }`. */
	path: string;
	/** Node settings of the Propexo node, such as `onError`. */
	settings?: Record<string, unknown>;
	/** Keeps the example's *Event ID in Your System*; without it only the node's own memory prevents repeats. */
	keys?: boolean;
}

/**
 * All events of one webhook through the example's Propexo node in one run. What comes out of it is answered, each
 * item with the `route` it took: "recorded" (first output) or "refused" (error output).
 */
export function batchVariant({ path, settings = {}, keys = false }: BatchOptions): WorkflowFile {
	const found = example().nodes.find(({ name }) => name === 'Propexo');
	if (!found) throw new Error('The example has no node Propexo');
	const { onError: _, ...stopping } = found;
	const { options, deduplicationKey, ...parameters } = stopping.parameters;
	const kept = keys ? { ...parameters, options, deduplicationKey } : parameters;
	const propexo = { ...stopping, parameters: kept, ...settings };
	const label = (name: string, route: string): WorkflowNode =>
		node(name, 'set', 3.4, {
			mode: 'manual',
			includeOtherFields: true,
			assignments: { assignments: [{ id: route, name: 'route', value: route, type: 'string' }] },
			options: {},
		});
	return {
		name: `Batch ${path}`,
		nodes: [
			webhookTrigger('CRM webhook', path),
			splitOut('Events', 'body.events'),
			propexo,
			label('Recorded', 'recorded'),
			label('Refused', 'refused'),
			node('Both', 'merge', 3.2, { mode: 'append' }),
		],
		connections: {
			'CRM webhook': { main: [to('Events')] },
			Events: { main: [to('Propexo')] },
			Propexo: { main: [to('Recorded'), to('Refused')] },
			Recorded: { main: [to('Both')] },
			Refused: { main: [[{ node: 'Both', type: 'main', index: 1 }]] },
		},
		settings: { executionOrder: 'v1', timezone: 'America/Chicago' },
	};
}
