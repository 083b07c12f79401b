import type { WorkflowNode } from '../../../../demo/example.ts';
import type { Emulator } from '../../../../emulator/index.ts';
import { registrationsAt, type Registered } from '../../../engine/propexo/support/trigger.ts';
import type { Instance } from '../../support/instance.ts';
import { trigger } from '../../support/triggers.ts';

/** A trigger that waits for writes which the PMS does not take. */
export const propexoTrigger = (): WorkflowNode =>
	trigger('propexoTrigger', { triggers: ['WRITE_OPERATION_FAILURE'] });

/** Notes of the run that such a trigger starts. */
export const aboutWrites = '=run {{ $json.job_id }} {{ $json.write_status }}';

/** What Propexo knows of a trigger's webhook, at its production and at its test URL. */
export async function registrations({ emulator }: Instance, node: WorkflowNode): Promise<Registered[]> {
	const all = await registrationsAt(emulator);
	return all.filter((each) => each.url.includes(String(node['webhookId'])));
}

/** Has a write refused by its PMS; gives its job. */
export async function failWrite({ propexo }: Emulator): Promise<string> {
	const { url, token } = propexo;
	const reply = await fetch(`${url}/v1/events/leads`, {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes: '[fail]' }),
	});
	return ((await reply.json()) as { job_id: string }).job_id;
}
