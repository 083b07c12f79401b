import { createHmac, randomUUID } from 'node:crypto';

import type { WorkflowFile, WorkflowNode } from '../../demo/example.ts';
import { startN8n, type N8n } from '../../demo/n8n.ts';
import { signIn } from '../../demo/rest.ts';
import { startInstance, type Instance } from './support/instance.ts';

let instance: Instance;
/** n8n as it runs at the moment; one test starts it again. */
let n8n: N8n;

beforeAll(async () => {
	instance = await startInstance([], { propexo: { limit: 100_000, slowFrom: 2, jobMs: 50 } });
	({ n8n } = instance);
});

afterAll(async () => {
	if (n8n !== instance?.n8n) await n8n.stop();
	await instance?.stop();
});

/** The same n8n as its own images run it; otherwise its replies hold stacks, for those who develop it. */
const production = () => ({ ...instance.home, env: { NODE_ENV: 'production' } });

afterEach(() => void instance?.emulator.propexo.faults.clear());

const PACKAGE = 'n8n-nodes-leasing-events';
const SECRET = 'a secret shared with RentEngine';

function node(type: string, parameters: Record<string, unknown>, more: object = {}): WorkflowNode {
	return {
		id: randomUUID(),
		name: type,
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...more,
	};
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A trigger, and behind it a lead event whose notes say what the run was started by. */
function workflow(trigger: WorkflowNode, notes: string): WorkflowFile {
	const seen = node('propexo', {
		resource: 'leadEvent',
		operation: 'create',
		integrationId: byId('int_any'),
		leadId: byId('lead_1'),
		eventKind: 'general',
		notes,
	});
	return {
		name: `${trigger.type} ${trigger.id}`,
		nodes: [trigger, seen],
		connections: { [trigger.name]: { main: [[{ node: seen.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

const propexoTrigger = () =>
	node('propexoTrigger', { triggers: ['WRITE_OPERATION_FAILURE'] }, { webhookId: randomUUID() });

const aboutWrites = '=run {{ $json.job_id }} {{ $json.write_status }}';

async function saveActive(file: WorkflowFile): Promise<string> {
	const id = await instance.save(file);
	expect(await switchOn(id)).toMatchObject({ status: 'published' });
	return id;
}

interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** n8n switches triggers on and off after it has answered; this is what came of it, as the editor shows it. */
async function publication(id: string): Promise<Publication> {
	for (;;) {
		const found = await instance.session.get<Publication>(`/workflows/${id}/publication-status`);
		if (found.status !== 'in_progress') return found;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function switchOn(id: string): Promise<Publication> {
	const { versionId } = await instance.session.get<{ versionId: string }>(`/workflows/${id}`);
	await instance.session.post(`/workflows/${id}/activate`, { versionId });
	return await publication(id);
}

async function switchOff(id: string): Promise<void> {
	await instance.session.post(`/workflows/${id}/deactivate`, {});
	expect(await publication(id)).toMatchObject({ status: 'not_published' });
}

interface Registered {
	id: string;
	url: string;
	secret: string;
	active: boolean;
}

/** What Propexo knows of a trigger's webhook, at its production and at its test URL. */
async function registrations(trigger: WorkflowNode): Promise<Registered[]> {
	const { url, token } = instance.emulator.propexo;
	const reply = await fetch(`${url}/v1/webhooks/`, { headers: { authorization: `Bearer ${token}` } });
	const { results } = (await reply.json()) as { results: Registered[] };
	return results.filter((each) => each.url.includes(String(trigger['webhookId'])));
}

/** The notes of the lead events that runs have left behind. */
const runs = () =>
	instance.emulator.propexo.ledger.created
		.map(({ body }) => String((body as { notes?: string }).notes))
		.filter((notes) => notes.startsWith('run '));

async function eventually(check: () => unknown): Promise<void> {
	const giveUp = Date.now() + 60_000;
	for (;;) {
		try {
			await check();
			return;
		} catch (error) {
			if (Date.now() > giveUp) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

/** Executions that n8n has listed for a workflow, whatever became of them. */
async function executions(workflowId: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await instance.session.get<{ results: unknown[] }>(`/executions?filter=${filter}`);
	return results.length;
}

/** A write that the PMS does not take. */
async function failWrite(): Promise<string> {
	const { url, token } = instance.emulator.propexo;
	const reply = await fetch(`${url}/v1/events/leads`, {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes: '[fail]' }),
	});
	return ((await reply.json()) as { job_id: string }).job_id;
}

const told = (job: string) =>
	JSON.stringify({
		trigger: 'WRITE_OPERATION_FAILURE',
		data: { event: 'WRITE_OPERATION_FAILURE', root_job_id: job, write_status: 'FAILURE', errors: [] },
	});

const json = { 'content-type': 'application/json' };
const signed = (secret: string, text: string) => ({
	...json,
	'propexo-signature': createHmac('sha256', secret).update(text).digest('hex'),
});

async function send(
	url: string,
	text: string | Uint8Array,
	headers: Record<string, string>,
	method = 'POST',
) {
	const reply = await fetch(url, { method, headers, ...(method !== 'GET' && { body: text }) });
	return { status: reply.status, text: await reply.text() };
}

test('Propexo Trigger: registered once, through runs and a restart of n8n, until it is switched off', async () => {
	const trigger = propexoTrigger();
	const id = await saveActive(workflow(trigger, aboutWrites));
	const before = await registrations(trigger);
	expect(before).toMatchObject([
		{
			url: `${n8n.url}/webhook/${String(trigger['webhookId'])}/webhook`,
			active: true,
			secret: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
		},
	]);

	const first = await failWrite();
	await eventually(() => expect(runs()).toEqual([`run ${first} FAILURE`]));

	await n8n.stop();
	n8n = await startN8n(production(), Number(new URL(n8n.url).port));
	instance.session = await signIn(n8n.url);
	await eventually(async () => {
		const { headers } = await fetch(before[0]?.url ?? '', {
			method: 'OPTIONS',
			headers: { origin: n8n.url },
		});
		expect(headers.get('access-control-allow-methods')).toContain('POST');
	});
	expect(await registrations(trigger)).toEqual(before);

	// What was delivered before the restart is still known, in whatever form it is repeated.
	await instance.emulator.propexo.webhooks.idle();
	const { body } = instance.emulator.propexo.webhooks.deliveries.at(-1) ?? {};
	const again = JSON.stringify(body);
	const secret = before[0]?.secret ?? '';
	expect(await send(before[0]?.url ?? '', again, signed(secret, again))).toMatchObject({ status: 200 });
	const second = await failWrite();
	await eventually(() => expect(runs()).toEqual([`run ${first} FAILURE`, `run ${second} FAILURE`]));
	expect(await executions(id)).toBe(2);

	await switchOff(id);
	expect(await registrations(trigger)).toEqual([]);
	expect((await send(before[0]?.url ?? '', again, signed(secret, again))).status).toBe(404);
});

test('Propexo Trigger: the test URL is registered by itself, for one delivery', async () => {
	const trigger = propexoTrigger();
	const id = await saveActive(workflow(trigger, aboutWrites));
	const [production] = await registrations(trigger);
	const answer = await instance.session.post<{ waitingForWebhook?: boolean }>(`/workflows/${id}/run`, {
		triggerToStartFrom: { name: trigger.name },
	});
	expect(answer.waitingForWebhook).toBe(true);
	const test = (await registrations(trigger)).find(({ url }) => url.includes('/webhook-test/'));
	expect(test?.secret).not.toBe(production?.secret);

	const text = told('job_of_the_test');
	const url = test?.url ?? '';
	expect((await send(url, text, signed(production?.secret ?? '', text))).status).toBe(401);
	expect((await send(url, text, signed(test?.secret ?? '', text))).status).toBe(200);
	await eventually(() => expect(runs()).toContain('run job_of_the_test FAILURE'));
	await eventually(async () => expect(await registrations(trigger)).toEqual([production]));
	await switchOff(id);
	expect(await registrations(trigger)).toEqual([]);
});

test('Propexo Trigger: what it cannot be registered for is told to the user, and leaves nothing behind', async () => {
	const trigger = propexoTrigger();
	const id = await instance.save(workflow(trigger, aboutWrites));
	const error = { code: 'forbidden', message: 'webhooks are not in your plan' };
	const { faults } = instance.emulator.propexo;
	faults.add({
		match: { method: 'POST', path: '/v1/webhooks/' },
		status: 403,
		body: { error },
		times: Infinity,
	});
	expect(await switchOn(id)).toMatchObject({
		status: 'failed',
		triggers: [
			{
				errorMessage:
					"The webhook's registration: Propexo refused it (HTTP 403): webhooks are not in your plan",
			},
		],
	});
	expect(await registrations(trigger)).toEqual([]);
	await switchOff(id);
});

test('Propexo Trigger: a delivery that comes many times at once starts one run', async () => {
	const trigger = propexoTrigger();
	const id = await saveActive(workflow(trigger, aboutWrites));
	const [found] = await registrations(trigger);
	const { url = '', secret = '' } = found ?? {};
	const text = told('job_at_once');
	const proof = signed(secret, text);
	const replies = await Promise.all(Array.from({ length: 11 }, async () => await send(url, text, proof)));
	// One is taken; the others are repeats of it, or to be sent again while n8n is starting it.
	for (const { status } of replies) expect([200, 503]).toContain(status);
	expect((await send(url, text, proof)).status).toBe(200);
	await eventually(() => expect(runs()).toContain('run job_at_once FAILURE'));
	expect(await executions(id)).toBe(1);
	await switchOff(id);
});

test('RentEngine Trigger: without a secret it stays closed and says so, beside a trigger that works', async () => {
	const works = propexoTrigger();
	const closed = node('rentEngineTrigger', {}, { webhookId: randomUUID() });
	const beside = workflow(works, aboutWrites);
	const id = await instance.save({ ...beside, nodes: [...beside.nodes, closed] });
	const { status, triggers } = await switchOn(id);
	expect(status).toBe('partial');
	expect(triggers.find(({ nodeId }) => nodeId === closed.id)?.errorMessage).toBe(
		"The RentEngine credential holds no 'Webhook Secret'",
	);
	expect(await registrations(works)).toHaveLength(1);
	await switchOff(id);
	expect(await registrations(works)).toEqual([]);
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
	const trigger = node('rentEngineTrigger', { tables: ['leasing_events'] }, { webhookId: randomUUID() });
	const notes = '=run {{ $json.action }} {{ $json.record.event_type }} {{ $json.changed.join() }}';
	// Saved with the emulator's credential, which has no secret; the one with a secret takes its place.
	const id = await instance.save(workflow(trigger, notes));
	const saved = await instance.session.get<WorkflowFile & { versionId: string }>(`/workflows/${id}`);
	const nodes = saved.nodes.map((each) =>
		each.id === trigger.id
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
	expect(await switchOn(copy.id)).toMatchObject({ status: 'published' });

	const { rows, webhooks, settings } = instance.emulator.rentEngine;
	const url = `${n8n.url}/webhook/${String(trigger['webhookId'])}/webhook`;
	Object.assign(settings, { webhookUrl: url, webhookSecret: SECRET, webhookShape: 'data' });
	const before = runs().length;
	const event = rows.insert('leasing_events', { event_type: 'Showing Scheduled', prospect: 1001 });
	await webhooks.idle();
	rows.change('leasing_events', Number(event['id']), { event_type: 'Showing Complete' });
	await webhooks.idle();
	await eventually(() =>
		expect(runs().slice(before)).toEqual([
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
	expect(await executions(copy.id)).toBe(2);
	settings.webhookUrl = '';
	await switchOff(copy.id);
});

test('a request that is no webhook gets the right status, no run and no stack', async () => {
	const trigger = propexoTrigger();
	const id = await saveActive(workflow(trigger, aboutWrites));
	const [found] = await registrations(trigger);
	const { url = '', secret = '' } = found ?? {};
	const text = told('job_refused');
	const proof = signed(secret, text);
	const huge = `${text}${' '.repeat(5_000_000)}`;
	const replies = [
		[404, await send(url, text, proof, 'GET')],
		[404, await send(url, text, proof, 'PUT')],
		[401, await send(url, text, json)],
		[401, await send(url, text, signed('another secret', text))],
		[401, await send(url, `${text} `, proof)],
		[415, await send(url, text, { ...proof, 'content-type': 'text/plain' })],
		[415, await send(url, 'a=1', { ...proof, 'content-type': 'application/x-www-form-urlencoded' })],
		[415, await send(url, '--x--\r\n', { ...proof, 'content-type': 'multipart/form-data; boundary=x' })],
		[422, await send(url, '{"trigger":', signed(secret, '{"trigger":'))],
		[400, await send(url, '[]', signed(secret, '[]'))],
		[400, await send(url, '{}', signed(secret, '{}'))],
		[413, await send(url, huge, signed(secret, huge))],
	] as const;
	expect(replies.map(([, { status }]) => status)).toEqual(replies.map(([status]) => status));
	for (const [, reply] of replies) expect(reply.text).not.toMatch(/stack|node_modules|\bat .+:\d+/);
	expect(await executions(id)).toBe(0);

	expect((await send(url, text, proof)).status).toBe(200);
	await eventually(() => expect(runs()).toContain('run job_refused FAILURE'));
	expect(await executions(id)).toBe(1);
	await switchOff(id);
});
