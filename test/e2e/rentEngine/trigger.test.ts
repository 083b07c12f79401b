import type { WorkflowFile } from '../../../demo/example.ts';
import { SECRET } from '../../engine/rentEngine/support/trigger.ts';
import { eventually } from '../../support/until.ts';
import { aboutWrites, propexoTrigger, registrations } from '../propexo/support/trigger.ts';
import {
	executions,
	runs,
	switchOff,
	switchOn,
	trigger,
	useInstance,
	workflow,
} from '../support/triggers.ts';

const instance = useInstance();

test('RentEngine Trigger: without a secret it stays closed and says so, beside a trigger that works', async () => {
	const works = propexoTrigger();
	const closed = trigger('rentEngineTrigger');
	const beside = workflow(works, aboutWrites);
	const id = await instance.save({ ...beside, nodes: [...beside.nodes, closed] });
	const { status, triggers } = await switchOn(instance, id);
	expect(status).toBe('partial');
	expect(triggers.find(({ nodeId }) => nodeId === closed.id)?.errorMessage).toBe(
		"The RentEngine credential holds no 'Webhook Secret'",
	);
	expect(await registrations(instance, works)).toHaveLength(1);
	await switchOff(instance, id);
	expect(await registrations(instance, works)).toEqual([]);
});

test('RentEngine Trigger: starts a run for what brings the secret, once', async () => {
	const { id: credentialId } = await instance.session.post<{ id: string }>('/credentials', {
		name: 'RentEngine with a secret',
		type: 'rentEngineApi',
		data: {
			baseUrl: instance.emulator.rentEngine.url,
			token: instance.emulator.rentEngine.token,
			webhookSecret: SECRET,
		},
	});
	const waiting = trigger('rentEngineTrigger', {
		triggerOn: ['leasingEventCreated', 'leasingEventChanged'],
	});
	const notes = '=run {{ $json.action }} {{ $json.record.event_type }} {{ $json.changed.join() }}';
	// Saved with the emulator's credential, which has no secret; the one with a secret takes its place.
	const id = await instance.save(workflow(waiting, notes));
	const saved = await instance.session.get<WorkflowFile & { versionId: string }>(`/workflows/${id}`);
	const nodes = saved.nodes.map((each) =>
		each.id === waiting.id
			? {
					...each,
					credentials: { rentEngineApi: { id: credentialId, name: 'RentEngine with a secret' } },
				}
			: each,
	);
	const copy = await instance.session.post<{ id: string }>('/workflows', {
		name: saved.name,
		nodes,
		connections: saved.connections,
		settings: saved.settings,
	});
	expect(await switchOn(instance, copy.id)).toMatchObject({ status: 'published' });

	const { rows, webhooks, settings } = instance.emulator.rentEngine;
	const url = `${instance.n8n.url}/webhook/${String(waiting['webhookId'])}/webhook`;
	Object.assign(settings, { webhookUrl: url, webhookSecret: SECRET, webhookShape: 'data' });
	const before = runs(instance).length;
	const event = rows.insert('leasing_events', { event_type: 'Showing Scheduled', prospect: 1001 });
	await webhooks.idle();
	rows.change('leasing_events', Number(event['id']), { event_type: 'Showing Complete' });
	await webhooks.idle();
	await eventually(() =>
		expect(runs(instance).slice(before)).toEqual([
			'run INSERT Showing Scheduled ',
			'run UPDATE Showing Complete event_type',
		]),
	);
	for (const mark of ['wrong', 'missing'] as const) {
		const [delivery] = await webhooks.deliver({
			type: 'INSERT',
			table: 'leasing_events',
			record: event,
			mark,
		});
		expect(delivery?.status).toBe(401);
	}
	expect(await executions(instance, copy.id)).toBe(2);
	settings.webhookUrl = '';
	await switchOff(instance, copy.id);
});
