import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { argumentsIn } from '../fields/expression';

/*
 * How an AI agent calls the node as its tool, and the calls in which n8n would fill in something other than was meant.
 */

/** Whether an agent up to version 2, or n8n's MCP server, calls the node. Newer n8n tell it. */
const isOfOlderAgent = (ctx: IExecuteFunctions): boolean => 'isToolExecution' in ctx && ctx.isToolExecution();

/** Whether the node is the tool of an agent. n8n gives its type another name then. */
export const isTool = (ctx: IExecuteFunctions): boolean =>
	ctx.getNode().type.endsWith('Tool') || isOfOlderAgent(ctx);

/** What n8n adds to the input of a tool: another one for each call. */
export const OF_CALLS = 'toolCallId';

/**
 * Whether an item that fails becomes an output item, so that the run goes on. A tool answers its agent, unless *On Error* is
 * set to *Stop Workflow* by hand: then a failure ends the run, as n8n has it.
 */
export const goesOnAfterErrors = (ctx: IExecuteFunctions): boolean =>
	ctx.continueOnFail() || (isTool(ctx) && ctx.getNode().onError !== 'stopWorkflow');

/** What an expression takes from the item that the agent works on. */
const OF_ITEM = /\$(json|itemIndex)\b|\.(item|itemMatching|pairedItem)\b/;
/** What it takes from the input of the tool: `$('Webhook').item`. */
const OF_OTHER_NODE = /\$itemIndex\b|\)\??\.(item|itemMatching|pairedItem)\b/;
/** Each expression in the parameters as JSON. */
const EXPRESSIONS = /"=(?:[^"\\]|\\.)*"/g;
/** One value of the item: `$json.name`, `$input.item.json["name"]`. */
const VALUE_OF_ITEM = /\$(?:json|input[^$]+json)\W+([\w-]+)/g;
/** The item as a whole; another part of the expression takes its values: `({ name } = $json)`. */
const WHOLE_ITEM = /\$(?:json|input[^$]+\bjson)\b(?!\s*[.?[])/;

/** The names that an expression may take from the item: all its words if it takes the item as a whole. */
const namesIn = (expression: string): string[] =>
	WHOLE_ITEM.test(expression)
		? (expression.match(/[\w-]+/g) ?? [])
		: [...expression.matchAll(VALUE_OF_ITEM)].map(([, name = '']) => name);

/**
 * Whether n8n would take values of another item than the one that the call is about.
 *
 * @param written the parameters as JSON
 * @param isApproved whether a person may have approved the call
 */
function isOfOtherItem(ctx: IExecuteFunctions, written: string, isApproved: boolean): boolean {
	if (!OF_ITEM.test(written)) return false;
	const { $, $input } = ctx.getWorkflowDataProxy(0);
	const [item, ...others] = $input.all() as INodeExecutionData[];
	if (others.length > 0) return true;
	const { pairedItem } = { ...item, ...ctx.getInputData()[0] };
	/** Where n8n looks for the items of other nodes; in a later round of a loop, that is the agent itself. */
	const from = (pairedItem as IPairedItemData | undefined)?.sourceOverwrite;
	if (!from) return false;
	const isTaken = OF_OTHER_NODE.test(written);
	const isSeveral = () => $(from.previousNode).all(from.previousNodeOutput).length > 1;
	const isAgent = () =>
		ctx
			.getParentNodes(from.previousNode, { connectionType: NodeConnectionTypes.AiTool })
			.some(({ name }) => name === ctx.getNode().name);
	return ((isTaken || isApproved) && isSeveral()) || (isTaken && isAgent());
}

/**
 * Refuses a call of the tool in which n8n would fill in something other than was meant.
 *
 * - An agent up to version 2 gives its tools the first of its items, no matter which one it works on. With *Batch Processing* it gets
 *   them for all items before the first call, and n8n then takes the arguments of that call for the first one of each item.
 * - With a newer agent, n8n takes the items of other nodes that belong to its first item; in a later round of a loop, those of
 *   the first round. A call that a person has approved gets the first item as its input, too.
 * - A newer agent passes on whatever the model gives, even what is no argument of the tool, and `$json` then holds it in
 *   place of the item's.
 *
 * @throws NodeOperationError that says what would be mixed up; nothing was sent
 */
export function refuseMixedUp(ctx: IExecuteFunctions): void {
	if (!isTool(ctx)) return;
	const node = ctx.getNode();
	const written = JSON.stringify(node.parameters);
	const own = argumentsIn(node.parameters);
	const input = ctx.getInputData()[0]?.json ?? {};
	/** What the model gave for this name, as JSON. Undefined if no model has called the tool. */
	const given = (name: string) => {
		try {
			return JSON.stringify(ctx.evaluateExpression(`{{ $fromAI('${name}') }}`, 0)) as
				string | undefined;
		} catch {
			return undefined;
		}
	};
	const refuse = (why: string, description: string) => {
		/** @noMessage It begins the messages below. */
		throw new NodeOperationError(node, `Nothing was sent: ${why}`, { description });
	};
	const isOlder = isOfOlderAgent(ctx);
	/**
	 * @cause An AI agent works on several items or runs in a loop, and n8n would fill in the values of another item.
	 * @cure Give it one item at a time (_Loop Over Items_), and take the values of that item from `$json`.
	 */
	if (
		isOfOtherItem(ctx, written, given('tool') !== undefined) ||
		(isOlder && own.some((name) => given(name) !== JSON.stringify(input[name])))
	)
		refuse(
			'this call would get the values of another item',
			'Give the AI Agent one item at a time (Loop Over Items), and take the values of that item from $json.',
		);
	if (isOlder) return;
	// n8n adds the ID of the call only to the item.
	if (!(OF_CALLS in input) || given(OF_CALLS)) return;
	/**
	 * @cause The model of an AI agent gave a value that is no argument of the tool, and an expression takes a value with that name
	 * from `$json`.
	 * @cure In the tool, name the node that the value comes from, as in `{{ $('Webhook').item.json.email }}`.
	 */
	for (const name of written.match(EXPRESSIONS)?.flatMap(namesIn) ?? [])
		if (!own.includes(name) && given(name))
			refuse(
				`'${name}' would replace a value of the item`,
				`In the tool, write {{ $('Webhook').item.json.${name} }}, with the name of the node that the value comes from.`,
			);
}
