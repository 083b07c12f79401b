import { getEvent } from '../../events/read';
import { resident } from '../../records/people';

/** One event of one resident. */
export const get = getEvent(resident);
