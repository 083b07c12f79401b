import { idsAt } from '../support/propexoIds.ts';
import { clientsOf, dig, list, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

const EVENT = {
	integration_id: 'int_resman_1',
	lead_id: 'lead_3',
	event_name: 'Show',
	event_datetime: '2026-03-01T09:30:00Z',
};

const emulator = useEmulator({ propexo: { limit: 100_000, slowMs: 0, jobMs: 0 } });
const clients = clientsOf(emulator);

const create = async (more: Record<string, unknown> = {}): Promise<string> => {
	const reply = await clients.createLeadEvent({ ...EVENT, ...more });
	return String(dig(reply.json, 'job_id'));
};
const status = (id: string): Promise<Reply> => clients.propexo(`/v1/admin/write-status/${id}`);
const retry = (id: string): Promise<Reply> =>
	clients.propexo(`/v1/admin/retry-write/${id}`, { method: 'POST', body: {} });
const logs = async (query = ''): Promise<unknown[]> =>
	list((await clients.propexo(`/v1/admin/logs/writes/${query}`)).json, 'results.logs');

describe('the status of a write', () => {
	it('is pending until its time has come, then final', async () => {
		emulator.propexo.settings.jobMs = 60_000;
		const pending = await create();
		expect((await status(pending)).json).toEqual({
			write_status: 'PENDING',
			errors: [],
			created_record_id: null,
		});
		emulator.propexo.settings.jobMs = 0;
		const done = await status(await create());
		expect(done.json).toEqual({
			write_status: 'SUCCESS',
			errors: [],
			created_record_id: expect.any(String),
		});
	});

	it('tells the record that was made, which can then be read', async () => {
		const done = await status(await create({ notes: 'Second visit' }));
		const event = await clients.propexo(`/v1/events/${String(dig(done.json, 'created_record_id'))}`);
		expect(event.json).toMatchObject({
			results: { event_name: 'Show', notes: 'Second visit', associated_lead_ids: ['lead_3'] },
		});
	});

	it('tells no record where the PMS tells none', async () => {
		const id = await create({
			integration_id: 'int_rentmanager_1',
			lead_id: idsAt(emulator, 'int_rentmanager_1').lead_id,
			event_name: 'NOTE',
			event_datetime: undefined,
		});
		expect((await status(id)).json).toMatchObject({ write_status: 'SUCCESS', created_record_id: null });
	});

	it('can be made to end in any way, by a mark in the notes or by the settings', async () => {
		expect((await status(await create({ notes: 'x [fail]' }))).json).toMatchObject({
			write_status: 'FAILURE',
		});
		expect((await status(await create({ notes: '[partial]' }))).json).toMatchObject({
			write_status: 'PARTIAL_SUCCESS',
		});
		expect((await status(await create({ notes: '[pending]' }))).json).toMatchObject({
			write_status: 'PENDING',
		});
		emulator.propexo.settings.jobResult = 'FAILURE';
		expect((await status(await create())).json).toMatchObject({
			write_status: 'FAILURE',
			created_record_id: null,
		});
		emulator.propexo.settings.jobResult = (body) =>
			body['lead_id'] === 'lead_3' ? 'PARTIAL_SUCCESS' : 'SUCCESS';
		expect((await status(await create())).json).toMatchObject({ write_status: 'PARTIAL_SUCCESS' });
	});

	it("tells the PMS's own words as texts, the first of them JSON", async () => {
		const failed = await status(await create({ notes: '[fail]' }));
		const errors = list(failed.json, 'errors');
		expect(errors.length).toBeGreaterThan(0);
		expect(JSON.parse(String(errors[0]))).toEqual(expect.any(Object));
	});

	it('is not known for a job that never was', async () => {
		expect((await status('cljobnone')).status).toBe(404);
	});
});

describe('the retry of a write', () => {
	it('answers a new job for a failed one, with the same body', async () => {
		const failed = await create({ notes: '[fail once]' });
		const reply = await retry(failed);
		expect(reply.json).toEqual({ success: true, job_id: expect.any(String) });
		const id = String(dig(reply.json, 'job_id'));
		expect(id).not.toBe(failed);
		expect((await status(id)).json).toMatchObject({ write_status: 'SUCCESS' });
		expect((await status(failed)).json).toMatchObject({ write_status: 'FAILURE' });
		const [first, second] = emulator.propexo.ledger.created;
		expect(second).toMatchObject({ id, kind: 'retry', of: failed, body: first?.body });
	});

	it('is refused for a job that did not fail', async () => {
		expect((await retry(await create())).status).toBe(400);
		expect((await retry(await create({ notes: '[pending]' }))).status).toBe(400);
		expect((await retry('cljobnone')).status).toBe(404);
	});
});

describe('the log of writes', () => {
	it('holds finished jobs alone, newest first, with the body that was accepted', async () => {
		const first = await create({ notes: 'one' });
		await create({ notes: '[pending]' });
		const second = await create({ notes: '[fail]' });
		const found = await logs();
		expect(found.map((log) => dig(log, 'job_id'))).toEqual([second, first]);
		expect(found.map((log) => dig(log, 'status'))).toEqual(['FAILURE', 'SUCCESS']);
		expect(dig(found[1], 'parameters')).toEqual({ ...EVENT, notes: 'one' });
	});

	it('can be narrowed and paged', async () => {
		await create();
		await create({ notes: '[fail]' });
		await create({ integration_id: 'int_any' });
		expect(await logs('?integration_id=int_any')).toHaveLength(1);
		expect(await logs('?status=FAILURE')).toHaveLength(1);
		expect(await logs('?write_category=events&time_range=hour')).toHaveLength(3);
		expect(await logs('?write_category=leads')).toHaveLength(0);
		const all = await logs();
		expect(await logs('?limit=1&offset=1')).toEqual([all[1]]);
	});

	it('takes no page larger than 100 and no other category than the known ones', async () => {
		expect((await clients.propexo('/v1/admin/logs/writes/?limit=101')).status).toBe(400);
		expect((await clients.propexo('/v1/admin/logs/writes/?write_category=tours')).status).toBe(400);
		expect((await clients.propexo('/v1/admin/logs/writes/?foo=1')).status).toBe(400);
	});
});
