import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../../support/services.ts';
import { run } from '../support/run.ts';
import { addUpdatableEvent } from '../support/samples.ts';

const services = useServices();

const propexo = () => services.emulator.propexo;
const puts = () => propexo().ledger.requests.filter(({ method }) => method === 'PUT');

describe.each(['lead', 'applicant', 'resident'])(
	'The update of an event of the kind of people: %s',
	(noun) => {
		const update = async (parameters: IDataObject) =>
			await run(services, `${noun}Event`, 'update', { eventId: byId('event_1'), ...parameters });

		/** Puts an event of these people at MRI among those that can be read. */
		const addEvent = (person: string) => {
			addUpdatableEvent(services.emulator, 'event_1');
			Object.assign(propexo().data.events.get('event_1') ?? {}, {
				associated_lead_ids: null,
				[`associated_${person}_ids`]: [`${person}_8`],
			});
		};

		it('sends every field by PUT to the address of these people', async () => {
			addEvent(noun);
			await update({
				...{ eventTypeId: byId('etype_85'), eventDatetime: '2026-07-15T09:30:00Z' },
				additionalFields: { employeeId: byId('emp_43'), notes: 'x'.repeat(400), status: 'DENIED' },
			});
			expect(puts()).toMatchObject([
				{
					path: `/v1/events/${noun}s/event_1`,
					body: {
						...{ event_type_id: 'etype_85', event_datetime: '2026-07-15T09:30:00Z' },
						...{ employee_id: 'emp_43', notes: 'x'.repeat(400), status: 'DENIED' },
					},
				},
			]);
			expect(propexo().ledger.created).toMatchObject([{ kind: 'update', of: 'event_1' }]);
		});

		it('changes no event of other people', async () => {
			addEvent(noun === 'lead' ? 'resident' : 'lead');
			const { thrown } = await update({ eventTypeId: byId('etype_85'), eventDatetime: '2026-07-15' });
			expect(thrown?.message).toContain('Event not found');
			expect(propexo().ledger.created).toEqual([]);
		});

		// MRI's page about leads was read.
		const isInferred = noun !== 'lead';

		it('is held by what MRI requires, or told of it where that was inferred', async () => {
			propexo().settings.vendorRules = false;
			addEvent(noun);
			const { thrown, hints } = await update({ additionalFields: { notes: 'New' } });
			const told = hints.map(({ message }) => message).join();
			for (const label of ['Event Type', 'Event Date and Time'])
				expect(isInferred ? told : thrown?.message).toContain(`'${label}'`);
			expect(puts()).toHaveLength(isInferred ? 1 : 0);
		});
	},
);
