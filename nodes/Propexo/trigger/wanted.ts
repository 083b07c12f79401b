import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { objectsIn } from '../../shared/json/objects';
import { entriesOf, textOf } from '../../shared/json/text';
import { expectChoices } from '../../shared/fields/triggerFields';
import { RECORD_EVENTS } from './events';
import { triggerProperties } from './fields';

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

/**
 * Whether a registration already is what the node wants.
 *
 * @param found the registration as Propexo shows it
 * @param secret what its deliveries must be signed with
 */
export function agrees(found: Record<string, unknown>, secret: string, { triggers, model }: Wanted): boolean {
	const given = objectsIn(found.triggers);
	const names = new Set(given.map(({ trigger }) => trigger));
	const models = given
		.filter(({ trigger }) => RECORD_EVENTS.includes(textOf(trigger)))
		.map((each) => each.model ?? undefined);
	return (
		found.active === true &&
		found.secret === secret &&
		names.size === triggers.length &&
		triggers.every((trigger) => names.has(trigger)) &&
		models.every((each) => each === model)
	);
}
