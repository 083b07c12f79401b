import { idsAt } from '../support/propexoIds.ts';
import { clientsOf, complaints, dig, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

const emulator = useEmulator({ propexo: { jobMs: 0 } });
const clients = clientsOf(emulator);

describe('the update of a lead event', () => {
	const update = (id: string, body: unknown): Promise<Reply> =>
		clients.propexo(`/v1/events/leads/${id}`, { method: 'PUT', body });
	const make = async (integration_id: string): Promise<string> => {
		const { lead_id, event_type_id } = idsAt(emulator, integration_id);
		const event = { lead_id, event_type_id, event_datetime: '2026-03-01T09:30:00Z' };
		await clients.createLeadEvent({ integration_id, ...event });
		const events = await clients.propexo('/v1/events/');
		return String(dig(events.json, 'results.0.id'));
	};

	it('changes the event at MRI once its job has ended', async () => {
		const id = await make('int_mri_1');
		const body = {
			event_datetime: '2026-04-01T09:30:00Z',
			event_type_id: idsAt(emulator, 'int_mri_1').event_type_id,
			status: 'COMPLETED',
			notes: 'New',
		};
		const reply = await update(id, body);
		expect(reply.status).toBe(200);
		expect(dig(reply.json, 'job_id')).toEqual(expect.any(String));
		const event = await clients.propexo(`/v1/events/${id}`);
		expect(event.json).toMatchObject({
			results: { id, notes: 'New', event_datetime: body.event_datetime },
		});
	});

	it('takes a day without a time of day at MRI', async () => {
		const id = await make('int_mri_1');
		const { event_type_id } = idsAt(emulator, 'int_mri_1');
		expect((await update(id, { event_type_id, event_datetime: '2026-03-01' })).status).toBe(200);
	});

	it('is refused for what it does not know, and where the PMS knows no update', async () => {
		const id = await make('int_mri_1');
		expect(complaints(await update(id, { title: 'x' }))).toContain('unrecognized_keys');
		expect(complaints(await update(id, { notes: 'x' }))).toEqual([
			'event_datetime invalid_type',
			'event_type_id invalid_type',
		]);
		expect((await update('event_none', {})).status).toBe(404);
		const atEntrata = await make('int_entrata_1');
		expect((await update(atEntrata, { notes: 'x' })).status).toBe(405);
	});
});
