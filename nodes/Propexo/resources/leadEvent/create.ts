import type { Problem, ReadItem } from '../../../shared/fields/item';
import { missing } from '../../jobs/checkPms';
import { jobWrite } from '../../jobs/jobWrite';
import { LEAD_EVENT_RULES } from '../../pms';
import { additionalFields, leadEventFields } from './fields';

const owner = { fields: leadEventFields, collections: [additionalFields] };

/** The one event that tells of a rent. Source: `rent_amount_in_cents` on Propexo's page "Create event for a lead". */
const LEASE_SIGN = 'LeaseSign';

function withoutRent({ values }: ReadItem): Problem[] {
	if (values.eventName !== LEASE_SIGN || values.rentAmountInCents !== undefined) return [];
	const wrong = `is empty and must be filled in when 'Event Name' is ${LEASE_SIGN}`;
	return [missing(owner, 'rentAmountInCents', wrong)];
}

/** One event of one lead. The answer names a job; the PMS gets the event after it. */
export const create = jobWrite({
	value: 'create',
	name: 'Create',
	action: 'Create lead event',
	description: 'Record a call, an email, a tour or anything else that happened with a lead',
	noun: 'lead event',
	...owner,
	method: 'POST',
	// No trailing slash, unlike the lists.
	path: '/v1/events/leads',
	about: ['integrationId', 'leadId'],
	sameEvent: [
		...['eventKind', 'eventName', 'eventTypeId', 'eventDatetime'],
		...['callPhoneNumberFrom', 'callPhoneNumberTo', 'emailDirection', 'emailFrom', 'emailTo'],
		...['appointmentDatetime', 'timeFrom', 'unitId'],
	],
	pms: LEAD_EVENT_RULES,
	check: withoutRent,
});
