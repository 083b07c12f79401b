import { event } from '../../records/events';
import { getOne } from '../../records/reading';

/** GET /v1/events/{event_id} */
export const get = getOne(event, { noun: 'lead event', description: 'Read one event by its ID' });
