import type { IDataObject } from 'n8n-workflow';

import { textOf } from '../../shared/json/text';
import { NothingThere } from '../../shared/find/get';
import { byName, byPmsId } from './finders';
import { OTHER_FIELDS } from './otherFields';
import type { Chosen, RecordType } from './record';
import { named, texts, WORDS } from './record';

/**
 * Whether an event type is for the people that the operation is about: `leads` for the resource `leadEvent`. A type
 * that names no models is for everybody.
 */
function isForThem({ models }: IDataObject, resource: string): boolean {
	if (!resource.endsWith('Event')) return true;
	const person = resource.replace(/Event$/, '');
	const isTheirs = (model: unknown) => textOf(model).toLowerCase().replace(/s$/, '') === person;
	return !Array.isArray(models) || models.length === 0 || models.some(isTheirs);
}

/** What happened with a lead, an applicant or a resident; Propexo has one list for all of them. */
export const event = {
	noun: 'event',
	path: '/v1/events/',
	description: 'The event by its Propexo ID',
	finders: [byPmsId('event', '88120')],
	others: OTHER_FIELDS.event,
} satisfies RecordType;

export const eventType = {
	noun: 'event type',
	path: '/v1/event-types/',
	description: 'The type of the event',
	picker: { ...named, keeps: isForThem, details: ({ code }) => [code], apart: ({ code }) => [code] },
	finders: [byName('event type', 'Outgoing Call'), byPmsId('event type', '12')],
	facts: ['code', 'models'],
	columns: {
		...texts('id', 'name', 'code'),
		models: WORDS,
		...texts('x_id', 'property_id', 'integration_id', 'updated_at'),
	},
	others: OTHER_FIELDS.eventType,
} satisfies RecordType;

export const eventSubType: RecordType = {
	noun: 'event sub type',
	path: '/v1/event-sub-types/',
	description: 'The sub type of the chosen event type',
	picker: { ...named, dependsOn: ['eventTypeId'], query: ofTheChosenType },
	finders: [byName('event sub type', 'Follow Up')],
	facts: ['event_type_id'],
};

function ofTheChosenType(chosen: Chosen): IDataObject {
	const type = chosen('eventTypeId');
	if (type !== '') return { event_type_id: type };
	/**
	 * @cause The list of sub types is opened before an event type is chosen.
	 * @cure Choose _Event Type_ first. If that is an expression, enter the sub type by its ID.
	 */
	throw new NothingThere("Choose an 'Event Type' first", "If it is an expression, choose 'By ID' here");
}

export const eventResult: RecordType = {
	noun: 'event result',
	path: '/v1/event-results/',
	description: 'How the event ended, as an event result of the PMS',
	picker: named,
	finders: [byName('event result', 'Completed')],
};
