import type { Field, FieldCollection } from '../../../shared/fields/field';
import { segment } from '../../../shared/http/credential';
import { textOf } from '../../../shared/json/text';
import { writeOperation } from '../../../shared/operation';
import { propexo, readWriteReply } from '../../api';
import { propexoOptions } from '../../jobs/options';
import { followResults } from '../../jobs/waitForResult';
import { lookUpUpdate } from '../../jobs/writeLog';
import { employeeField, eventField, eventTypeField } from '../../records/fields';

/*
 * The fields of PUT /v1/events/leads/{event_id}. Limits and what is required: Propexo's page "Update lead event" of
 * MRI, the one PMS that is known to stand behind it.
 */

const statuses = [
	{ name: 'Completed', value: 'COMPLETED' },
	{ name: 'Denied', value: 'DENIED' },
	{ name: 'Open', value: 'OPEN' },
	{ name: 'Review', value: 'REVIEW' },
];

const fields: Field[] = [
	eventField,
	{
		...eventTypeField,
		dependsOn: ['eventId'],
		required: true,
		description: 'The type of the event. MRI requires it with every update.',
	},
	{
		name: 'eventDatetime',
		label: 'Event Date and Time',
		kind: 'dateTime',
		required: true,
		description:
			'When it happened. Without an offset it is read in the time zone of the workflow, or that of the options.',
	},
];

const additionalFields: FieldCollection = {
	name: 'additionalFields',
	label: 'Additional Fields',
	placeholder: 'Add Field',
	fields: [
		{
			...employeeField,
			dependsOn: ['eventId'],
			description: 'Who took part for the property; it must be a leasing agent',
		},
		{
			name: 'notes',
			label: 'Notes',
			kind: 'text',
			rows: 3,
			placeholder: 'e.g. Came with a friend',
			description: 'What the leasing team should know',
		},
		{
			name: 'status',
			label: 'Status',
			kind: 'choice',
			options: statuses,
			default: 'COMPLETED',
			description: 'How far the event is',
		},
	],
};

/** PUT /v1/events/leads/{event_id}: changes an event. Only MRI is known to take it. */
export const update = writeOperation(
	{
		value: 'update',
		name: 'Update',
		action: 'Update lead event',
		description: 'Change an event that MRI holds; other systems do not take changes',
	},
	{
		service: propexo,
		noun: 'update',
		fields,
		collections: [additionalFields],
		options: propexoOptions,
		request: ({ values, body }, options) => ({
			method: 'PUT',
			path: `/v1/events/leads/${segment(textOf(values.eventId))}`,
			...(options.ignoreUnknownFields === true && { query: { ignore_unknown_fields: true } }),
			body,
		}),
		order: ({ values }) => textOf(values.eventId),
		sameEvent: () => ['eventId', 'eventTypeId', 'eventDatetime', 'status'],
		rows: (body) => {
			const reply = readWriteReply(body);
			return reply && [reply];
		},
		idOf: (row) => textOf(row.job_id),
		lookUp: lookUpUpdate,
		lookUpAfterMs: [2_000, 5_000, 10_000, 20_000],
		followUp: followResults,
	},
);
