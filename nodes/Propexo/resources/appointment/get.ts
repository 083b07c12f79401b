import { appointment, tellStarts } from '../../appointments/read';
import { event } from '../../records/events';
import { getOne } from '../../records/reading';

/** GET /v1/events/{event_id}: appointments have no read by ID of their own, and their IDs are those of events. */
export const get = getOne(
	{ ...appointment, path: event.path, id: "an appointment's Propexo ID" },
	{
		noun: 'appointment',
		label: 'Appointment',
		description: 'Read one appointment, by ID or PMS ID',
		completes: tellStarts,
	},
);
