import type { Job } from '../jobs/jobs.ts';
import type { PropexoData, SyncedRecord } from '../world.ts';
import type { EventKind } from './kind.ts';

/** The event as it can be read once the job has ended: a new one, or one that was changed. */
export function writtenEvent(data: PropexoData, kind: EventKind, job: Job): SyncedRecord {
	const before = data.events.get(job.recordId);
	const field = (name: string): unknown => job.body[name] ?? before?.[name] ?? null;
	const personId = job.body[kind.personField];
	const person = typeof personId === 'string' ? data[kind.people].get(personId) : undefined;
	const time = new Date(job.doneAt).toISOString();
	return {
		id: job.recordId,
		created_at: before?.created_at ?? time,
		updated_at: time,
		last_seen: time,
		x_id: before?.x_id ?? `E${job.number}`,
		x_property_id: before?.['x_property_id'] ?? person?.['x_property_id'] ?? '',
		x_leasing_agent_id: null,
		x_type_id: null,
		x_location_id: null,
		event_name: field('event_name'),
		event_datetime: field('event_datetime'),
		appointment_datetime: field('appointment_datetime'),
		type_raw: null,
		notes: field('notes'),
		agent_name: field('agent_name'),
		reasons_for_event: field('reasons_for_event'),
		associated_lead_ids: null,
		associated_applicant_ids: null,
		associated_resident_ids: null,
		[kind.associated]: before?.[kind.associated] ?? (personId === undefined ? null : [personId]),
		integration_id: job.integrationId,
		integration_vendor: job.vendor,
		property_id: before?.property_id ?? person?.property_id ?? '',
	};
}
