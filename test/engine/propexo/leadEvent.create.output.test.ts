import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { chosenFromList } from '../support/locator.ts';
import { jsonOf, leadEvent } from './support/run.ts';

const services = useServices({ propexo: { jobMs: 0 } });

const when = '2026-03-01T14:30:00-06:00';
const entrata = {
	integrationId: byId('int_entrata_1'),
	leadId: byId('lead_2'),
	eventTypeId: byId('etype_13'),
	eventDatetime: when,
};
const created = () => services.emulator.propexo.ledger.created;

const first = async (parameters: IDataObject, settings = {}): Promise<IDataObject> =>
	jsonOf(await leadEvent(services, parameters, settings))[0] ?? {};

describe('The output of a new event', () => {
	it('tells the outcome, the IDs and whom it is about before what was sent', async () => {
		const row = await first({ ...entrata, options: { waitForResult: true } });
		expect(Object.entries(row)).toEqual([
			['outcome', 'created'],
			['job_id', created()[0]?.id],
			['integration_id', 'int_entrata_1'],
			['lead_id', 'lead_2'],
			['write_status', 'SUCCESS'],
			['write_errors', []],
			[
				'data',
				{
					integration_id: 'int_entrata_1',
					lead_id: 'lead_2',
					event_type_id: 'etype_13',
					event_datetime: '2026-03-01T13:30:00-07:00',
				},
			],
		]);
	});

	it('is the whole answer without Simplify', async () => {
		const row = await first({ ...entrata, options: { simplify: false } });
		expect(Object.keys(row)).toEqual(['outcome', 'job_id', 'data']);
		expect(row.data).toMatchObject({ event_type_id: 'etype_13', notes: null, event_name: null });
	});

	it('says whom an event is about that was recorded before', async () => {
		const given = { ...entrata, deduplicationKey: '={{ $json.id }}' };
		const items = [{ id: 'output-1' }];
		await first(given, { items });
		expect(Object.entries(await first(given, { items }))).toEqual([
			['outcome', 'skipped'],
			['integration_id', 'int_entrata_1'],
			['lead_id', 'lead_2'],
			['skipped', true],
			['deduplication_key', 'output-1'],
		]);
	});
});

describe('Event Name and Event Type beside an integration that was chosen from the list', () => {
	const listed = {
		...entrata,
		integrationId: chosenFromList('int_entrata_1', 'Lakeview Entrata (Entrata)'),
	};

	it('the one that its PMS does not go by is not missed', async () => {
		const { thrown, hints } = await leadEvent(services, listed);
		expect([thrown?.message, hints]).toEqual([undefined, []]);
		expect(created()[0]?.body).not.toHaveProperty('event_name');
	});

	it.each([
		['as it was chosen before', byId('Show')],
		['by an expression', byId("={{ 'Show' }}")],
	])('one that is filled in all the same goes out, and that is told: %s', async (_, eventName) => {
		const { thrown, hints } = await leadEvent(services, { ...listed, eventName });
		expect(thrown).toBeUndefined();
		expect(created()[0]?.body).toMatchObject({ event_name: 'Show' });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining("'Event Name' was sent, and Entrata uses 'Event Type'"),
		]);
	});
});
