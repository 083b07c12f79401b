import { eventType } from '../../records/events';
import { getOne } from '../../records/reading';

/** GET /v1/event-types/{id} */
export const get = getOne(eventType, { description: 'Read one event type, by ID, name or PMS ID' });
