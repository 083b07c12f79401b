import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../shared/json/text';
import { applicant, lead, resident } from './people';
import { parameterOf } from './record';

/*
 * Whose an event is: what the item says of it, and what Propexo's row says.
 */

/** The parameter that says whose an appointment is: "lead". */
export const FOR = 'for';

/** The kinds of people: the parameter that names one, the filter of the list, and where a row says it. */
export const PERSON_KINDS = [lead, applicant, resident].map((person) => ({
	parameter: parameterOf(person),
	filter: `${person.noun}_id`,
	column: `associated_${person.noun}_ids`,
	noun: person.noun,
}));

/** The fields of a row that tell what a filter of another name asks for. */
export const COLUMN_OF: Record<string, string> = Object.fromEntries(
	PERSON_KINDS.map(({ filter, column }) => [filter, column]),
);

/** The kind of person that an item names. */
export const personOf = (values: IDataObject) =>
	PERSON_KINDS.find(({ parameter }) => values[parameter] !== undefined);

/** The IDs of the people of one kind that a row names. */
export function peopleIn(row: IDataObject, { column }: { column: string }): string[] {
	const ids: unknown = row[column];
	return Array.isArray(ids) ? ids.map(textOf) : [];
}

/** Whether a row is of the person, the property and the integration that were asked for. */
export const agrees = (row: IDataObject, query: IDataObject): boolean =>
	Object.entries(query).every(([name, value]) => {
		const kind = PERSON_KINDS.find(({ filter }) => filter === name);
		return kind ? peopleIn(row, kind).includes(textOf(value)) : row[name] === value;
	});

/** The kinds of people that a row names. */
const kindsIn = (row: IDataObject) => PERSON_KINDS.filter((kind) => peopleIn(row, kind).length > 0);

/** Whether a row names nobody, so that it may be anybody's. */
export const isNobodys = (row: IDataObject): boolean => kindsIn(row).length === 0;

/** The kind of people that a row names, if it names none of the kind that is meant. */
export function othersIn(row: IDataObject, meant: string) {
	const kinds = kindsIn(row);
	return kinds.some(({ noun }) => noun === meant) ? undefined : kinds[0];
}
