import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { PropexoApi } from '../../../../credentials/PropexoApi.credentials';
import type { Emulator } from '../../../../emulator/index.ts';
import { PropexoTrigger } from '../../../../nodes/Propexo/PropexoTrigger.node';
import type { Door } from '../../support/trigger/doors.ts';
import type { TriggerHost } from '../../support/trigger/host.ts';
import type { HostOptions } from '../../support/trigger/hostedNode.ts';
import type { Triggers } from '../../support/trigger/triggers.ts';

/** A registration as Propexo tells of it. */
export interface Registered {
	id: string;
	url: string;
	active: boolean;
	secret: string;
	triggers: Array<{ trigger: string; model: string | null }>;
}

/** A Propexo Trigger, not yet switched on. */
export async function propexoTrigger(
	triggers: Triggers,
	parameters: IDataObject = {},
	settings: Partial<HostOptions> = {},
): Promise<TriggerHost> {
	const service = {
		name: 'propexo' as const,
		trigger: new PropexoTrigger(),
		credentialType: new PropexoApi(),
	};
	return await triggers.host(service, { parameters, ...settings });
}

/** All registrations that the emulated Propexo holds, those switched off included, oldest first. */
export async function registrationsAt({ propexo }: Emulator): Promise<Registered[]> {
	const found: Registered[] = [];
	for (const active of [true, false]) {
		const reply = await fetch(`${propexo.url}/v1/webhooks/?active=${active}`, {
			headers: { authorization: `Bearer ${propexo.token}` },
		});
		found.push(...((await reply.json()) as { results: Registered[] }).results);
	}
	return found.sort((a, b) => a.id.localeCompare(b.id));
}

/** The headers with which Propexo signs a delivery. */
export const signed = (secret: string, text: string) => ({
	'propexo-signature': createHmac('sha256', secret).update(text).digest('hex'),
});

export async function propexoDoor(triggers: Triggers): Promise<Door> {
	const host = await propexoTrigger(triggers);
	await host.activate();
	const found = (await registrationsAt(triggers.emulator)).find(({ url }) => url === host.url);
	return {
		host,
		header: 'propexo-signature',
		proof: (text) => signed(found?.secret ?? '', text),
		event: (n) =>
			JSON.stringify({
				trigger: 'WRITE_OPERATION_FAILURE',
				data: { root_job_id: n, write_status: 'FAILURE', job_id: `job_${n}` },
			}),
		eventOf: (data) => data?.root_job_id,
	};
}
