import type { WorkflowNode } from '../../../../../demo/example.ts';
import { propexoCreate, rentEngineCreate } from '../../../../support/workflows.ts';
import { NOTES, RENTER } from './marks.ts';

export type Service = 'propexo' | 'rentEngine';

/** Something that a workflow does with the body of a webhook, and that is disturbed by a fault. */
export interface Act {
	/** Also the ID of its workflow, and the path of its webhook. */
	id: string;
	service: Service;
	/** The method of the requests that are disturbed. */
	method: 'POST' | 'PUT' | 'GET';
	/** What of the renter goes into its requests. */
	sends: string[];
	/** Its answer tells the outcome of the item. */
	tells: boolean;
	/** It is stopped in the middle, and nothing else. */
	cancelled?: true;
	node: WorkflowNode;
}

const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];
const from = (name: string): string => `={{ $json.body.${name} }}`;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
/** Without a look-up, an event in doubt is unknown in both services: the matrix of faults expects that. */
const OPTIONS = { timeout: from('timeout'), outcomeUnknown: 'report' };

function create(service: Service, onError: string): WorkflowNode {
	const settings = { onError, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	if (service === 'rentEngine') {
		// What a look-up reads, and what it leaves behind, is searched too.
		const looksUp = onError === 'stopWorkflow' && { outcomeUnknown: 'lookUpOnly' };
		return rentEngineCreate({ ...OPTIONS, ...looksUp }, settings);
	}
	const made = propexoCreate(OPTIONS, settings);
	Object.assign(made.parameters, {
		eventKind: 'email',
		emailDirection: 'outgoing',
		emailFrom: from('email'),
		emailSubject: from('name'),
		additionalFields: { agentName: from('name') },
	});
	return made;
}

/** Another operation of the same node. */
function other(
	service: Service,
	parameters: Record<string, unknown>,
	onError = 'continueRegularOutput',
): WorkflowNode {
	// What reads asks again by itself.
	const retryOnFail = 'options' in parameters;
	return { ...create(service, onError), retryOnFail, parameters };
}

const update = {
	resource: 'leadEvent',
	operation: 'update',
	eventId: byId(from('record_id')),
	// Of the property of the lead, as its PMS demands (runs.ts).
	eventTypeId: byId('etype_85'),
	eventDatetime: '2026-07-15T09:30:00',
	additionalFields: { notes: from('notes') },
	options: OPTIONS,
};
const leads = {
	resource: 'lead',
	operation: 'getAll',
	filters: { email1: from('email'), phone1: from('phone') },
};

/** Creates in every mode of *On Error*, a change, and what reads. */
export const ACTS: Act[] = [
	...(['propexo', 'rentEngine'] as const).flatMap((service) =>
		MODES.map((mode): Act => ({
			...{ id: `${service}-${mode}`, service, method: 'POST', node: create(service, mode) },
			...{ tells: mode === 'continueRegularOutput', sends: [NOTES] },
		})),
	),
	{
		id: 'update',
		service: 'propexo',
		method: 'PUT',
		tells: true,
		sends: [NOTES, RENTER.id],
		node: other('propexo', update),
	},
	{
		id: 'leads',
		service: 'propexo',
		method: 'GET',
		tells: false,
		sends: [RENTER.email, RENTER.phone],
		node: other('propexo', leads),
	},
	{
		...{ id: 'lead', service: 'propexo', method: 'GET', tells: false, sends: [RENTER.id] },
		node: other(
			'propexo',
			{ resource: 'lead', operation: 'get', leadId: byId(from('record_id')) },
			'stopWorkflow',
		),
	},
	{
		...{ id: 'units', service: 'rentEngine', method: 'GET', tells: false, sends: [RENTER.name] },
		node: other('rentEngine', { resource: 'unit', operation: 'getAll', filters: { city: from('name') } }),
	},
	...(['propexo', 'rentEngine'] as const).map((service): Act => ({
		...{ id: `${service}-cancelled`, service, method: 'POST', tells: false, sends: [], cancelled: true },
		node: create(service, 'stopWorkflow'),
	})),
];
