import type { IHookFunctions, INodeProperties, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { markAlone } from './damage';
import { isExpression } from './expression';
import { entriesOf } from '../json/text';
import { BoundedMap } from '../process/boundedMap';
import { nodeIdOf } from '../process/nodeId';
import { NOT_READY, reject, warn } from '../webhook/incoming';

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
function emptyChoice(ctx: Trigger, properties: INodeProperties[]): string | undefined {
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

/**
 * The answer to a webhook that comes while the expression of a parameter finds nothing: it is not taken, so that the service
 * sends it again. Undefined where each parameter has its value.
 */
export function rejectedWithoutChoice(
	ctx: IWebhookFunctions,
	properties: INodeProperties[],
): IWebhookResponseData | undefined {
	const label = emptyChoice(ctx, properties);
	if (label === undefined) return undefined;
	warn(
		ctx,
		/**
		 * @cause A webhook came while such an expression found nothing. It was answered so that the service sends it again.
		 * @cure Fix the expression, and publish the workflow again.
		 */
		`A webhook was not accepted: the expression of '${label}' found nothing.`,
	);
	return reject(ctx, NOT_READY);
}

/** What n8n's log has said of the filters of triggers; after so many filters, it may say one again. */
const said = new BoundedMap<true>({ most: 1_000 });

/**
 * Says in n8n's log, once for each trigger and filter, that a webhook which does not tell what the filter goes by starts a run.
 *
 * @param filter the name of its parameter
 */
export function warnUntold(ctx: IWebhookFunctions, properties: INodeProperties[], filter: string): void {
	const key = `${nodeIdOf(ctx)}\n${filter}`;
	if (said.get(key)) return;
	said.set(key, true);
	const label = properties.find(({ name }) => name === filter)?.displayName;
	/**
	 * @cause In n8n's log: a webhook does not tell what a filter of the trigger goes by. It started the workflow, so that nothing is
	 * lost.
	 * @cure Let the workflow itself find out whether it is wanted, or take the filter out.
	 */
	warn(ctx, `A webhook does not tell what '${label}' goes by. It and others like it start the workflow.`);
}
