import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../shared/json/text';
import { collect, firstPages } from '../../shared/read/pages';
import type { Get } from '../../shared/find/get';
import { invitedTo, readAvailability } from './availability';
import { ASSIGN_TO_USER, usersIn } from './eventTypes';
import { newestProspects } from './newestProspects';
import { pagesOf, unlessRefused } from './paging';

/** Bound the requests for a list in the editor, because a person waits for it. */
const MOST_EVENT_PAGES = 3;
const MOST_PROSPECTS = 10;
const MOST_UNITS = 5;

/** What RentEngine's API shows about a user. */
interface SeenUser {
	id: string;
	/** How many of the assignments that were read name the user. */
	assignments: number;
	/** ISO time of the latest one. */
	latest?: string;
	/** Where that was: the address of the prospect's unit. */
	address?: string;
}

const eventsOf = async (get: Get, query: IDataObject, mostPages: number): Promise<IDataObject[]> =>
	await collect(firstPages(pagesOf(get, '/leasing_events', query), mostPages));

/**
 * The latest events of all prospects. If RentEngine refuses that, or gives none, these are the events of the newest prospects:
 * public clients only ask for those of one prospect.
 */
async function recentEvents(get: Get): Promise<IDataObject[]> {
	const all = await unlessRefused(eventsOf(get, {}, MOST_EVENT_PAGES), undefined);
	if (all && all.length > 0) return all;
	const { rows } = await newestProspects(get, undefined, async (found) => found, MOST_PROSPECTS);
	const events: IDataObject[] = [];
	for (const { id } of rows.slice(0, MOST_PROSPECTS)) {
		events.push(...(await unlessRefused(eventsOf(get, { prospect_id: id }, 1), [])));
	}
	return events;
}

/** The users invited to the showing times of a unit. */
async function invitedOf(get: Get, unitId: unknown): Promise<string[]> {
	const availability = await unlessRefused(readAvailability(get, unitId), undefined);
	return availability?.preferred.flatMap(invitedTo) ?? [];
}

/**
 * The users in recent assignments and showing times, those of the latest assignments first. RentEngine has no list of
 * users, so there may be others.
 */
export async function seenUsers(get: Get): Promise<SeenUser[]> {
	const users = new Map<string, SeenUser>();
	const seen = (id: string): SeenUser => {
		const key = id.toLowerCase();
		const user = users.get(key) ?? { id: key, assignments: 0 };
		users.set(key, user);
		return user;
	};
	const events = await recentEvents(get);
	events.sort((a, b) => textOf(b.created_at).localeCompare(textOf(a.created_at)));
	for (const event of events.filter(({ event_type }) => event_type === ASSIGN_TO_USER)) {
		for (const user of usersIn(event.context).map(seen)) {
			user.assignments++;
			user.latest ??= textOf(event.created_at);
			user.address ??= textOf(event.property_address);
		}
	}
	const units = new Set(events.map(({ unit_of_interest }) => textOf(unit_of_interest)));
	units.delete('');
	for (const unitId of [...units].slice(0, MOST_UNITS)) (await invitedOf(get, unitId)).forEach(seen);
	return [...users.values()];
}
