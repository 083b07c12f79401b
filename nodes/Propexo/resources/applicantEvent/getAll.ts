import { getEvents } from '../../events/read';
import { applicant } from '../../records/people';

/** The events of applicants. */
export const getAll = getEvents(applicant, { withNobodys: false });
