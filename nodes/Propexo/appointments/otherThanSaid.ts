import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import type { Connection } from '../../shared/http/connection';
import { textOf, titleCase } from '../../shared/json/text';
import type { JobWrite } from '../jobs/jobWrite';
import { AGAIN, factOf, WHOSE_EVENT } from '../records/facts';
import { agrees, FOR, isNobodys, othersIn, personOf } from '../records/whose';

/*
 * Comparing an appointment that is named by its Propexo ID with what the item says of it. One that is found by
 * something else is compared when it is found.
 */

type Wrong = Omit<Problem, 'label'>;

/**
 * What is wrong with the appointment of an item; undefined if it is the one that the item says, or if Propexo does not show it
 * yet. One that is to be called off is read only if the item says whose it is.
 */
export async function otherThanSaid(
	tools: Connection & { signal: AbortSignal },
	{ method }: JobWrite,
	{ values, found }: ReadItem,
): Promise<Wrong | undefined> {
	const isRead = method === 'PUT' || personOf(values) !== undefined;
	if (values.eventId === undefined || 'event_id' in found || !isRead) return undefined;
	const row = await factOf(tools, WHOSE_EVENT, textOf(values.eventId), tools.signal);
	if (row === 'absent' || row === 'none') return undefined;
	return row ? difference(row.is, values) : unread(values);
}

function unread(values: IDataObject): Wrong | undefined {
	const owner = personOf(values);
	return (
		owner && {
			/**
			 * @cause The item says whose appointment it is, and Propexo did not answer whose the one with this ID is.
			 * @cure Run it again later. If it goes on, give the token the right to read events, or leave the person empty.
			 */
			wrong: `could not be compared with '${titleCase(owner.noun)}': Propexo did not say whose it is. ${AGAIN} events`,
			passing: true,
		}
	);
}

/** What tells an appointment from the one that an item means. One that names nobody may be anybody's, and is taken. */
function difference(row: IDataObject, values: IDataObject): Wrong | undefined {
	/**
	 * @cause The ID is that of another event, such as a call.
	 * @cure Check the ID. _Appointment: Get Many_ lists the appointments of a person.
	 */
	if (isOtherEvent(row))
		return { wrong: 'is the ID of no appointment, but of another event, such as a call' };
	/**
	 * @cause The appointment with this ID is that of another kind of person than _For_ says.
	 * @cure Check the ID, and choose in _For_ whose appointment it is.
	 */
	if (othersIn(row, textOf(values[FOR])))
		return { wrong: "is of another kind of person than 'For' says. Check the ID, and 'For'" };
	const owner = personOf(values);
	if (!owner || isNobodys(row) || agrees(row, { [owner.filter]: textOf(values[owner.parameter]) }))
		return undefined;
	/**
	 * @cause The appointment with this ID is somebody else's.
	 * @cure Check the ID and the person. One of them is wrong.
	 */
	return {
		wrong: `is somebody else's in Propexo. Check the ID, and '${titleCase(owner.noun)}'`,
	};
}

/**
 * Whether an event is no appointment: it has no time, and its name says so too. PMSs have names of their own for
 * appointments.
 */
const isOtherEvent = ({ event_name, appointment_datetime }: IDataObject): boolean =>
	appointment_datetime === null &&
	/call|mail|text|sms|chat|fax|note|walk|web|internet|applic/i.test(textOf(event_name)) &&
	!/appointment|tour|show|visit/i.test(textOf(event_name));
