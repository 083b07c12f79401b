import type { IDataObject } from 'n8n-workflow';

import type { Services } from '../../support/services.ts';

/** A lead that the emulator holds. */
export function leadOf({ emulator }: Services, id: string) {
	const lead = emulator.propexo.data.leads.get(id);
	if (!lead) throw new Error(`The emulator has no ${id}`);
	return lead;
}

/** Puts an event of a lead among those that can be read. */
export function addEvent(
	services: Services,
	id: string,
	of: IDataObject = { associated_lead_ids: ['lead_2'] },
) {
	const { property_id, integration_id, integration_vendor, created_at, updated_at } = leadOf(
		services,
		'lead_2',
	);
	return services.emulator.propexo.data.events.add({
		id,
		created_at,
		updated_at,
		x_id: `E-${id}`,
		event_name: 'WalkIn',
		event_datetime: '2026-07-15T15:30:00Z',
		type_raw: 'Walk In',
		notes: 'x',
		agent_name: null,
		appointment_datetime: null,
		associated_lead_ids: null,
		associated_applicant_ids: null,
		associated_resident_ids: null,
		...of,
		property_id,
		integration_id,
		integration_vendor,
	});
}
