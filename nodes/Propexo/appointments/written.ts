import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../shared/fields/item';
import type { Get } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { BoundedMap } from '../../shared/process/boundedMap';
import { readStatus, statusRequest } from '../jobs/status';
import { parameterOf } from '../records/record';
import { integration } from '../records/places';
import { PERSON_KINDS } from '../records/whose';
import { byNotes, changeIn, numberedIn } from './idInNotes';

/*
 * The numbered changes that this process has written to appointments. Propexo shows a new appointment, or new notes, only after
 * its next sync. Until then a later change would find an older appointment with the same ID, or one that a newer change has
 * reached.
 */

/** One numbered change. */
export interface Written {
	change: number;
	jobId: string;
	/** The appointment; undefined if it was booked, because Propexo does not tell its ID at once. */
	eventId?: string;
	/** Whose it is and where, by the filters of the list. */
	place: IDataObject;
	until: number;
}

/** How long a change is remembered, in ms. By then Propexo has read the PMS again. */
const KNOWN_MS = 86_400_000;
/** Of how many IDs, and how many of each: words before a number may look like an ID, such as "Unit #12". */
const MOST_KNOWN = 20_000;
const MOST_OF_ID = 20;

const known = new BoundedMap<Written[]>({
	most: MOST_KNOWN,
	isOver: (all) => all.every(({ until }) => until <= Date.now()),
});

/** The filters of the list by which an appointment is told from those of other accounts, and their parameters. */
const PLACE = [...PERSON_KINDS, { filter: 'integration_id', parameter: parameterOf(integration) }];

const soughtIn = ({ sought }: ReadItem): string =>
	sought.eventId?.by.mode === byNotes.mode ? sought.eventId.value : '';

/** The number of the change that an item is, as the ID says by which its appointment is sought; undefined if that says none. */
export const changeOfItem = (item: ReadItem): number | undefined => changeIn(soughtIn(item), soughtIn(item));

/** Notes what Propexo has accepted of an item, if its notes or its ID name the number of a change. */
export function noteWritten(item: ReadItem, jobId: string): void {
	const { values } = item;
	const given = PLACE.filter(({ parameter }) => values[parameter] !== undefined);
	const place = Object.fromEntries(
		given.map(({ filter, parameter }) => [filter, textOf(values[parameter])]),
	);
	const eventId = values.eventId === undefined ? undefined : textOf(values.eventId);
	for (const { ids, change } of numberedIn(`${soughtIn(item)}\n${textOf(values.notes)}`))
		for (const id of ids) {
			const written = { change, jobId, eventId, place, until: Date.now() + KNOWN_MS };
			known.set(id, [...(known.get(id) ?? []), written].slice(-MOST_OF_ID));
		}
}

/**
 * What this process has written to the appointments with an ID in their notes.
 *
 * @param query where they are looked for
 */
export function writtenTo(id: string, query: IDataObject): Written[] {
	const isThere = ({ eventId, place }: Written) => {
		if (eventId !== undefined) return true;
		const both = Object.keys(place).filter((filter) => filter in query);
		return both.length > 0 && both.every((filter) => query[filter] === place[filter]);
	};
	return (known.get(byNotes.alike(id)) ?? []).filter((one) => one.until > Date.now() && isThere(one));
}

/** Leaves out the changes of which Propexo says that the PMS refused them. */
export async function notRefused(written: Written[], get: Get): Promise<Written[]> {
	const isRefused = async ({ jobId }: Written): Promise<boolean> => {
		const body = await get(statusRequest(jobId)).catch(() => undefined);
		return readStatus(body)?.write_status === 'FAILURE';
	};
	const refused = await Promise.all(written.map(isRefused));
	return written.filter((_, index) => !refused[index]);
}
