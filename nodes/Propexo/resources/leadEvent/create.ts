import type { ReadItem } from '../../../shared/fields/item';
import { textOf } from '../../../shared/json/text';
import { writeOperation } from '../../../shared/operation';
import { propexo, readWriteReply } from '../../api';
import { propexoOptions } from '../../jobs/options';
import { followResults } from '../../jobs/waitForResult';
import { lookUpWrite } from '../../jobs/writeLog';
import { checkLeadEvents } from './check';
import { additionalFields, leadEventFields } from './fields';

/** POST /v1/events/leads: one event of one lead. The answer names a job; the PMS gets the event after it. */
export const create = writeOperation(
	{
		value: 'create',
		name: 'Create',
		action: 'Create lead event',
		description: 'Record a call, an email, a tour or anything else that happened with a lead',
	},
	{
		service: propexo,
		noun: 'lead event',
		fields: leadEventFields,
		collections: [additionalFields],
		options: propexoOptions,
		check: checkLeadEvents,
		request: ({ body }, options) => ({
			method: 'POST',
			// No trailing slash, unlike the lists.
			path: '/v1/events/leads',
			...(options.ignoreUnknownFields === true && { query: { ignore_unknown_fields: true } }),
			body,
		}),
		order: ({ values }: ReadItem) => `${textOf(values.integrationId)}\n${textOf(values.leadId)}`,
		sameEvent: () => [
			'integrationId',
			'leadId',
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
		rows: (body) => {
			const reply = readWriteReply(body);
			return reply && [reply];
		},
		idOf: (row) => textOf(row.job_id),
		lookUp: lookUpWrite,
		lookUpAfterMs: [2_000, 5_000, 10_000, 20_000],
		followUp: followResults,
	},
);
