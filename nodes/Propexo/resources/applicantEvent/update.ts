import { updateEvent } from '../../events/update';
import { applicant } from '../../records/people';
import { APPLICANT_EVENT_UPDATE_RULES } from '../../rules/events';

/** A change of an event of one applicant. */
export const update = updateEvent(applicant, '/v1/events/applicants/{eventId}', APPLICANT_EVENT_UPDATE_RULES);
