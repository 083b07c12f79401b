import type { IDataObject } from 'n8n-workflow';

import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import type { RunResult } from '../../support/engine.ts';
import { byId } from '../../support/locator.ts';
import { useNewServices } from '../../support/services.ts';
import { leadsAt, writesTo } from './appointments.ts';
import { run } from './run.ts';

/*
 * Appointments that Propexo shows, and the items that find them in order to change them or to call them off.
 */

export const ENTRATA = 'int_entrata_1';
export const START = '2027-07-15T14:30:00-05:00';
export const LATER = '2027-07-16T20:45:00-05:00';

/** What each item found, or why it found nothing. */
export const foundBy = ({ success }: RunResult) =>
	success.map(({ json }) => json.error ?? (json.resolved as IDataObject | undefined)?.event_id);

/** Starts the services for each test of a file. */
export function useAppointments() {
	const services = useNewServices({
		propexo: { jobMs: 0, limit: 1e9 },
		timing: { rate: { requests: 1e6 } },
	});
	const propexo = () => services.emulator.propexo;
	const leadAt = (integration: string, position = 0) => leadsAt(services, integration)[position];
	let added = 0;
	return {
		services,
		propexo,
		leadAt,
		/** Adds an appointment of a lead to what Propexo shows, and gives its ID. */
		there(notes: string, start = START, position = 0, more: IDataObject = {}): string {
			const lead = leadAt(ENTRATA, position);
			const like = propexo().data.events.rows.find(({ integration_id: at }) => at === ENTRATA);
			const id = `event_there_${++added}`;
			propexo().data.events.add({
				...like,
				...{ id, notes, event_name: 'Appointment' },
				appointment_datetime: new Date(start).toISOString(),
				associated_lead_ids: [lead?.id],
				property_id: lead?.property_id,
				...more,
			} as SyncedRecord);
			return id;
		},
		change: async (
			operation: 'update' | 'cancel',
			parameters: IDataObject,
			items: IDataObject[] = [{}],
			timezone = 'America/Chicago',
			on = services,
		) =>
			await run(
				on,
				'appointment',
				operation,
				{
					for: 'lead',
					integrationId: byId(ENTRATA),
					leadId: byId(leadAt(ENTRATA)?.id),
					...(operation === 'update' && { notes: 'Moved' }),
					...parameters,
				},
				{ items, onError: 'continueRegularOutput', timezone },
			),
		/** The appointments that were changed, as the requests name them. */
		changed: () =>
			writesTo(services).map(
				({ path, body }) => (body as IDataObject).event_id ?? path.split('/').pop(),
			),
	};
}
