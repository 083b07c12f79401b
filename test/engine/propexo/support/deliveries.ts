import type { IDataObject } from 'n8n-workflow';

import type { TriggerHost } from '../../support/trigger/host.ts';
import type { Triggers } from '../../support/trigger/triggers.ts';
import { post } from '../../support/trigger/triggers.ts';
import type { Registered } from './trigger.ts';
import { propexoTrigger, registrationsAt, signed } from './trigger.ts';

/** A trigger that is switched on, and its registration. */
export async function active(
	triggers: Triggers,
	parameters: IDataObject,
): Promise<[TriggerHost, Registered]> {
	const host = await propexoTrigger(triggers, parameters);
	await host.activate();
	const registered = (await registrationsAt(triggers.emulator)).find(({ url }) => url === host.url);
	if (!registered) throw new Error('Not registered');
	return [host, registered];
}

/** Delivers a webhook as Propexo does. */
export async function deliver({ url, secret }: Registered, body: unknown) {
	const text = JSON.stringify(body);
	return await post(url, text, signed(secret, text));
}

/* What Propexo tells of, without the wrapper. Source: its pages on the webhooks. */

export const failedWrite = {
	event: 'WRITE_OPERATION_FAILURE',
	integration_id: 'int_entrata_1',
	vendor: 'ENTRATA',
	root_job_id: 'job_1',
	write_status: 'FAILURE',
	errors: ['Failed to write lead event: unit is not available'],
};
export const failedRead = {
	event: 'JOB_FAILURE',
	integration_id: 'int_entrata_1',
	job_id: 'job_3',
	job_type: 'READ_LEADS',
	root_job_id: 'job_2',
	vendor: 'ENTRATA',
};
export const newRecord = {
	context: { property_id: 'prop_1' },
	event: 'DATA_NEW',
	integration_id: 'int_entrata_1',
	job_id: 'job_5',
	job_type: 'READ_LEAD_EVENTS',
	meta: { integration_id: 'int_entrata_1', object: 'events' },
	object: 'events',
	payload: { id: 'event_1', event_name: 'Appointment', notes: null },
	record_id: 'event_1',
	root_job_id: 'job_4',
	vendor: 'ENTRATA',
};
export const changedRecord = {
	meta: { object: 'leads', integration_id: 'int_entrata_1' },
	record_id: 'lead_1',
	diff: { previous: { status: 'ACTIVE' }, new: { status: 'LEASED' } },
};
