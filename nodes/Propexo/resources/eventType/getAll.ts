import { eventType } from '../../records/events';
import { getMany } from '../../records/reading';

/** GET /v1/event-types/ */
export const getAll = getMany(eventType, {
	description: 'List the event types of a property or an integration',
});
