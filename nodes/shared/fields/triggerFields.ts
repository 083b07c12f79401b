import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { markAlone } from './damage';
import { isExpression } from './expression';
import { entriesOf } from '../json/text';

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
 * Keeps a trigger from being switched on while the expression of one of its parameters finds nothing.
 *
 * @throws NodeOperationError that names the parameter
 */
export function expectChoices(ctx: IHookFunctions, properties: INodeProperties[]): void {
	const label = emptyChoice(ctx, properties);
	if (label === undefined) return;
	/**
	 * @cause The workflow is published while a field of the trigger is an expression without a value. Empty would mean all
	 * events.
	 * @cure Fix the expression, or choose from the list, and publish the workflow again.
	 */
	throw new NodeOperationError(ctx.getNode(), `'${label}' is empty: its expression found nothing`, {
		description: 'Fix the expression, or choose from the list, and publish the workflow again.',
	});
}
