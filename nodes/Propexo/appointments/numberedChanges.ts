import type { IDataObject } from 'n8n-workflow';

import type { Trace } from '../../shared/deliver/write';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import type { Get } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { BoundedMap } from '../../shared/process/boundedMap';
import type { Waiting } from '../jobs/waitForResult';
import { KNOWN_MS, statusBy } from '../jobs/status';
import { endOf } from '../jobs/successors';
import { parameterOf } from '../records/record';
import { integration, property } from '../records/places';
import { personOf } from '../records/whose';
import { byNotes, changeIn, numberedIn } from './idInNotes';

/*
 * The numbered changes that this process writes to appointments, from right before their requests. Propexo shows a new
 * appointment, or new notes, only after its next sync. Until then a later change would find an older appointment with the same
 * ID, or one that a newer change has reached.
 */

/** One numbered change. */
export interface Written {
	change: number;
	/** Where it was sent, as `Connection.account`. */
	account: string;
	/** Undefined while it is under way, and if it is in doubt. */
	jobId?: string;
	/** When Propexo was asked last, the PMS had refused it. */
	isRefused?: boolean;
	/** The appointment; undefined if it was booked, because Propexo does not give its ID at once. */
	eventId?: string;
	/** Whose it is and where, by the filters of the list. */
	place: IDataObject;
	until: number;
	/** What the refusal of its PMS means. */
	meaningOf?: Waiting['meaningOf'];
}

/** Of how many IDs changes are remembered, and how many of each: words before a number may look like an ID, such as "Unit #12". */
const MOST_KNOWN = 20_000;
const MOST_OF_ID = 20;

const known = new BoundedMap<Written[]>({
	most: MOST_KNOWN,
	isOver: (all) => all.every(({ until }) => until <= Date.now()),
});

/** Where the appointment of an item is, by the filters of the list. */
export function filtersFor({ values }: ReadItem) {
	const given = (parameter: string, name: string) =>
		values[parameter] === undefined ? {} : { [name]: textOf(values[parameter]) };
	const owner = personOf(values);
	return {
		list: given(parameterOf(integration), 'integration_id'),
		part: {
			...given(parameterOf(property), 'property_id'),
			...(owner && given(owner.parameter, owner.filter)),
		},
		owner: owner && `this ${owner.noun}`,
	};
}

/** The ID in the notes by which an item finds its appointment; '' if it finds it by something else. */
export const soughtIn = ({ sought }: ReadItem): string =>
	sought.eventId?.by.mode === byNotes.mode ? sought.eventId.value : '';

/** The number of the change that an item is, as the ID says by which its appointment is sought; undefined if that says none. */
export const changeOfItem = (item: ReadItem): number | undefined => changeIn(soughtIn(item), soughtIn(item));

/**
 * @cause Another item, of this execution or another one, changes the same appointment under a higher number after the ID.
 * @cure Nothing: the appointment is as the newer change left it.
 */
export const OVERTAKEN: Problem = {
	label: 'Appointment',
	wrong: 'is left as it is: another item has a newer change of it, with a higher number after the ID',
};

const ofItems = new WeakMap<ReadItem, Written[]>();

/** The changes that an item makes, if its notes or its ID name their numbers. They are noted when they are first asked for. */
function changesOf(item: ReadItem, account: string, meaningOf?: Waiting['meaningOf']): Written[] {
	const noted = ofItems.get(item);
	if (noted) return noted;
	const { values } = item;
	const { list, part } = filtersFor(item);
	const eventId = values.eventId === undefined ? undefined : textOf(values.eventId);
	const all = numberedIn(`${soughtIn(item)}\n${textOf(values.notes)}`).flatMap(({ ids, change }) =>
		ids.map((id) => {
			const written = {
				change,
				account,
				eventId,
				place: { ...list, ...part },
				until: Date.now() + KNOWN_MS,
				meaningOf,
			};
			known.set(id, [...(known.get(id) ?? []), written].slice(-MOST_OF_ID));
			return written;
		}),
	);
	ofItems.set(item, all);
	return all;
}

/**
 * Keeps in mind what is written, and holds back what is older.
 *
 * @param waiting how the results of these writes are waited for
 */
export const changesWritten = (waiting?: Waiting): Trace => ({
	begin(item, account) {
		const { eventId } = item.values;
		const change = changeOfItem(item) ?? Infinity;
		const isLater = (one: Written) => one.eventId === eventId && one.change > change && !one.isRefused;
		if (writtenTo(item, {}).some(isLater))
			return {
				because: `'${OVERTAKEN.label}' ${OVERTAKEN.wrong}`,
				/** @noMessage It is said below the message of `OVERTAKEN`. */
				description: 'Nothing was sent: the appointment stays as the newer change left it.',
				details: {},
			};
		changesOf(item, account, waiting?.meaningOf);
		return undefined;
	},
	end(item, outcome, account) {
		const isThere = outcome.state === 'created' || outcome.state === 'unknown';
		// What was never begun and did not happen is not noted.
		for (const one of isThere ? changesOf(item, account, waiting?.meaningOf) : (ofItems.get(item) ?? []))
			if (outcome.state === 'created') one.jobId = textOf(outcome.rows[0]?.job_id);
			else if (!isThere) one.until = 0;
	},
});

/**
 * What this process has written to the appointments that have the ID of an item in their notes.
 *
 * @param query where they are looked for
 */
export function writtenTo(item: ReadItem, query: IDataObject): Written[] {
	const isThere = ({ eventId, place }: Written) => {
		if (eventId !== undefined) return true;
		const both = Object.keys(place).filter((filter) => filter in query);
		return both.length > 0 && both.every((filter) => query[filter] === place[filter]);
	};
	return (known.get(byNotes.alike(soughtIn(item))) ?? []).filter(
		(one) => one.until > Date.now() && isThere(one),
	);
}

/** Leaves out the changes of which Propexo says that the PMS refused them, and all retries of them. */
export async function notRefused(written: Written[], get: Get): Promise<Written[]> {
	const ask = async (one: Written): Promise<void> => {
		if (one.jobId === undefined) return;
		const { status } = await endOf(one.account, one.jobId, async (jobId) => await statusBy(get, jobId));
		if (!status) return;
		const meaning = one.meaningOf?.(status.write_errors);
		// A cancellation of what was called off before is done; a move of it is not.
		one.isRefused = status.write_status === 'FAILURE' && !(meaning && 'done' in meaning);
	};
	await Promise.all(written.map(ask));
	return written.filter(({ isRefused }) => !isRefused);
}
