import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { call, dig, list, type Reply } from './support/client.ts';
import { useEmulator } from './support/emulator.ts';

const emulator = useEmulator({
	propexoTokens: ['north', 'south'],
	rentEngineTokens: ['north', 'south'],
});

const propexo = (token: string, path: string, body?: unknown): Promise<Reply> =>
	call(emulator.propexo.url + path, { token, ...(body === undefined ? {} : { method: 'POST', body }) });
const rentEngine = (token: string, path: string, body?: unknown): Promise<Reply> =>
	call(emulator.rentEngine.url + path, { token, ...(body === undefined ? {} : { method: 'POST', body }) });
const EVENT = { integration_id: 'int_any', lead_id: 'lead_1' };
const ASSIGNMENT = {
	events: [
		{
			prospect_id: 1001,
			event_type: 'Assign to User',
			context: { assignedToUserIds: [RENTENGINE_USERS[0].id] },
		},
	],
};

it('each token shows in the ledger which account its event went to', async () => {
	await propexo('south', '/v1/events/leads', EVENT);
	await rentEngine('south', '/leasing_events', ASSIGNMENT);
	for (const { accounts, ledger } of [emulator.propexo, emulator.rentEngine]) {
		const [north, south] = accounts;
		expect(ledger.created).toHaveLength(1);
		expect([north?.ledger.created, north?.ledger.requests]).toEqual([[], []]);
		expect(south?.ledger.created).toEqual(ledger.created);
		expect(south?.ledger.requests).toHaveLength(1);
	}
});

it('each account has records of its own', async () => {
	const [north, south] = emulator.propexo.accounts;
	south?.data.leads.delete('lead_1');
	emulator.rentEngine.accounts[1]?.rows.addProspect({ id: 5_000 });
	expect(north?.data.leads.get('lead_1')).toBeDefined();
	expect((await propexo('north', '/v1/leads/lead_1')).status).toBe(200);
	expect((await propexo('south', '/v1/leads/lead_1')).status).toBe(404);
	expect((await propexo('south', '/v1/events/leads', EVENT)).status).toBe(400);
	const prospects = async (token: string) =>
		list({ rows: (await rentEngine(token, '/prospects?limit=100')).json }, 'rows').map((row) =>
			dig(row, 'id'),
		);
	expect(await prospects('south')).toContain(5_000);
	expect(await prospects('north')).not.toContain(5_000);
});

it('each account has jobs, events and webhooks of its own', async () => {
	const made = await propexo('north', '/v1/events/leads', EVENT);
	const status = `/v1/admin/write-status/${String(dig(made.json, 'job_id'))}`;
	expect((await propexo('north', status)).status).toBe(200);
	expect((await propexo('south', status)).status).toBe(404);
	await propexo('south', '/v1/webhooks/', {
		url: 'https://example.com/',
		triggers: ['DATA_NEW'],
		active: true,
	});
	expect(list((await propexo('north', '/v1/webhooks/')).json, 'results')).toEqual([]);
	expect(list((await propexo('south', '/v1/webhooks/')).json, 'results')).toHaveLength(1);
	await rentEngine('south', '/leasing_events', ASSIGNMENT);
	const last = async (token: string) =>
		dig((await rentEngine(token, '/leasing_events?prospect_id=1001&limit=1')).json, 'data.0.event_type');
	expect([await last('north'), await last('south')]).toEqual(['New', 'Assign to User']);
});

it('each account has a rate of its own', async () => {
	emulator.propexo.settings.limit = 1;
	const asked = ['north', 'north', 'south'].map((token) => propexo(token, '/v1/units/'));
	expect((await Promise.all(asked)).map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});

it('any other token is refused, and the request belongs to no account', async () => {
	for (const token of ['east', 'northsouth', '']) {
		expect((await propexo(token, '/v1/units/')).status).toBe(401);
		expect((await rentEngine(token, '/units')).status).toBe(401);
	}
	expect(emulator.propexo.ledger.requests.map(({ authorized, account }) => [authorized, account])).toEqual(
		Array(3).fill([false, undefined]),
	);
});

it('a reset brings the records of all accounts back', async () => {
	emulator.propexo.accounts[1]?.data.leads.delete('lead_1');
	emulator.reset();
	expect((await propexo('south', '/v1/leads/lead_1')).status).toBe(200);
});
