import { request } from 'undici';
import { outcomeOf } from '../../../../emulator/page/rows.ts';
import { FAILURES, SAMPLES } from '../../../../emulator/page/tries.ts';
import { call, clientsOf, dig, list } from '../support/client.ts';
import { startReceiver, until } from '../support/receiver.ts';
import { useEmulator } from '../support/emulator.ts';

const EVENT = { integration_id: 'int_any', lead_id: 'lead_1', event_name: 'Show' };

const emulator = useEmulator();
const clients = clientsOf(emulator);

const post = (path: string, body: unknown = {}) => clients.page(path, { method: 'POST', body });

describe('the page', () => {
	it('is one document with its own style and script, and nothing from elsewhere', async () => {
		const page = await clients.page('/');
		expect(page.headers['content-type']).toContain('text/html');
		expect(page.headers['content-security-policy']).toContain("default-src 'none'");
		const addresses = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => String(match[1]));
		expect(addresses.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([]);
		for (const address of addresses.filter((one) => one.startsWith('/'))) {
			expect((await clients.page(address)).status).toBe(200);
		}
	});

	it('names every control and states the language', async () => {
		const { text } = await clients.page('/');
		expect(text).toMatch(/<html lang="en">/);
		for (const id of ['system', 'outcome', 'reads', 'fail-system', 'failure', 'hook', 'sample'])
			expect(text).toContain(`for="${id}"`);
		expect(text).toMatch(/role="status"/);
	});

	it('gets what is there at once, then what comes, and hears when it is cleared', async () => {
		await clients.createLeadEvent(EVENT);
		const { body, headers } = await request(`${emulator.page.url}/api/events`);
		expect(headers['content-type']).toContain('text/event-stream');
		let text = '';
		body.setEncoding('utf8');
		body.on('data', (part: string) => (text += part));
		body.on('error', () => undefined);
		await until(() => text.includes('"seq":1'));
		await clients.createLeadEvent({ ...EVENT, foo: 1 });
		await until(() => text.includes('"seq":2,'));
		emulator.reset();
		await until(() => text.includes('event: cleared'));
		body.destroy();
		const rows = [...text.matchAll(/event: rows\ndata: (.*)\n/g)].flatMap(
			(match) => JSON.parse(String(match[1])) as unknown[],
		);
		expect(rows).toEqual([
			expect.objectContaining({
				system: 'propexo',
				seq: 1,
				outcome: 'created',
				status: 200,
				who: 'Maria Alvarez',
				what: 'Show',
				reads: false,
			}),
			expect.objectContaining({
				system: 'propexo',
				seq: 2,
				outcome: 'refused',
				status: 400,
				created: [],
			}),
		]);
	});

	it('opens a row into its request and reply', async () => {
		await clients.createLeadEvent(EVENT);
		const detail = await clients.page('/api/requests/propexo/1');
		expect(detail.json).toMatchObject({ method: 'POST', path: '/v1/events/leads', body: EVENT });
		expect(JSON.parse(String(dig(detail.json, 'reply.body')))).toMatchObject({ data: EVENT });
		expect(dig(detail.json, 'headers.authorization')).toBe('Bearer ***');
		expect((await clients.page('/api/requests/propexo/9')).status).toBe(404);
	});

	it.each([
		[{ created: ['1'], status: 500 }, 'created'],
		[{ created: [], status: 200 }, 'answered'],
		[{ created: [], status: 429 }, 'limited'],
		[{ created: [], status: 404 }, 'refused'],
		[{ created: [], status: 503 }, 'failed'],
		[{ created: [], status: 'closed' as const }, 'closed'],
		[{ created: [], status: 'pending' as const }, 'pending'],
	])('calls %j %s', (row, outcome) => {
		expect(outcomeOf(row)).toBe(outcome);
	});
});

