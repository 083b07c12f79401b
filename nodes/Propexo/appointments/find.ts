import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { ReadItem } from '../../shared/fields/item';
import { hasOffset, iso } from '../../shared/fields/times/clock';
import type { Findable } from '../../shared/find/findable';
import type { Get } from '../../shared/find/get';
import { NothingThere } from '../../shared/find/get';
import { textOf, titleCase, withCommas } from '../../shared/json/text';
import { event } from '../records/events';
import { findableRecord } from '../records/findable';
import { byPmsId } from '../records/finders';
import { integration, property } from '../records/places';
import type { RecordFinder } from '../records/record';
import { parameterOf, pathOf } from '../records/record';
import { agrees, FOR, othersIn, PERSON_KINDS } from '../records/whose';
import { byNotes, changeIn, whyUnsure } from './idInNotes';
import { momentIn, shownOf } from './moment';
import { tellStarts } from './read';
import type { Written } from './numberedChanges';
import { changeOfItem, notRefused, filtersFor, soughtIn, writtenTo } from './numberedChanges';

/*
 * Finding an appointment by what another system knows of it: whose it is, when it begins, or the ID that it wrote into the
 * notes when it booked. Source: the filters of GET /v1/appointments/ in Propexo's OpenAPI file.
 */

/**
 * @cause An appointment is to be found by its start, and nothing says whose it is. Somebody else's may begin at the same
 * time.
 * @cure Say whose appointment it is. If nobody knows, find it by the ID in its notes.
 */
const NO_PERSON = "is not enough: say whose appointment it is too, because somebody else's may begin then";

const lacksPerson = (within: object): string | undefined =>
	PERSON_KINDS.some(({ filter }) => filter in within) ? undefined : NO_PERSON;

/** The minute of a moment, which PMSs keep no finer; '' for a text without an offset. */
function minuteAlike(text: string): string {
	const at = DateTime.fromISO(text, { setZone: true });
	return at.isValid && hasOffset(text) ? `${Math.floor(at.toMillis() / 60_000)}` : '';
}

/** Finds appointments by `start`, as their clocks tell it. It has no `query`: their list has no filter by time. */
const byStart: RecordFinder = {
	mode: 'start',
	is: 'the start',
	field: {
		name: 'start',
		label: 'Start',
		kind: 'dateTime',
		anyAge: true,
		description: 'When it begins now, before any move, in any time zone',
	},
	alike: minuteAlike,
	of: ({ start }) => [start],
	lacks: lacksPerson,
};

/** Whether an item finds its appointment by a value that somebody else's may have too. */
const isShared = ({ sought }: ReadItem): boolean =>
	[byStart, byNotes].some(({ mode }) => mode === sought.eventId?.by.mode);

/** @noMessage It is said beside messages below. */
const CHECK = 'Check its expression; webhook data is under $json.body';

/** Why an ID in the notes is none that is sure, and what to do about it. */
const DOUBTS: Record<NonNullable<ReturnType<typeof whyUnsure>>, [because: string, advice: string]> = {
	/**
	 * @cause The ID in the notes has no digit: it is only words, such as the name of your system, that the notes of any
	 * appointment may hold. Most often the expression found no ID after the name.
	 * @cure Fix the expression. Webhook data is under `$json.body`.
	 */
	words: [
		"'Appointment' has words and no ID, and the notes of other appointments may hold them too",
		CHECK,
	],
	/**
	 * @cause The ID is a number of up to seven digits. Notes may hold such a number for another reason: a unit, a
	 * house, a rent.
	 * @cure Put the word before it that your system writes into the notes too: Calendly 4711.
	 */
	number: [
		"'Appointment' is a short number, which notes may hold for another reason, such as a unit",
		'Give the word before it too, as in Calendly 4711',
	],
	/**
	 * @cause Nothing says whose appointment it is, and the ID is so short, or so like a date, a phone number or a word, that
	 * the notes of somebody else's appointment may hold it for another reason: a unit, a rent.
	 * @cure Say whose appointment it is, or put the word before the ID that your system writes into the notes too. An ID of
	 * four letters and digits or more is enough then: Calendly 4711.
	 */
	little: [
		"'Appointment' needs a person too: the notes of somebody else's appointment may hold it",
		'Say whose appointment it is, or give the word before it too, as in Calendly 4711',
	],
};

/**
 * Refuses an item that does not say for sure which appointment is meant.
 *
 * @param kind whose appointment it is: "lead"
 * @throws NothingThere with what is to be corrected
 */
function refuseDoubt(item: ReadItem, kind: string): void {
	const person = titleCase(kind);
	if (isShared(item) && item.emptied.includes(person)) {
		/**
		 * @cause The expression that says whose appointment is meant found nothing. Without a person, the appointment of
		 * somebody else might be taken.
		 * @cure Fix the expression. Webhook data is under `$json.body`.
		 */
		throw new NothingThere(
			`'${person}' is empty for this item, so nobody knows whose appointment is meant`,
			CHECK,
		);
	}
	const id = soughtIn(item);
	const doubt = id === '' ? undefined : whyUnsure(id, filtersFor(item).owner === undefined);
	if (doubt !== undefined) throw new NothingThere(...DOUBTS[doubt]);
}

