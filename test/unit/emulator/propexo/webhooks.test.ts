import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sampleData } from '../../../../emulator/propexo/webhooks/webhooks.ts';
import { clientsOf, complaints, dig, list, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';
import { bodiesOf, until, useReceiver, type Arrival } from '../support/receiver.ts';

const SECRET = 'a-secret-of-the-test';
const EVENT = { integration_id: 'int_any', lead_id: 'lead_1' };

const emulator = useEmulator({ propexo: { limit: 100_000, slowMs: 0, jobMs: 0 } });
const clients = clientsOf(emulator);
const receiver = useReceiver();

const hooks = (
	path = '',
	method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET',
	body?: unknown,
): Promise<Reply> =>
	clients.propexo(`/v1/webhooks/${path}`, body === undefined ? { method } : { method, body });
const register = async (more: Record<string, unknown> = {}): Promise<string> => {
	const triggers = ['WRITE_OPERATION_FAILURE'];
	const reply = await hooks('', 'POST', {
		url: receiver.url,
		triggers,
		active: true,
		secret: SECRET,
		...more,
	});
	return String(dig(reply.json, 'result.id'));
};
const signatureOf = (arrival: Arrival | undefined, secret: string): string =>
	createHmac('sha256', secret).update(String(arrival?.text)).digest('hex');

describe("Propexo's registrations", () => {
	it('are inactive and get a secret unless told otherwise, and hidden while they are inactive', async () => {
		const made = await hooks('', 'POST', { url: 'https://example.com/hook', triggers: ['JOB_FAILURE'] });
		expect(made.json).toMatchObject({
			result: {
				url: 'https://example.com/hook',
				active: false,
				secret: expect.stringMatching(/^.{10,}$/),
				system: 'PRODUCTION',
			},
		});
		expect(list((await hooks()).json, 'results')).toEqual([]);
		expect(list((await hooks('?active=false')).json, 'results')).toHaveLength(1);
	});

	it('are found, changed and removed by their ID', async () => {
		const id = await register();
		expect((await hooks(id)).json).toMatchObject({ results: { id, active: true, secret: SECRET } });
		const changed = await hooks(id, 'PUT', { triggers: ['DATA_NEW', 'JOB_SUCCESS'], model: 'events' });
		expect(list(changed.json, 'result.triggers')).toMatchObject([
			{ trigger: 'DATA_NEW', model: 'events' },
			{ trigger: 'JOB_SUCCESS', model: null },
		]);
		expect((await hooks(id, 'DELETE')).json).toEqual({ result: { id } });
		const gone = await Promise.all([hooks(id), hooks(id, 'DELETE'), hooks(id, 'PUT', {})]);
		expect(gone.map((reply) => reply.status)).toEqual([404, 404, 404]);
	});

	it.each([
		[{ triggers: ['DATA_NEW'] }, ['url invalid_type']],
		[{ url: 'x', triggers: ['DATA_NEW'] }, ['url invalid_string']],
		[{ url: 'https://example.com', triggers: [] }, ['triggers too_small']],
		[{ url: 'https://example.com', triggers: ['JOB_SUCCESS'] }, ['triggers.0 invalid_enum_value']],
		[{ url: 'https://example.com', triggers: ['DATA_NEW'], secret: 'short' }, ['secret too_small']],
		[
			{ url: 'https://example.com', triggers: ['DATA_NEW'], model: 'tours' },
			['model invalid_enum_value'],
		],
		[{ url: 'https://example.com', triggers: ['DATA_NEW'], foo: 1 }, ['unrecognized_keys']],
	])('are refused for %j', async (body, expected) => {
		expect(complaints(await hooks('', 'POST', body))).toEqual(expected);
	});
});

describe("Propexo's deliveries", () => {
	it('tell of a write that failed or partly failed, signed over the raw body', async () => {
		const id = await register({ headers: [{ header: 'x-own', value: 'mine' }] });
		const failed = await clients.createLeadEvent({ ...EVENT, notes: '[fail]' });
		const partly = await clients.createLeadEvent({ ...EVENT, notes: '[partial]' });
		await clients.createLeadEvent(EVENT);
		await until(() => receiver.arrivals.length === 2);
		expect(bodiesOf(receiver)).toMatchObject([
			{
				trigger: 'WRITE_OPERATION_FAILURE',
				data: {
					root_job_id: dig(failed.json, 'job_id'),
					write_status: 'FAILURE',
					integration_id: 'int_any',
				},
			},
			{ data: { root_job_id: dig(partly.json, 'job_id'), write_status: 'PARTIAL_SUCCESS' } },
		]);
		const [first] = receiver.arrivals;
		expect(first?.headers).toMatchObject({
			'propexo-signature': signatureOf(first, SECRET),
			'x-own': 'mine',
		});
		await emulator.propexo.webhooks.idle();
		expect(emulator.propexo.webhooks.deliveries).toMatchObject([
			{ webhook: id, status: 200 },
			{ status: 200 },
		]);
	});

	it('tell of an event that was made, to those who asked for events', async () => {
		await register({ triggers: ['DATA_NEW'], model: 'events' });
		await register({ triggers: ['DATA_NEW'], model: 'leads' });
		await clients.createLeadEvent({ ...EVENT, event_name: 'Show' });
		await until(() => receiver.arrivals.length > 0);
		await emulator.propexo.webhooks.idle();
		expect(bodiesOf(receiver)).toMatchObject([
			{ data: { event: 'DATA_NEW', object: 'events', payload: { event_name: 'Show' } } },
		]);
	});

	it('hold of a new record what the record itself holds: no ID, no place, no lists, nothing empty', async () => {
		await register({ triggers: ['DATA_NEW'], model: 'events' });
		await clients.createLeadEvent({ ...EVENT, event_name: 'Show', notes: 'Saturday' });
		await until(() => receiver.arrivals.length > 0);
		const [body] = bodiesOf(receiver);
		const payload = dig(body, 'data.payload') as object;
		expect(payload).toMatchObject({ event_name: 'Show', notes: 'Saturday' });
		const around = ['id', 'property_id', 'integration_id', 'integration_vendor', 'associated_lead_ids'];
		for (const name of around) expect(payload).not.toHaveProperty(name);
		expect(Object.values(payload)).not.toContain(null);
		expect(body).toMatchObject({
			trigger: 'DATA_NEW',
			data: { record_id: expect.any(String), context: { property_id: expect.any(String) } },
			meta: { object: 'events', integration_id: 'int_any' },
		});
		expect(dig(body, 'data.meta')).toBeUndefined();
	});

	it('of a model of several words have hyphens, and reach those who asked for it', async () => {
		await register({ triggers: ['DATA_NEW'], model: 'leads_to_events' });
		await register({ triggers: ['DATA_NEW'], model: 'leads' });
		const data = { ...sampleData('DATA_NEW'), object: 'leads-to-events' };
		await emulator.propexo.webhooks.deliver({ trigger: 'DATA_NEW', data });
		expect(bodiesOf(receiver)).toMatchObject([{ data: { object: 'leads-to-events' } }]);
	});

	it('tell of every record as it is when its job has ended, also where a timer is early', async () => {
		Object.assign(emulator.propexo.settings, { jobMs: 3 });
		await register({ triggers: ['DATA_NEW'], model: 'events' });
		const names = Array.from({ length: 300 }, (_, number) => `Show ${String(number)}`);
		for (const event_name of names) await clients.createLeadEvent({ ...EVENT, event_name });
		await until(() => receiver.arrivals.length === names.length);
		const told = bodiesOf(receiver).map((body) => dig(body, 'data.payload.event_name'));
		expect(new Set(told)).toEqual(new Set(names));
	});

	it('are repeated until somebody confirms, as often as the settings say', async () => {
		Object.assign(emulator.propexo.settings, { redeliverMs: 1, redeliverTimes: 2 });
		await register();
		receiver.answers.push(500, 404);
		await clients.createLeadEvent({ ...EVENT, notes: '[fail]' });
		await until(() => receiver.arrivals.length === 3);
		receiver.answers.push(500, 500, 500, 500);
		await clients.createLeadEvent({ ...EVENT, notes: '[fail]' });
		await until(() => receiver.arrivals.length === 6);
		const statuses = (): unknown[] =>
			emulator.propexo.webhooks.deliveries.map(({ attempt, status }) => [attempt, status]);
		await until(() => !statuses().some((entry) => (entry as unknown[])[1] === 0));
		expect(statuses()).toEqual([
			[1, 500],
			[2, 404],
			[3, 200],
			[1, 500],
			[2, 500],
			[3, 500],
		]);
		expect(new Set(receiver.arrivals.slice(0, 3).map((arrival) => arrival.text)).size).toBe(1);
	});

	it('can be had on demand: repeated, forged, with the secret before the last, flat', async () => {
		const webhookId = await register();
		await hooks(webhookId, 'PUT', { secret: 'another-secret' });
		const { webhooks } = emulator.propexo;
		const trigger = 'JOB_FAILURE';
		await webhooks.deliver({ trigger, webhookId, repeat: 2 });
		await webhooks.deliver({ trigger, webhookId, mark: 'wrong' });
		await webhooks.deliver({ trigger, webhookId, mark: 'old' });
		await webhooks.deliver({
			trigger,
			webhookId,
			mark: 'missing',
			shape: 'flat',
			data: { event: trigger },
		});
		const { arrivals } = receiver;
		const valid = arrivals.map(
			(arrival) => arrival.headers['propexo-signature'] === signatureOf(arrival, 'another-secret'),
		);
		expect(valid).toEqual([true, true, true, false, false, false]);
		expect(arrivals[4]?.headers['propexo-signature']).toBe(signatureOf(arrivals[4], SECRET));
		expect(arrivals[5]?.headers).not.toHaveProperty('propexo-signature');
		expect(bodiesOf(receiver)[5]).toEqual({ event: trigger });
		expect(bodiesOf(receiver)[0]).toEqual({ trigger, data: sampleData(trigger) });
	});

	it('do not reach a registration that is inactive or removed', async () => {
		const id = await register();
		await register({ active: false });
		await hooks(id, 'DELETE');
		expect(await emulator.propexo.webhooks.deliver({ trigger: 'WRITE_OPERATION_FAILURE' })).toEqual([]);
	});

	it('are broken off when the emulator is reset or ends', async () => {
		const silent = createServer(() => undefined).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
		const delivery = emulator.propexo.webhooks.deliver({ trigger: 'JOB_FAILURE', url });
		await once(silent, 'request');
		emulator.reset();
		expect(await delivery).toMatchObject([{ status: 0, error: expect.stringContaining('abort') }]);
		silent.close();
		silent.closeAllConnections();
	});

	it('tell why there was no answer', async () => {
		const url = 'http://127.0.0.1:9/hook';
		const [delivery] = await emulator.propexo.webhooks.deliver({
			trigger: 'JOB_FAILURE',
			url,
			secret: SECRET,
		});
		expect(delivery).toMatchObject({ status: 0, error: expect.any(String) });
	});
});
