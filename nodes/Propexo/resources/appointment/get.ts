import { appointment, tellStarts } from '../../appointments/read';
import { event } from '../../records/events';
import { getOne } from '../../records/reading';

/** GET /v1/events/{event_id}: appointments have no read by ID of their own, and their IDs are those of events. */
export const get = getOne(
	{ ...appointment, path: event.path },
	{ noun: 'appointment', description: 'Read one appointment by its ID', completes: tellStarts },
);
