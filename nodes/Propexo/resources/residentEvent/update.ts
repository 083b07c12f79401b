import { updateEvent } from '../../events/update';
import { resident } from '../../records/people';
import { RESIDENT_EVENT_UPDATE_RULES } from '../../rules/events';

/** A change of an event of one resident. */
export const update = updateEvent(resident, '/v1/events/residents/{eventId}', RESIDENT_EVENT_UPDATE_RULES);
