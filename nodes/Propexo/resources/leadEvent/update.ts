import type { Field, FieldCollection } from '../../../shared/fields/field';
import { eventStatus, notes } from '../../events/fields';
import { jobWrite } from '../../jobs/jobWrite';
import { LEAD_EVENT_UPDATE_RULES } from '../../pms';
import { event, eventType } from '../../records/events';
import { leasingAgent } from '../../records/people';
import { recordField } from '../../records/field';

/*
 * The fields of PUT /v1/events/leads/{event_id}. Limits and what is required: Propexo's page "Update lead event" of
 * MRI, the one PMS that is known to stand behind it.
 */

const fields: Field[] = [
	recordField(event, { required: true, local: true, alone: true }),
	recordField(eventType, {
		dependsOn: ['eventId'],
		description: 'The type of the event. MRI requires it with every update.',
	}),
	{
		name: 'eventDatetime',
		label: 'Event Date and Time',
		kind: 'dateTime',
		days: true,
		description:
			"When it happened; MRI requires it with every update. Without an offset it is a time of the workflow's time zone, or of the option Time Zone.",
	},
];

const additionalFields: FieldCollection = {
	name: 'additionalFields',
	label: 'Additional Fields',
	placeholder: 'Add Field',
	empty: 'leftOut',
	fields: [recordField(leasingAgent, { dependsOn: ['eventId'] }), notes, eventStatus],
};

/** Changes an event. Only MRI is known to take it. */
export const update = jobWrite({
	value: 'update',
	name: 'Update',
	action: 'Update lead event',
	description: 'Change an event that MRI holds; other systems do not take changes',
	noun: 'update',
	fields,
	collections: [additionalFields],
	method: 'PUT',
	path: '/v1/events/leads/{eventId}',
	pms: LEAD_EVENT_UPDATE_RULES,
	leasingAgent: true,
	about: ['eventId'],
	sameEvent: ['eventTypeId', 'eventDatetime', 'status'],
});
