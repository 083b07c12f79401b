import { signed } from '../../engine/propexo/support/trigger.ts';
import { startN8n, type N8n } from '../../../demo/n8n.ts';
import { signIn } from '../../../demo/rest.ts';
import { eventually } from '../../support/until.ts';
import {
	executions,
	runs,
	saveActive,
	switchOff,
	switchOn,
	trigger as triggerOf,
	useInstance,
	workflow,
} from '../support/triggers.ts';
import { aboutWrites, failWrite, propexoTrigger, registrations } from './support/trigger.ts';

const instance = useInstance();
/** n8n as it runs at the moment; one test starts it again. */
let n8n: N8n;
beforeAll(() => {
	({ n8n } = instance);
});
afterAll(async () => {
	if (n8n !== instance.n8n) await n8n.stop();
});

/** The same n8n as its own images run it; otherwise its replies hold stacks, for those who develop it. */
const production = () => ({ ...instance.home, env: { NODE_ENV: 'production' } });

const told = (job: string) =>
	JSON.stringify({
		trigger: 'WRITE_OPERATION_FAILURE',
		data: { event: 'WRITE_OPERATION_FAILURE', root_job_id: job, write_status: 'FAILURE', errors: [] },
	});

const json = { 'content-type': 'application/json' };
const proofOf = (secret: string, text: string) => ({ ...json, ...signed(secret, text) });

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
	const id = await saveActive(instance, workflow(trigger, aboutWrites));
	const before = await registrations(instance, trigger);
	expect(before).toMatchObject([
		{
			url: `${n8n.url}/webhook/${String(trigger['webhookId'])}/webhook`,
			active: true,
			secret: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
		},
	]);

	const first = await failWrite(instance.emulator);
	await eventually(() => expect(runs(instance)).toEqual([`run ${first} FAILURE`]));

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
	expect(await registrations(instance, trigger)).toEqual(before);

	// What was delivered before the restart is still known, in whatever form it is repeated.
	await instance.emulator.propexo.webhooks.idle();
	const { body } = instance.emulator.propexo.webhooks.deliveries.at(-1) ?? {};
	const again = JSON.stringify(body);
	const secret = before[0]?.secret ?? '';
	// On a busy machine n8n itself answers 503 for a moment; Propexo then sends it again too.
	await eventually(async () => {
		const reply = await send(before[0]?.url ?? '', again, proofOf(secret, again));
		expect(reply).toMatchObject({ status: 200 });
	});
	const second = await failWrite(instance.emulator);
	await eventually(() => expect(runs(instance)).toEqual([`run ${first} FAILURE`, `run ${second} FAILURE`]));
	expect(await executions(instance, id)).toBe(2);

	await switchOff(instance, id);
	expect(await registrations(instance, trigger)).toEqual([]);
	expect((await send(before[0]?.url ?? '', again, proofOf(secret, again))).status).toBe(404);
});

test('Propexo Trigger: a new lead starts a run with its fields, an updated one with what changed', async () => {
	const trigger = triggerOf('propexoTrigger', { triggers: ['DATA_NEW', 'DATA_UPDATE'], model: 'leads' });
	const notes = '=run {{ $json.event }} {{ $json.last_name ?? $json.new.last_name }}';
	const id = await saveActive(instance, workflow(trigger, notes));
	const { url, token } = instance.emulator.propexo;
	const write = async (method: string, path: string, body: object) =>
		await fetch(`${url}/v1/leads/${path}`, {
			...{ method, body: JSON.stringify(body) },
			headers: { ...json, authorization: `Bearer ${token}` },
		});
	await write('POST', '', { integration_id: 'int_any', last_name: 'Novak' });
	await eventually(() => expect(runs(instance)).toContain('run DATA_NEW Novak'));
	await write('PUT', 'lead_1', { last_name: 'Okafor' });
	await eventually(() => expect(runs(instance)).toContain('run DATA_UPDATE Okafor'));
	await switchOff(instance, id);
});

