import { getEvent } from '../../events/read';
import { applicant } from '../../records/people';

/** One event of one applicant. */
export const get = getEvent(applicant);
