import { byId, useServices } from '../support/services.ts';
import { addEvent, leadOf } from './support/records.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices();

const propexo = () => services.emulator.propexo;

describe('Lead Event: Get', () => {
	beforeEach(() => propexo().data.events.replace([]));

	it('gives the event in ten fields, with the lead it belongs to', async () => {
		addEvent(services, 'event_1');
		expect(jsonOf(await run(services, 'leadEvent', 'get', { eventId: byId('event_1') }))).toEqual([
			{
				id: 'event_1',
				lead_id: 'lead_2',
				event_name: 'WalkIn',
				type_raw: 'Walk In',
				event_datetime: '2026-07-15T15:30:00Z',
				appointment_datetime: null,
				notes: 'x',
				agent_name: null,
				property_id: leadOf(services, 'lead_2').property_id,
				integration_id: 'int_entrata_1',
			},
		]);
	});

	it('gives every field unless simplified', async () => {
		const event = addEvent(services, 'event_1');
		const result = await run(services, 'leadEvent', 'get', { eventId: byId('event_1'), output: 'raw' });
		expect(jsonOf(result)).toEqual([event]);
	});

	it('says that an event does not exist', async () => {
		const { thrown } = await run(services, 'leadEvent', 'get', { eventId: byId('event_gone') });
		expect(thrown?.message).toBe('Propexo refused it (HTTP 404): Event not found');
	});
});
