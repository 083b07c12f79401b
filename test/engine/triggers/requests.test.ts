import { doors, propexoDoor } from './support/doors.ts';
import type { Triggers } from './support/triggers.ts';
import { createTriggers, post, signed } from './support/triggers.ts';

let triggers: Triggers;
beforeAll(async () => {
	triggers = await createTriggers();
});
afterAll(async () => await triggers.close());
afterEach(async () => await triggers.reset());

describe.each(doors)('%s Trigger, a request that is no webhook', (_, open) => {
	it.each([
		['another method', { method: 'PUT' }, 405],
		['text', { headers: { 'content-type': 'text/plain' } }, 415],
		['a form', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 415],
		['no type', { headers: { 'content-type': '' } }, 415],
	])('is turned away: %s', async (__, { headers, ...request }: RequestInit, status) => {
		const { host, proof, event } = await open(triggers);
		const all = { 'content-type': 'application/json', ...proof(event(1)), ...headers } as Record<
			string,
			string
		>;
		const reply = await fetch(host.url, { method: 'POST', body: event(1), ...request, headers: all });
		expect(reply.status).toBe(status);
		expect(await reply.text()).not.toMatch(/\bat \S+:\d+|node_modules/);
		expect(host.runs).toEqual([]);
	});

	it('is turned away when it is larger than 5 MB', async () => {
		const { host, proof, event } = await open(triggers);
		const text = `${event(1)}${' '.repeat(5_000_000)}`;
		expect((await post(host.url, text, proof(text))).status).toBe(413);
		expect(host.runs).toEqual([]);
	});

	it.each([
		['nothing', ''],
		['half an object', '{"trigger":"WRITE'],
		['a list', '[{}]'],
		['null', 'null'],
		['a text', '"WRITE_OPERATION_FAILURE"'],
		['an empty object', '{}'],
		['another object', '{"data":{"type":7,"table":"x"}}'],
		['numbers for names', '{"trigger":1,"type":2,"table":3,"record":{}}'],
	])('is turned away though it is signed: %s', async (__, text) => {
		const { host, proof } = await open(triggers);
		const reply = await post(host.url, text, proof(text));
		expect(reply.status).toBe(400);
		expect(JSON.parse(reply.text)).toEqual({ message: 'The body is not a webhook of this service' });
		expect(host.runs).toEqual([]);
	});

	it('is told nothing of the workflow when it is forged', async () => {
		const { host, event } = await open(triggers);
		const reply = await post(host.url, event(1));
		expect(reply.status).toBe(401);
		expect(JSON.parse(reply.text)).toEqual({ message: 'The request does not prove where it is from' });
	});

	it('is turned away when it is no UTF-8', async () => {
		const { host, proof, event } = await open(triggers);
		const bytes = Buffer.from(event(1).replace('}', ',"x":"\u00e9"}'), 'latin1');
		const headers = { 'content-type': 'application/json', ...proof(bytes as unknown as string) };
		const reply = await fetch(host.url, { method: 'POST', headers, body: bytes });
		expect(reply.status).toBe(400);
		expect(host.runs).toEqual([]);
	});
});

describe('Propexo Trigger, the signature', () => {
	it('is that of the bytes, not of what they mean', async () => {
		const { host, proof, event } = await propexoDoor(triggers);
		const spaced = JSON.stringify(JSON.parse(event(1)), null, 1);
		expect((await post(host.url, spaced, proof(event(1)))).status).toBe(401);
		expect((await post(host.url, spaced, proof(spaced))).status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});

	it('is refused when it was made with a secret that was replaced', async () => {
		const { host, proof, event } = await propexoDoor(triggers);
		const [found] = await triggers.registrations();
		const { propexo } = triggers.emulator;
		await fetch(`${propexo.url}/v1/webhooks/${found?.id}`, {
			method: 'DELETE',
			headers: { authorization: `Bearer ${propexo.token}` },
		});
		await host.activate('init');
		expect((await post(host.url, event(1), proof(event(1)))).status).toBe(401);
		expect(host.runs).toEqual([]);
	});

	it.each(['wrong', 'old', 'missing'] as const)('is refused when it is %s', async (mark) => {
		const { host } = await propexoDoor(triggers);
		const [delivery] = await triggers.emulator.propexo.webhooks.deliver({
			trigger: 'WRITE_OPERATION_FAILURE',
			mark,
		});
		expect(delivery?.status).toBe(401);
		expect(host.runs).toEqual([]);
	});

	it('opens to nobody while there is no secret', async () => {
		const host = await triggers.propexo();
		host.database.active = true;
		const text = '{"trigger":"WRITE_OPERATION_FAILURE","data":{"root_job_id":"job_1"}}';
		for (const secret of ['', 'undefined', 'null']) {
			expect((await post(host.url, text, signed(secret, text))).status).toBe(401);
		}
		expect(host.runs).toEqual([]);
		expect(host.warnings[0]).toContain('has no secret');
	});

	it('is checked with the new secret even while n8n writes an old copy of the static data back', async () => {
		const { host, event } = await propexoDoor(triggers);
		const old = host.database.staticData;
		await host.deactivate();
		await host.activate();
		host.database.staticData = old;
		const found = (await triggers.registrations()).find(({ url }) => url === host.url);
		expect((await post(host.url, event(1), signed(found?.secret ?? '', event(1)))).status).toBe(200);
		await host.deactivate();
		expect(await triggers.registrations()).toEqual([]);
	});
});
