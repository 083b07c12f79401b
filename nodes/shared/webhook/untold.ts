import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { BoundedMap } from '../process/boundedMap';
import { nodeIdOf } from '../process/nodeId';
import { warn } from './incoming';

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
