import { updateEvent } from '../../events/update';
import { LEAD_EVENT_UPDATE_RULES } from '../../pms';
import { lead } from '../../records/people';

/** A change of an event of one lead. */
export const update = updateEvent(lead, '/v1/events/leads/{eventId}', LEAD_EVENT_UPDATE_RULES);
