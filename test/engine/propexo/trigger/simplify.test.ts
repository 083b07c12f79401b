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
		['event-types', 'eventType'],
		['leads', 'lead'],
		['properties', 'property'],
		['residents', 'resident'],
		['units', 'unit'],
	] as const)(
		'give a new one of the %s in the columns that the node has for it',
		async (object, resource) => {
			const { data } = services.emulator.propexo;
			const kind = object === 'event-types' ? 'eventTypes' : object;
			const record = data[kind].rows.find((row) => row.integration_id === 'int_entrata_1');
			const [host, registered] = await active(triggers, records);
			const read = await run(services, resource, 'get', { [`${resource}Id`]: byId(record?.id) });
			const columns = read.success[0]?.json ?? {};
			const known = { event: 'DATA_NEW', object: object.replace('-', '_') };
			await deliver(registered, ofObject(object, record as IDataObject));
			expect(host.runs).toEqual([[{ ...known, ...columns }]]);
			// Each that is not told is left out; null is told.
			for (const own of Object.keys(columns).filter(
				(name) => !/^(property_|integration_)?id$/.test(name),
			)) {
				for (const value of [undefined, null]) {
					await deliver(registered, {
						...ofObject(object, { ...(record as IDataObject), [own]: value as null }),
						...{ job_id: `${own} ${String(value)}` },
					});
					const { [own]: _, ...others } = columns;
					expect(host.runs.at(-1)).toEqual([
						{ ...known, ...others, ...(value === null && { [own]: null }) },
					]);
				}
			}
		},
	);

	it("give what Propexo's own example tells, with the property from around the record", async () => {
		const [host, registered] = await active(triggers, records);
		const payload = {
			...{ created_at: '2025-08-18T13:01:43.525Z', event_name: 'Email Opt-In' },
			...{ notes: 'Event Scheduler Email', reasons_for_event: 'a reason' },
		};
		await deliver(registered, { ...newRecord, payload });
		await deliver(registered, {
			...{ ...changedRecord, context: { property_id: 'prop_1' } },
		});
		const known = { property_id: 'prop_1', integration_id: 'int_entrata_1' };
		const { created_at: _, reasons_for_event: __, ...columns } = payload;
		expect(host.runs).toMatchObject([
			[{ event: 'DATA_NEW', object: 'events', id: 'event_1', ...columns, ...known }],
			[{ event: 'DATA_UPDATE', object: 'leads', id: 'lead_1', ...known, changed: ['status'] }],
		]);
		expect(Object.keys(host.runs[0]?.[0] ?? {})).toHaveLength(7);
	});

	it('leave it to the record to say in which property it is', async () => {
		const [host, registered] = await active(triggers, records);
		for (const [n, property_id] of ['prop_9', null].entries()) {
			const payload = { event_name: 'Show', property_id };
			await deliver(registered, { ...newRecord, payload, job_id: `job ${String(n)}` });
		}
		expect(host.runs.map(([item]) => item?.property_id)).toEqual(['prop_9', null]);
	});

	it('give a new event with whom it is of, and when, where Propexo tells', async () => {
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
					...{ lead_id: null, resident_id: 'resident_1', event_name: 'Appointment' },
					...{ appointment_datetime: '2026-03-01T09:30:00Z' },
					...{ property_id: 'prop_1', integration_id: 'int_entrata_1' },
				},
			],
		]);
	});

	it('give a new record of any other type with all its fields', async () => {
		const [host, registered] = await active(triggers, records);
		await deliver(registered, ofObject('leads-to-events', { id: 'link_1', lead_id: 'l', event_id: 'e' }));
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