describe('the control API', () => {
	it('shows both ledgers as JSON', async () => {
		await clients.createLeadEvent(EVENT);
		await clients.rentEngine('/units?limit=1');
		const ledger = await clients.page('/api/ledger');
		expect(ledger.json).toMatchObject({
			propexo: { requests: [{ body: EVENT }], created: [{ body: EVENT }] },
			rentEngine: { requests: [{ path: '/api/public/v1/units' }], created: [] },
		});
	});

	it('changes settings and takes everything back', async () => {
		await post('/api/settings', { propexo: { limit: 7 }, rentEngine: { replyShape: 'object' } });
		expect([emulator.propexo.settings.limit, emulator.rentEngine.settings.replyShape]).toEqual([
			7,
			'object',
		]);
		await clients.propexo('/v1/units/?limit=1');
		expect((await clients.page('/api/reset', { method: 'POST' })).json).toEqual({ ok: true });
		expect([emulator.propexo.settings.limit, emulator.propexo.ledger.requests.length]).toEqual([150, 0]);
	});

	it('puts faults in place', async () => {
		await post('/api/faults', {
			system: 'propexo',
			match: { pathPattern: '^/v1/units' },
			times: 'Infinity',
			status: 503,
		});
		expect((await clients.propexo('/v1/leads/?limit=1')).status).toBe(200);
		expect((await clients.propexo('/v1/units/')).status).toBe(503);
		expect((await clients.propexo('/v1/units/')).status).toBe(503);
		expect((await post('/api/faults', { system: 'other' })).status).toBe(400);
	});

	it('delivers webhooks and makes rows', async () => {
		const receiver = await startReceiver();
		const wanted = { system: 'propexo', trigger: 'SYNC_COMPLETE', url: receiver.url, secret: 'x' };
		const delivered = await post('/api/deliver', wanted);
		expect(list(delivered.json, 'deliveries')).toMatchObject([{ about: 'SYNC_COMPLETE', status: 200 }]);
		const made = await post('/api/rows', { table: 'prospects', row: { name: 'Nora New' } });
		const id = Number(dig(made.json, 'row.id'));
		await post('/api/rows', { table: 'prospects', id, row: { status: 'Moved In' } });
		expect(emulator.rentEngine.data.prospects.get(id)).toMatchObject({
			name: 'Nora New',
			status: 'Moved In',
		});
		expect((await clients.page('/api/deliveries')).json).toMatchObject({
			propexo: [{ attempt: 1 }],
			rentEngine: [],
		});
		await receiver.close();
	});

	it('lets the next write fail in each of the ways that the page offers, and no read', async () => {
		const told: Array<[status: number, created: number]> = [];
		for (const failure of Object.keys(FAILURES)) {
			await post('/api/fail', { system: 'propexo', failure });
			expect((await clients.propexo('/v1/units/?limit=1')).status).toBe(200);
			const before = emulator.propexo.ledger.created.length;
			const { status } = await clients.createLeadEvent(EVENT).catch(() => ({ status: 0 }));
			told.push([status, emulator.propexo.ledger.created.length - before]);
		}
		expect(told).toEqual([
			...[
				[500, 1],
				[500, 0],
				[0, 1],
				[429, 0],
				[400, 0],
				[401, 0],
			],
			[502, 0],
		]);
		expect((await post('/api/fail', { system: 'propexo', failure: 'other' })).status).toBe(400);
	});

	it('sends each sample webhook that the page offers, and tells how it was taken', async () => {
		const toldOf = async (sample: string) => dig((await post('/api/sample', { sample })).json, 'told');
		for (const [sample, { system }] of Object.entries(SAMPLES)) {
			const trigger = system === 'propexo' ? 'Propexo Trigger' : 'RentEngine Trigger';
			expect(await toldOf(sample)).toMatch(new RegExp(`^Nobody listens for it.*${trigger}`));
		}
		const receiver = await startReceiver();
		emulator.rentEngine.settings.webhookUrl = receiver.url;
		const url = receiver.url;
		const triggers = ['WRITE_OPERATION_FAILURE', 'DATA_NEW', 'DATA_UPDATE', 'SYNC_COMPLETE'];
		const others = ['FIRST_SYNC_COMPLETE', 'JOB_FAILURE'];
		const body = { url, active: true, triggers: [...triggers, ...others] };
		await clients.propexo('/v1/webhooks/', { method: 'POST', body });
		for (const [sample, { label }] of Object.entries(SAMPLES))
			expect(await toldOf(sample)).toBe(`${label}: sent, and received`);
		await receiver.close();
		expect(await toldOf('prospectCreated')).toMatch(/sent, and nobody answered at http/);
		expect((await post('/api/sample', { sample: 'other' })).status).toBe(400);
	});

	it('is not there for pages from elsewhere, and not on the API ports', async () => {
		const foreign = { method: 'POST' as const, headers: { origin: 'https://elsewhere.example' } };
		expect((await clients.page('/api/reset', foreign)).status).toBe(403);
		expect((await clients.propexo('/api/ledger')).status).toBe(404);
		expect(
			(await call(`${emulator.rentEngine.url}/api/ledger`, { token: emulator.rentEngine.token }))
				.status,
		).toBe(404);
	});
});
