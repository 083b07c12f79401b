import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../shared/json/text';
import { pick } from '../../shared/read/listing';

/*
 * The ten fields of each record that a workflow mostly needs; the records have three to five times as many.
 */

/** A lead in ten fields. */
export function simpleLead(row: IDataObject): IDataObject {
	return pick(row, [
		'id',
		'first_name',
		'last_name',
		'email_1',
		'phone_1',
		'status',
		'x_id',
		'property_id',
		'integration_id',
		'updated_at',
	]);
}

/** An event in ten fields; of the leads it belongs to, the first. */
export function simpleEvent(row: IDataObject): IDataObject {
	const leads: unknown = row.associated_lead_ids;
	const { id, ...others } = pick(row, [
		'id',
		'event_name',
		'type_raw',
		'event_datetime',
		'appointment_datetime',
		'notes',
		'agent_name',
		'property_id',
		'integration_id',
	]);
	return { id, lead_id: Array.isArray(leads) ? textOf(leads[0]) || null : null, ...others };
}
