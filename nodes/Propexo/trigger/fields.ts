import type { INodeProperties } from 'n8n-workflow';

import { simplifyOption } from '../../shared/deliver/options';
import { expressionMarks, shownWith } from '../../shared/fields/editor';
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
