import type { IDataObject } from 'n8n-workflow';

import { RentEngineApi } from '../../../../credentials/RentEngineApi.credentials';
import { RentEngineTrigger } from '../../../../nodes/RentEngine/RentEngineTrigger.node';
import type { Door } from '../../support/trigger/doors.ts';
import type { TriggerHost } from '../../support/trigger/host.ts';
import type { HostOptions } from '../../support/trigger/hostedNode.ts';
import type { Triggers } from '../../support/trigger/triggers.ts';

export const SECRET = 'a secret shared with RentEngine';

/** A RentEngine Trigger, not yet switched on. */
export async function rentEngineTrigger(
	triggers: Triggers,
	parameters: IDataObject = {},
	{ webhookSecret = SECRET, ...options }: Partial<HostOptions> & { webhookSecret?: string } = {},
): Promise<TriggerHost> {
	const credentials = { rentEngineApi: { ...triggers.credentials.rentEngineApi, webhookSecret } };
	const service = {
		name: 'rentEngine' as const,
		trigger: new RentEngineTrigger(),
		credentialType: new RentEngineApi(),
	};
	return await triggers.host(service, { parameters, credentials, ...options });
}

export async function rentEngineDoor(triggers: Triggers): Promise<Door> {
	const host = await rentEngineTrigger(triggers);
	await host.activate();
	return {
		host,
		header: 'x-api-key',
		proof: () => ({ 'x-api-key': SECRET }),
		event: (n) =>
			JSON.stringify({
				type: 'INSERT',
				table: 'leasing_events',
				record: { id: n, event_type: 'New' },
				old_record: null,
			}),
		eventOf: (data) => (data?.record as IDataObject | undefined)?.id,
	};
}
