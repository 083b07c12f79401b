import { startEmulator } from '../../../../emulator/index.ts';
import { Ledger } from '../../../../emulator/server/ledger.ts';
import { clientsOf } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

const emulator = useEmulator();
const clients = clientsOf(emulator);

const EVENT = { integration_id: 'int_any', lead_id: 'lead_1' };

it('holds every request with its fate, in order of arrival', async () => {
	await clients.createLeadEvent(EVENT, '?ignore_unknown_fields=true');
	await clients.createLeadEvent({ ...EVENT, foo: 1 });
	await clients.propexo('/v1/nowhere?a=1&a=2');
	const { requests, created } = emulator.propexo.ledger;
	expect(requests).toMatchObject([
		{
			seq: 1,
			method: 'POST',
			path: '/v1/events/leads',
			query: { ignore_unknown_fields: 'true' },
			body: EVENT,
			status: 200,
		},
		{ seq: 2, body: { ...EVENT, foo: 1 }, status: 400, created: [] },
		{ seq: 3, method: 'GET', path: '/v1/nowhere', query: { a: ['1', '2'] }, status: 404, created: [] },
	]);
	expect(created).toMatchObject([{ id: requests[0]?.created[0], body: EVENT, request: 1, kind: 'event' }]);
	expect(Math.abs(Date.now() - (requests[0]?.at ?? 0))).toBeLessThan(60_000);
});

it('never holds a token', async () => {
	await clients.propexo('/v1/units/?limit=1', { headers: { 'x-note': 'kept' } });
	const text = JSON.stringify(emulator.propexo.ledger.requests);
	expect(text).not.toContain(emulator.propexo.token);
	expect(emulator.propexo.ledger.requests[0]?.headers).toMatchObject({
		authorization: 'Bearer ***',
		'x-note': 'kept',
	});
});

it('holds a body that is no JSON as the text it was', async () => {
	await clients.createLeadEvent('{"half');
	expect(emulator.propexo.ledger.requests[0]).toMatchObject({ body: '{"half', status: 400 });
});

it('keeps the replies of the newest 2,000 requests alone', () => {
	const ledger = new Ledger();
	for (let count = 0; count < 2_001; count++) {
		const row = ledger.open({ method: 'GET', path: '/', query: {} }, {});
		ledger.close(row, 200, { headers: {}, body: 'x' });
	}
	const kept = ledger.requests.filter((row) => row.reply !== undefined);
	expect(kept).toHaveLength(2_000);
	expect(ledger.requests[0]?.reply).toBeUndefined();
});

it('is empty after a reset, with settings and records as at the start', async () => {
	const { settings, data, ledger } = emulator.propexo;
	await clients.createLeadEvent(EVENT);
	settings.limit = 1;
	data.leads.delete('lead_1');
	emulator.rentEngine.settings.eventTypes.push('Log Note');
	emulator.rentEngine.rows.addProspect();
	emulator.propexo.faults.add({ status: 500 });
	emulator.reset();
	expect([ledger.requests, ledger.created]).toEqual([[], []]);
	expect(settings.limit).toBe(150);
	expect(data.leads.get('lead_1')).toBeDefined();
	expect(emulator.rentEngine.settings.eventTypes).toEqual(['Assign to User']);
	expect(emulator.rentEngine.data.prospects.get(1025)).toBeUndefined();
	expect((await clients.createLeadEvent(EVENT)).status).toBe(200);
});

it('refuses to start on a port that is taken', async () => {
	const propexoPort = Number(new URL(emulator.propexo.url).port);
	await expect(startEmulator({ propexoPort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
