import { getEvents } from '../../events/read';
import { lead } from '../../records/people';

/** The events of leads, with those that belong to nobody. */
export const getAll = getEvents(lead, { withNobodys: true });
