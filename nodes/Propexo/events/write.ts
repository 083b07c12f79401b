import type { FieldsOwner } from '../../shared/fields/collections';
import { additionalFieldsOf, allFields } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import type { CheckedWrite } from '../rules/checkedWrite';
import { missing } from '../rules/checkedWrite';
import { jobWrite } from '../jobs/jobWrite';
import { eventType } from '../records/events';
import { recordField } from '../records/field';
import { leasingAgent } from '../records/people';
import type { RecordType } from '../records/record';
import { withArticle } from '../records/record';
import { additionalFields, eventDatetime, eventFields, eventStatus, notes, shortNotes } from './fields';
import { eventOf } from './read';

/*
 * Writing events. Propexo answers with a job; the PMS gets the event after it.
 */

/** What is different for the events of leads, applicants and residents. */
interface EventCreation extends Pick<CheckedWrite, 'pms' | 'leasingAgent'> {
	person: RecordType;
	/** Fields that the events of other people lack. */
	own: Field[];
	/** Left out: notes of up to 256 characters. */
	notes?: Field;
}

/** Where the events of one kind of person are written. No trailing slash, unlike the lists. */
const eventsOf = ({ noun }: RecordType): string => `/v1/events/${noun}s`;

/** *Create*: one event of one person. */
export function createEvent({ person, own, notes: ownNotes = shortNotes, ...write }: EventCreation) {
	const owner = {
		fields: eventFields(person, ownNotes, write.pms),
		collections: [additionalFields(person, own)],
	};
	const noun = `${person.noun} event`;
	return jobWrite({
		...write,
		...owner,
		value: 'create',
		name: 'Create',
		action: `Create ${noun}`,
		description: `Record a call, an email, a tour or anything else that happened with ${withArticle(person.noun)}`,
		noun,
		method: 'POST',
		path: eventsOf(person),
		about: ['integrationId', recordField(person).name],
		sameEvent: [
			'eventKind',
			'eventName',
			'eventTypeId',
			'eventDatetime',
			'callPhoneNumberFrom',
			'callPhoneNumberTo',
			'emailDirection',
			'emailFrom',
			'emailTo',
			'appointmentDatetime',
			'timeFrom',
			'unitId',
		],
		check: (item) => withoutRent(owner, item),
	});
}

/**
 * The only event that requires a rent. Source: `rent_amount_in_cents` of its schema, "Required for LeaseSign event".
 */
const LEASE_SIGN = 'LeaseSign';

function withoutRent(owner: FieldsOwner, { values }: ReadItem): Problem[] {
	const name = 'rentAmount';
	const hasField = allFields(owner).some((field) => field.name === name);
	if (!hasField || values.eventName !== LEASE_SIGN || values[name] !== undefined) return [];
	/**
	 * @cause A signed lease needs its rent. Propexo has the event LeaseSign for Yardi.
	 * @cure Fill it in.
	 */
	return [missing(owner, name, `is empty and must be filled in when 'Event Name' is ${LEASE_SIGN}`)];
}

/**
 * *Update*: changes an event. Only MRI is known to take changes. The fields of PUT /v1/events/leads/{event_id},
 * /applicants/{event_id} and /residents/{event_id} are the same.
 */
export function updateEvent(person: RecordType, pms: CheckedWrite['pms']) {
	return jobWrite({
		value: 'update',
		name: 'Update',
		action: `Update ${person.noun} event`,
		description: 'Change an event in MRI; other systems take no changes',
		noun: 'update',
		fields: [
			recordField(eventOf(person), { required: true, local: true, alone: true }),
			recordField(eventType, {
				description: 'The type of the event. MRI requires it with every update.',
			}),
			{ ...eventDatetime(pms), description: 'When it happened; MRI requires it with every update' },
		],
		collections: [additionalFieldsOf([recordField(leasingAgent), notes, eventStatus])],
		method: 'PUT',
		path: `${eventsOf(person)}/{eventId}`,
		pms,
		// Source: `employee_id` of its schemas, "Must have a role of LEASING_AGENT".
		leasingAgent: true,
		about: ['eventId'],
		sameEvent: ['eventTypeId', 'eventDatetime', 'status'],
	});
}
