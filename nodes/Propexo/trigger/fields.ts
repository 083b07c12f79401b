import type {
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { simplifyOption } from '../../shared/deliver/options';
import { expressionMarks, shownWith } from '../../shared/fields/editor';
import { expectChoices } from '../../shared/fields/triggerFields';
import type { Get } from '../../shared/find/get';
import { entriesOf, textOf } from '../../shared/json/text';
import { collect } from '../../shared/read/pages';
import { fillOptions } from '../../shared/read/pickers';
import { propexo } from '../api';
import { vendorName } from '../pms';
import { pagesOf } from '../records/paging';
import { integration, NO_INTEGRATIONS } from '../records/places';
import { pluralOf } from '../records/record';
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
	...expressionMarks('triggers'),
	...shownWith('triggers', RECORD_EVENTS, {
		displayName: 'Record Type',
		name: 'model',
		type: 'options',
		options: MODELS,
		default: 'events',
		description: 'The type of record that starts the workflow when it is created or updated',
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
			'Only events of these integrations start the workflow; all, if none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

/** All integrations, by name and PMS. Source: GET /v1/admin/integrations/ of Propexo's OpenAPI file. */
export async function listIntegrations(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const asked = { plural: pluralOf(integration), advice: NO_INTEGRATIONS };
	const found = await fillOptions(this, propexo, asked, async (get) => {
		const rows = await collect(pagesOf(get, integration.path, {}));
		return rows.map(({ id, name, vendor }) => ({
			name: [name ?? id, vendor && `(${vendorName(vendor)})`].filter(Boolean).join(' '),
			value: textOf(id),
		}));
	});
	return found.sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * If Propexo does not list them just now, the trigger is switched on all the same: what is chosen is most often right.
 *
 * @throws NodeOperationError when Propexo has none of the chosen integrations, so that nothing would ever start the workflow
 */
export async function expectIntegrations(ctx: IHookFunctions, get: Get): Promise<void> {
	const chosen = entriesOf(ctx.getNodeParameter('integrationIds', []));
	if (chosen.length === 0) return;
	const rows = await collect(pagesOf(get, integration.path, {})).catch(() => undefined);
	if (!rows || rows.some(({ id }) => chosen.includes(textOf(id)))) return;
	/**
	 * @example Propexo has no integration with the ID int_0
	 * @cause None of the integrations that the trigger waits for exists in the account of the credential.
	 * @cure Choose them from the list, and check that the credential is that of the same account.
	 */
	throw new NodeOperationError(
		ctx.getNode(),
		`Propexo has no integration with the ID ${chosen.join(' or ')}`,
		{
			description:
				"Nothing would start the workflow. Choose from the list of 'Integration Names or IDs' and check the credential, then publish the workflow again.",
		},
	);
}

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
