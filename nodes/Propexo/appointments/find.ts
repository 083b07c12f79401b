import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../shared/fields/item';
import type { Findable } from '../../shared/find/findable';
import type { Get } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { event } from '../records/events';
import { findableOf } from '../records/findable';
import { byNotes, byPmsId, byStart, changeIn } from '../records/finders';
import { applicant, lead, resident } from '../records/people';
import { integration, property } from '../records/places';
import { parameterOf, pathOf } from '../records/record';
import { tellStarts } from './read';
import { shownOf } from './shown';

/*
 * Finding an appointment by what another system knows of it: whose it is, when it begins, or the ID that it wrote into the
 * notes when it booked. Source: the filters of GET /v1/appointments/ in Propexo's OpenAPI file.
 */

const PEOPLE = [lead, applicant, resident];

/** The parameter, the filter of the list, and where a row says it. */
const OWNERS = PEOPLE.map((person) => ({
	parameter: parameterOf(person),
	filter: `${person.noun}_id`,
	column: `associated_${person.noun}_ids`,
	noun: person.noun,
}));

/** Where the appointment of an item is looked for. */
function placeOf({ values }: ReadItem) {
	const given = (parameter: string, name: string) =>
		values[parameter] === undefined ? {} : { [name]: textOf(values[parameter]) };
	const owner = OWNERS.find(({ parameter }) => values[parameter] !== undefined);
	return {
		list: given(parameterOf(integration), 'integration_id'),
		part: {
			...given(parameterOf(property), 'property_id'),
			...(owner && given(owner.parameter, owner.filter)),
		},
		owner: owner && `this ${owner.noun}`,
	};
}

/** Whether a row is of the person, the property and the integration that were asked for. */
const agrees = (row: IDataObject, query: IDataObject): boolean =>
	Object.entries(query).every(([name, value]) => {
		const column = OWNERS.find(({ filter }) => filter === name)?.column;
		if (column === undefined) return row[name] === value;
		const ids: unknown = row[column];
		return Array.isArray(ids) && ids.includes(value);
	});

/**
 * Of appointments with the same ID in their notes, the one that the item means. An ID with a number (`4711 #3`) is found
 * by no earlier change than the one that wrote the notes; of several, the last one counts: it was booked again after the
 * others had been called off.
 */
function lastOf({ sought }: ReadItem, rows: IDataObject[]): IDataObject[] {
	const { by, value = '' } = sought.eventId ?? {};
	if (by?.mode !== byNotes.mode) return rows;
	const now = changeIn(value, value) ?? Infinity;
	const told = rows.map((row) => ({ row, change: changeIn(textOf(row.notes), value) }));
	const due = told.filter(({ change = 0 }) => change <= now);
	if (due.some(({ change }) => change === undefined)) return due.map(({ row }) => row);
	const last = Math.max(...due.map(({ change = 0 }) => change));
	return due.filter(({ change }) => change === last).map(({ row }) => row);
}

const OFFSET = /(?:z|[+-]\d{2}:?\d{2})$/i;

/** Adds to each row when it begins, with an offset; the clocks of the PMS are asked for only where the row has none. */
async function withStarts(get: Get, rows: IDataObject[]): Promise<IDataObject[]> {
	const isTold = ({ appointment_datetime: at }: IDataObject) => OFFSET.test(textOf(at));
	await tellStarts(get)(rows.filter((row) => !isTold(row)));
	return rows.map((row) => ({
		...row,
		start: isTold(row) ? row.appointment_datetime : shownOf(row).start,
	}));
}

const inList = {
	...event,
	noun: 'appointment',
	plural: 'appointments',
	path: '/v1/appointments/',
	finders: [byStart, byNotes, byPmsId('appointment', '88120')],
	facts: ['notes', ...OWNERS.map(({ column }) => column)],
	/** @noMessage It ends the message that nothing was found. */
	advice: "Check the value, and whose appointment it is. A new one can be found after Propexo's next sync; one that a later change has reached is left as it is",
};

/** How an appointment is found. Its IDs are those of events. */
export function findableAppointment(): Findable | undefined {
	const listed = findableOf(inList);
	return (
		listed && {
			...listed,
			changing: true,
			dependsOn: [integration, property, ...PEOPLE].map(parameterOf),
			pathOf: (id) => pathOf(event, id),
			where: async (item) => {
				const { list, part, owner } = placeOf(item);
				return { list, part, meant: (rows) => lastOf(item, rows), name: async () => owner };
			},
			agrees,
			readAll: async (get, query, most) => {
				const read = await listed.readAll(get, query, most);
				return 'rows' in read ? { ...read, rows: await withStarts(get, read.rows) } : read;
			},
		}
	);
}
