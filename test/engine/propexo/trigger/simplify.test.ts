import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../../support/services.ts';
import { useTriggers } from '../../support/trigger/triggers.ts';
import { active, changedRecord, deliver, failedWrite, newRecord } from '../support/deliveries.ts';
import { run } from '../support/run.ts';

const triggers = useTriggers();
const services = useServices();

describe('Propexo Trigger, records simplified', () => {
	const records = { triggers: ['DATA_NEW', 'DATA_UPDATE'], model: '' };
	const ofObject = (object: string, payload: IDataObject) => ({
		...newRecord,
		...{ object, meta: { ...newRecord.meta, object }, record_id: payload.id, payload },
	});

	it.each([
		['applicants', 'applicant'],
		['employees', 'employee'],
		['event_types', 'eventType'],
		['leads', 'lead'],
		['properties', 'property'],
		['residents', 'resident'],
		['units', 'unit'],
	] as const)(
		'give a new one of the %s in the columns that the node has for it',
		async (object, resource) => {
			const { data } = services.emulator.propexo;
			const kind = object === 'event_types' ? 'eventTypes' : object;
			const record = data[kind].rows.find((row) => row.integration_id === 'int_entrata_1');
			const [host, registered] = await active(triggers, records);
			await deliver(registered, ofObject(object, record as IDataObject));
			const read = await run(services, resource, 'get', { [`${resource}Id`]: byId(record?.id) });
			expect(host.runs).toEqual([[{ event: 'DATA_NEW', object, ...read.success[0]?.json }]]);
		},
	);

	it('give a new event with whom it is of, and when', async () => {
		const [host, registered] = await active(triggers, records);
		const payload = {
			...{ id: 'event_1', event_name: 'Appointment', appointment_datetime: '2026-03-01T09:30:00Z' },
			...{ associated_lead_ids: null, associated_resident_ids: ['resident_1'], custom_data: { a: 1 } },
		};
		await deliver(registered, ofObject('events', payload));
		expect(host.runs).toEqual([
			[
				{
					...{ event: 'DATA_NEW', object: 'events', id: 'event_1' },
					...{ lead_id: null, applicant_id: null, resident_id: 'resident_1' },
					...{ event_name: 'Appointment', type_raw: null, event_datetime: null },
					...{ appointment_datetime: '2026-03-01T09:30:00Z', notes: null, agent_name: null },
					...{ property_id: null, integration_id: 'int_entrata_1' },
				},
			],
		]);
	});

	it('give a new record of any other type with all its fields', async () => {
		const [host, registered] = await active(triggers, records);
		await deliver(registered, ofObject('leads_to_events', { id: 'link_1', lead_id: 'l', event_id: 'e' }));
		expect(host.runs).toMatchObject([
			[{ object: 'leads_to_events', id: 'link_1', lead_id: 'l', event_id: 'e' }],
		]);
		expect(host.runs[0]?.[0]).not.toHaveProperty('payload');
	});

	it('give of an updated one what changed, as it was and as it is', async () => {
		const [host, registered] = await active(triggers, records);
		await deliver(registered, changedRecord);
		expect(host.runs).toEqual([
			[
				{
					...{
						event: 'DATA_UPDATE',
						object: 'leads',
						id: 'lead_1',
						integration_id: 'int_entrata_1',
					},
					...{ changed: ['status'], previous: { status: 'ACTIVE' }, new: { status: 'LEASED' } },
				},
			],
		]);
	});

	it('leave everything else as it is', async () => {
		const [host, registered] = await active(triggers, {
			...records,
			triggers: [...records.triggers, 'WRITE_OPERATION_FAILURE'],
		});
		await deliver(registered, failedWrite);
		expect(host.runs).toEqual([[{ ...failedWrite, job_id: 'job_1' }]]);
	});
});
