import { getEvent } from '../../events/read';
import { lead } from '../../records/people';

/** One event of one lead. */
export const get = getEvent(lead);
