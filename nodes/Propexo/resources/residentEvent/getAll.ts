import { getEvents } from '../../events/read';
import { resident } from '../../records/people';

/** The events of residents. */
export const getAll = getEvents(resident, { withNobodys: false });