/**
 * Whether an event says that the appointment was called off, such as Propexo's event name CancelAppointment. Most PMSs do
 * not say it.
 */
const isCalledOff = ({ event_name, type_raw }: IDataObject): boolean =>
	[event_name, type_raw].some((text) => /cancel/i.test(textOf(text)));

/**
 * Of appointments with the same ID in their notes, the one that the item means. An ID with a number (`4711 #3`) is found
 * by no earlier change than the one that wrote the notes; of several, the last one counts: it was booked again after the
 * others had been called off.
 */
function lastOf(item: ReadItem, rows: IDataObject[], written: Written[]): IDataObject[] {
	const id = soughtIn(item);
	if (id === '') return rows;
	const now = changeOfItem(item) ?? Infinity;
	const told = rows.map((row) => ({ row, change: changeOf(row, id, written) }));
	const due = told.filter(({ change = 0 }) => change <= now);
	if (due.some(({ change }) => change === undefined)) return due.map(({ row }) => row);
	const last = Math.max(...due.map(({ change = 0 }) => change));
	// It was booked again, and Propexo does not show that yet: it is none of those that are shown.
	if (written.some(({ eventId, change }) => eventId === undefined && change <= now && change > last))
		return [];
	return due.filter(({ change }) => change === last).map(({ row }) => row);
}

/** The number of the last change of an appointment: the one in its notes, or a later one that they do not show yet. */
function changeOf(row: IDataObject, id: string, written: Written[]): number | undefined {
	const shown = changeIn(textOf(row.notes), id);
	const own = written.filter(({ eventId }) => eventId === row.id).map(({ change }) => change);
	return own.length === 0 ? shown : Math.max(shown ?? 0, ...own);
}

/** Adds to each row when it begins, with an offset; the clocks of the PMS are asked for only where the row has none. */
async function withStarts(get: Get, rows: IDataObject[]): Promise<IDataObject[]> {
	const told = ({ appointment_datetime }: IDataObject) => {
		const moment = momentIn(appointment_datetime, { problem: '' });
		return moment && 'at' in moment ? iso(moment.at) : undefined;
	};
	await tellStarts(get)(rows.filter((row) => told(row) === undefined));
	return rows.map((row) => ({ ...row, start: told(row) ?? shownOf(row).start }));
}

const inList = {
	...event,
	noun: 'appointment',
	path: '/v1/appointments/',
	finders: [byStart, byNotes, byPmsId('appointment', '88120')],
	facts: ['start', 'notes', 'event_name', 'type_raw', ...PERSON_KINDS.map(({ column }) => column)],
	/** @noMessage It ends the message that nothing was found. */
	advice: "Check the value, 'For', and whose appointment it is. A new one can be found after Propexo's next sync; one whose time is not certain, not by its start; one that a later change has reached is left as it is",
};

/** When an appointment begins, and since when it is in the PMS, or else in Propexo. */
function whenOf({ start, x_created_at, created_at }: IDataObject): string[] {
	const times = { begins: textOf(start), added: textOf(x_created_at) || textOf(created_at) };
	return Object.entries(times)
		.filter(([, time]) => time !== '')
		.map(([what, time]) => `${what} ${time.replace(/\.\d+/, '')}`);
}

/** Those of the rows that an item means. */
function meantBy(
	item: ReadItem,
	{ kind, takesCalledOff }: { kind: string; takesCalledOff: boolean },
	rows: IDataObject[],
	written: Written[],
): IDataObject[] {
	const own = rows.filter((row) => !othersIn(row, kind));
	if (!isShared(item)) return own;
	const standing = own.filter((row) => !isCalledOff(row));
	return lastOf(item, standing.length === 0 && takesCalledOff ? own : standing, written);
}

/**
 * How an appointment is found. Its IDs are those of events.
 *
 * @param takesCalledOff one that was called off is taken, if there is no other
 */
export function findableAppointment(takesCalledOff: boolean): Findable {
	const listed = findableRecord(inList);
	return {
		...listed,
		changing: true,
		dependsOn: [
			...[integration, property].map(parameterOf),
			...PERSON_KINDS.map(({ parameter }) => parameter),
		],
		pathOf: (id) => pathOf(event, id),
		where: async (item, about) => {
			const kind = textOf(item.values[FOR]);
			refuseDoubt(item, kind);
			const { list, part, owner } = filtersFor(item);
			const written = writtenTo(item, { ...list, ...part });
			const meant = async (rows: IDataObject[]) => {
				const of = (all: Written[]) => meantBy(item, { kind, takesCalledOff }, rows, all);
				const shown = of([]);
				const same = (other: IDataObject[]) =>
					other.length === shown.length && other.every((row) => shown.includes(row));
				// Asks Propexo whether the PMS took the changes only if another appointment would be meant without them.
				return same(of(written)) ? shown : of(await notRefused(written, about.get));
			};
			return { list, part, meant, name: async () => owner };
		},
		agrees,
		tellApart: async (rows, ...tools) => {
			const places = await listed.tellApart(rows, ...tools);
			return rows.map((row, index) => withCommas(places[index], ...whenOf(row)));
		},
		readAll: async (get, query, most) => {
			const read = await listed.readAll(get, query, most);
			return 'rows' in read ? { ...read, rows: await withStarts(get, read.rows) } : read;
		},
	};
}
