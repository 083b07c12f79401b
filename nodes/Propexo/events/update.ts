import { additionalFieldsOf } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import type { CheckedWrite } from '../rules/checkItem';
import { jobWrite } from '../jobs/jobWrite';
import { eventType } from '../records/events';
import { recordField } from '../records/field';
import { leasingAgent } from '../records/people';
import type { RecordType } from '../records/record';
import { eventDatetime, eventStatus, notes } from './fields';
import { eventOf } from './read';

/*
 * The fields of PUT /v1/events/leads/{event_id}, /applicants/{event_id} and /residents/{event_id}, which are the same.
 */

const fields = (person: RecordType, pms: CheckedWrite['pms']): Field[] => [
	recordField(eventOf(person), { required: true, local: true, alone: true }),
	recordField(eventType, {
		description: 'The type of the event. MRI requires it with every update.',
	}),
	{ ...eventDatetime(pms), description: 'When it happened; MRI requires it with every update' },
];

const additionalFields = additionalFieldsOf([recordField(leasingAgent), notes, eventStatus]);

/**
 * *Update*: changes an event. Only MRI is known to take changes.
 *
 * @param path with `{eventId}` in it
 */
export function updateEvent(person: RecordType, path: string, pms: CheckedWrite['pms']) {
	return jobWrite({
		value: 'update',
		name: 'Update',
		action: `Update ${person.noun} event`,
		description: 'Change an event that MRI holds; other systems do not take changes',
		noun: 'update',
		fields: fields(person, pms),
		collections: [additionalFields],
		method: 'PUT',
		path,
		pms,
		// Source: `employee_id` of its schemas, "Must have a role of LEASING_AGENT".
		leasingAgent: true,
		about: ['eventId'],
		sameEvent: ['eventTypeId', 'eventDatetime', 'status'],
	});
}
