import type { IDataObject } from 'n8n-workflow';

import type { Get } from '../../shared/find/get';
import { isObject, listOfObjects } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';

/** When a unit can be shown, as RentEngine tells it. */
interface Availability {
	/** Times that RentEngine prefers, and all times; each has a `start` and an `end`. */
	preferred: IDataObject[];
	available: IDataObject[];
	/** What else it tells: the unit, its time zone, status and way of showing. */
	about: IDataObject;
}

/**
 * Reads when a unit can be shown; undefined where the reply has another form, or is about another unit. Source:
 * RentEngine's page "Get unit showing availability", version 1.1.1.
 */
export async function readAvailability(get: Get, unitId: unknown): Promise<Availability | undefined> {
	const body = await get({
		method: 'GET',
		path: '/showings/availability',
		query: { unitId: textOf(unitId) },
	});
	if (!isObject(body) || !isObject(body.availability)) return undefined;
	const { preferredShowingWindows, availableShowingWindows, ...about } = body.availability;
	const lists = [preferredShowingWindows, availableShowingWindows];
	const [preferred, available] = lists.map((list) => listOfObjects(list ?? []));
	const isOther = textOf(about.unitId) !== '' && textOf(about.unitId) !== textOf(unitId);
	if (isOther || !lists.some(Array.isArray) || !preferred || !available) return undefined;
	return { preferred, available, about: about as IDataObject };
}

/** The users who show the unit then. RentEngine's documents have two names for the key. */
export function invitedTo({ invitedUserIdsArray, invitedUserIds }: IDataObject): string[] {
	const ids = invitedUserIdsArray ?? invitedUserIds;
	return Array.isArray(ids) ? ids.map(textOf) : [];
}