test('Propexo Trigger: the test URL is registered by itself, for one delivery', async () => {
	const trigger = propexoTrigger();
	const id = await saveActive(instance, workflow(trigger, aboutWrites));
	const [production] = await registrations(instance, trigger);
	const answer = await instance.session.post<{ waitingForWebhook?: boolean }>(`/workflows/${id}/run`, {
		triggerToStartFrom: { name: trigger.name },
	});
	expect(answer.waitingForWebhook).toBe(true);
	const test = (await registrations(instance, trigger)).find(({ url }) => url.includes('/webhook-test/'));
	expect(test?.secret).not.toBe(production?.secret);

	const text = told('job_of_the_test');
	const url = test?.url ?? '';
	expect((await send(url, text, proofOf(production?.secret ?? '', text))).status).toBe(401);
	expect((await send(url, text, proofOf(test?.secret ?? '', text))).status).toBe(200);
	await eventually(() => expect(runs(instance)).toContain('run job_of_the_test FAILURE'));
	await eventually(async () => expect(await registrations(instance, trigger)).toEqual([production]));
	await switchOff(instance, id);
	expect(await registrations(instance, trigger)).toEqual([]);
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
	expect(await switchOn(instance, id)).toMatchObject({
		status: 'failed',
		triggers: [
			{
				errorMessage:
					"The webhook's registration: Propexo refused it (HTTP 403): webhooks are not in your plan",
			},
		],
	});
	expect(await registrations(instance, trigger)).toEqual([]);
	await switchOff(instance, id);
});

test('Propexo Trigger: a delivery that comes many times at once starts one run', async () => {
	const trigger = propexoTrigger();
	const id = await saveActive(instance, workflow(trigger, aboutWrites));
	const [found] = await registrations(instance, trigger);
	const { url = '', secret = '' } = found ?? {};
	const text = told('job_at_once');
	const proof = proofOf(secret, text);
	const replies = await Promise.all(Array.from({ length: 11 }, async () => await send(url, text, proof)));
	// One is taken; the others are repeats of it, or to be sent again while n8n is starting it.
	for (const { status } of replies) expect([200, 503]).toContain(status);
	expect((await send(url, text, proof)).status).toBe(200);
	await eventually(() => expect(runs(instance)).toContain('run job_at_once FAILURE'));
	// n8n lists it a moment after its last node has run.
	await eventually(async () => expect(await executions(instance, id)).toBe(1));
	await switchOff(instance, id);
});

test('a request that is no webhook gets the right status, no run and no stack', async () => {
	const trigger = propexoTrigger();
	const id = await saveActive(instance, workflow(trigger, aboutWrites));
	const [found] = await registrations(instance, trigger);
	const { url = '', secret = '' } = found ?? {};
	const text = told('job_refused');
	const proof = proofOf(secret, text);
	const huge = `${text}${' '.repeat(5_000_000)}`;
	const replies = [
		[404, await send(url, text, proof, 'GET')],
		[404, await send(url, text, proof, 'PUT')],
		[401, await send(url, text, json)],
		[401, await send(url, text, proofOf('another secret', text))],
		[401, await send(url, `${text} `, proof)],
		[415, await send(url, text, { ...proof, 'content-type': 'text/plain' })],
		[415, await send(url, 'a=1', { ...proof, 'content-type': 'application/x-www-form-urlencoded' })],
		[415, await send(url, '--x--\r\n', { ...proof, 'content-type': 'multipart/form-data; boundary=x' })],
		[422, await send(url, '{"trigger":', proofOf(secret, '{"trigger":'))],
		[400, await send(url, '[]', proofOf(secret, '[]'))],
		[400, await send(url, '{}', proofOf(secret, '{}'))],
		[413, await send(url, huge, proofOf(secret, huge))],
	] as const;
	expect(replies.map(([, { status }]) => status)).toEqual(replies.map(([status]) => status));
	for (const [, reply] of replies) expect(reply.text).not.toMatch(/stack|node_modules|\bat .+:\d+/);
	expect(await executions(instance, id)).toBe(0);

	expect((await send(url, text, proof)).status).toBe(200);
	await eventually(() => expect(runs(instance)).toContain('run job_refused FAILURE'));
	// n8n lists it a moment after its last node has run.
	await eventually(async () => expect(await executions(instance, id)).toBe(1));
	await switchOff(instance, id);
});
