import type { PersonRecord, SyncedRecord } from '../world.ts';
import { pick } from '../../data/pick.ts';
import { stamp } from '../../data/times.ts';

const NAMES = ['Show', 'CallFromProspect', 'Email', 'Appointment'] as const;

/** The `number`th event, of the given lead. */
export function syncedEvent(number: number, lead: PersonRecord): SyncedRecord {
	const name = pick(NAMES, number);
	return {
		id: `event_${number}`,
		created_at: stamp(300 + number),
		updated_at: stamp(320 + number),
		last_seen: stamp(320 + number),
		x_id: `E${5_000 + number}`,
		x_property_id: lead['x_property_id'],
		x_leasing_agent_id: null,
		x_type_id: null,
		x_location_id: null,
		event_name: name,
		event_datetime: stamp(290 + number),
		appointment_datetime: name === 'Appointment' ? stamp(3_000 + number) : null,
		type_raw: name,
		notes: `Note ${number}`,
		agent_name: 'Agent 1',
		reasons_for_event: null,
		associated_lead_ids: [lead.id],
		associated_applicant_ids: null,
		associated_resident_ids: null,
		integration_id: lead.integration_id,
		integration_vendor: lead.integration_vendor,
		property_id: lead.property_id,
	};
}
