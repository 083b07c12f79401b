import type { IDataObject } from 'n8n-workflow';

import { NothingThere } from '../../shared/find/get';
import { TEXT_OR_NULL } from '../../shared/json/schema';
import type { Operation } from '../../shared/operation';
import type { Columns } from '../../shared/read/output';
import { titleCase } from '../../shared/json/text';
import { event } from '../records/events';
import { recordField } from '../records/field';
import { getMany, getOne } from '../records/reading';
import type { RecordType } from '../records/record';
import { texts, withArticle } from '../records/record';
import { isNobodys, othersIn, peopleIn, PERSON_KINDS } from '../records/whose';

/*
 * Reading events. Propexo has one list for the events of leads, applicants and residents, and no filter by the kind of
 * people. Each row says who the event belongs to.
 */

/** The columns of an event; of each kind of people, the first that it belongs to. */
const columnsWith = (kinds: typeof PERSON_KINDS): Columns => ({
	...texts('id'),
	...Object.fromEntries(
		kinds.map((kind) => [
			kind.filter,
			{ schema: TEXT_OR_NULL, of: (row: IDataObject) => peopleIn(row, kind)[0] ?? null },
		]),
	),
	...texts('event_name', 'type_raw', 'event_datetime', 'appointment_datetime', 'notes', 'agent_name'),
	...texts('property_id', 'integration_id'),
});

/** The columns of an event of anybody. */
export const eventColumns = columnsWith(PERSON_KINDS);

/** An event of one kind of people. */
export const eventOf = (person: RecordType) => ({
	...event,
	description: `The ${person.noun} event by its Propexo ID. 'Get Many' finds it.`,
	columns: columnsWith(PERSON_KINDS.filter(({ noun }) => noun === person.noun)),
});

/** *Get*: one event of one kind of people. GET /v1/events/{event_id} */
export function getEvent(person: RecordType): Operation {
	return getOne(eventOf(person), {
		noun: `${person.noun} event`,
		refuses: (row) => {
			const other = othersIn(row, person.noun);
			return (
				other &&
				/**
				 * @example This is not the event of a lead, but of an applicant
				 * @cause The ID is right, and the event is of other people.
				 * @cure Read it with the operation that the message names.
				 */
				new NothingThere(
					`This is not the event of ${withArticle(person.noun)}, but of ${withArticle(other.noun)}`,
					`Read it with '${titleCase(other.noun)} Event: Get'.`,
				)
			);
		},
	});
}

/**
 * *Get Many*: the events of one kind of people. GET /v1/events/
 *
 * @param withNobodys whether events that belong to nobody are listed too
 */
export function getEvents(person: RecordType, { withNobodys }: { withNobodys: boolean }): Operation {
	const { noun } = person;
	const field = recordField(person, {
		description: `The ${noun} whose events are wanted`,
	});
	return getMany(eventOf(person), {
		noun: `${noun} event`,
		description: `List the events of ${withArticle(noun)}, a property or an integration`,
		filters: [field],
		keeps: (row, query) =>
			query[`${noun}_id`] !== undefined || (!othersIn(row, noun) && (withNobodys || !isNobodys(row))),
	});
}
