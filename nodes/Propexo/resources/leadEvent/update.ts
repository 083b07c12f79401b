import { updateEvent } from '../../events/update';
import { lead } from '../../records/people';
import { LEAD_EVENT_UPDATE_RULES } from '../../rules/events';

/** A change of an event of one lead. */
export const update = updateEvent(lead, '/v1/events/leads/{eventId}', LEAD_EVENT_UPDATE_RULES);
