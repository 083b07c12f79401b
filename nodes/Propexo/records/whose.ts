import type { IDataObject } from 'n8n-workflow';

import { applicant, lead, resident } from './people';
import { parameterOf } from './record';

/*
 * Whose an event is: what the item says of it, and what Propexo's row says.
 */

/** The parameter, the filter of the list, and where a row says it. */
export const OWNERS = [lead, applicant, resident].map((person) => ({
	parameter: parameterOf(person),
	filter: `${person.noun}_id`,
	column: `associated_${person.noun}_ids`,
	noun: person.noun,
}));

/** The person that an item names, of the kind that it says. */
export const ownerOf = (values: IDataObject) =>
	OWNERS.find(({ parameter }) => values[parameter] !== undefined);

/** Whether a row is of the person, the property and the integration that were asked for. */
export const agrees = (row: IDataObject, query: IDataObject): boolean =>
	Object.entries(query).every(([name, value]) => {
		const column = OWNERS.find(({ filter }) => filter === name)?.column;
		if (column === undefined) return row[name] === value;
		const ids: unknown = row[column];
		return Array.isArray(ids) && ids.includes(value);
	});

/** The kinds of people that a row names. */
const named = (row: IDataObject) =>
	OWNERS.filter(({ column }) => Array.isArray(row[column]) && row[column].length > 0);

/** Whether a row names nobody, so that it may be anybody's. */
export const isNobodys = (row: IDataObject): boolean => named(row).length === 0;

/** Whether a row names people, and none of the kind that is meant. */
export const isOfOthers = (row: IDataObject, kind: string): boolean =>
	!isNobodys(row) && !named(row).some(({ noun }) => noun === kind);
