import type { IHookFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { simplifyOption } from '../../shared/deliver/options';
import { expressionFlags, shownWith } from '../../shared/fields/editor';
import { expectChoices } from '../../shared/fields/triggerFields';
import { entriesOf } from '../../shared/json/text';
import { EVENTS, MODELS, RECORD_EVENTS } from './events';

/** The fields of the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'triggers',
		type: 'multiOptions',
		required: true,
		options: EVENTS,
		default: ['WRITE_OPERATION_FAILURE'],
		description:
			"What starts the workflow. Propexo does not report writes that succeeded: for those, turn on 'Wait for Result' in the Propexo node.",
	},
	...expressionFlags('triggers'),
	...shownWith('triggers', RECORD_EVENTS, {
		displayName: 'Record Type',
		name: 'model',
		type: 'options',
		options: MODELS,
		default: 'events',
		description: 'Which kind of record starts the workflow',
	}),
	...shownWith('triggers', RECORD_EVENTS, {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: simplifyOption.description,
	}),
	{
		displayName: 'Integration Names or IDs',
		name: 'integrationIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'listIntegrations', loadOptionsDependsOn: ['triggers'] },
		default: [],
		description:
			'Only their events start the workflow; all, if none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** What the node wants Propexo to tell, in the words of POST and PUT /v1/webhooks/. */
export interface Wanted {
	triggers: string[];
	model?: string;
}

/**
 * Reads the node's fields.
 *
 * @throws NodeOperationError when no event is chosen, or an expression finds nothing
 */
export function wantedBy(ctx: IHookFunctions): Wanted {
	expectChoices(ctx, triggerProperties);
	const triggers = [...new Set(entriesOf(ctx.getNodeParameter('triggers', [])))];
	const model = ctx.getNodeParameter('model', '') as string;
	if (triggers.length === 0) {
		/**
		 * @cause _Events_ is empty.
		 * @cure Choose at least one event and publish the workflow again.
		 */
		throw new NodeOperationError(ctx.getNode(), "No event is chosen in 'Events'", {
			description: 'Choose at least one event and publish the workflow again.',
		});
	}
	const narrowed = model !== '' && triggers.some((trigger) => RECORD_EVENTS.includes(trigger));
	return { triggers, ...(narrowed && { model }) };
}
