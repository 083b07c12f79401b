import { nested } from '../../support/hostile/values.ts';
import { SERVICES } from '../../support/service.ts';
import { useTriggers, post } from '../../support/trigger/triggers.ts';

const triggers = useTriggers();

describe.each(SERVICES)('$title Trigger, a request that is no webhook', ({ door: open }) => {
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
	])('is turned away though it is signed, and n8n’s log says so: %s', async (__, text) => {
		const { host, proof } = await open(triggers);
		const reply = await post(host.url, text, proof(text));
		expect(reply.status).toBe(400);
		expect(JSON.parse(reply.text)).toEqual({ message: 'The body is not a webhook of this service' });
		expect(host.warnings).toEqual([
			expect.stringMatching(
				/^A webhook was refused\. The body is not a webhook of this service \(workflow /,
			),
		]);
		expect(host.runs).toEqual([]);
	});

	it.each([300, 3_000, 30_000, 300_000])(
		'is turned away though it is signed: nested %i deep',
		async (depth) => {
			const { host, proof, event } = await open(triggers);
			const text = event(1)
				.replace(/^\{/, () => `{"deep":${nested(depth)},`)
				.replace(/("data":\{|"record":\{)/, (found) => `${found}"deep":${nested(depth)},`);
			const reply = await post(host.url, text, proof(text));
			expect(reply.status).toBe(400);
			expect(host.runs).toEqual([]);
		},
	);

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

	it('is not what comes as another kind of JSON, which n8n leaves to the node to read', async () => {
		const { host, proof, event } = await open(triggers);
		const headers = { ...proof(event(1)), 'content-type': 'application/vnd.service.v1+json' };
		const reply = await fetch(host.url, { method: 'POST', headers, body: event(1) });
		expect(reply.status).toBe(200);
		expect(host.runs).toHaveLength(1);
	});
});
