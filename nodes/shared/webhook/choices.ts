import type { IHookFunctions, INode, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { entriesOf } from '../json/text';
import { markAlone } from './damage';
import { isExpression } from './expression';

type Trigger = IHookFunctions | IWebhookFunctions;

/** Whether what a trigger's parameter gives is no choice: nothing, or a word that programs write in its place. */
function isNoChoice(ctx: Trigger, name: string): boolean {
	try {
		const entries = entriesOf(ctx.getNodeParameter(name, ''));
		return entries.length === 0 || entries.some((entry) => markAlone(entry) !== undefined);
	} catch {
		return true;
	}
}

/**
 * The label of a trigger's parameter whose expression finds nothing; undefined when there is none. An empty
 * parameter may mean "all", but an expression is never written for that.
 */
export function emptyChoice(ctx: Trigger, properties: INodeProperties[]): string | undefined {
	const { parameters } = ctx.getNode();
	return properties.find(({ name }) => isExpression(parameters[name]) && isNoChoice(ctx, name))
		?.displayName;
}

/**
 * What n8n shows of such a parameter when the workflow is published.
 *
 * @cause The workflow is published while a field of the trigger is an expression without a value. Empty would mean all
 * events.
 * @cure Fix the expression, or choose from the list, and publish the workflow again.
 */
export const foundNothing = (node: INode, label: string): NodeOperationError =>
	new NodeOperationError(node, `'${label}' is empty: its expression found nothing`, {
		description:
			'Without it, events might start the workflow that nobody wants. Fix the expression, or choose from the list, and publish the workflow again.',
	});

/**
 * What the log says when a webhook comes while a parameter is empty; it is not taken, so that the service sends it
 * again.
 *
 * @cause A webhook came while such an expression found nothing. It was answered so that the service sends it again.
 * @cure Fix the expression, and publish the workflow again.
 */
export const notTaken = (label: string): string =>
	`A webhook was not accepted: the expression of '${label}' found nothing, so nobody knows whether the event is wanted.`;
