import type { IDataObject } from 'n8n-workflow';

import { contradicts, valueNamed } from '../../shared/find/contradicts';
import { isObject } from '../../shared/json/objects';
import { objectOf, TEXT, TEXTS } from '../../shared/json/schema';
import { entriesOf, opened, textOf } from '../../shared/json/text';

/** The one type that the API documents as supported for new events. */
export const ASSIGN_TO_USER = 'Assign to User';

/**
 * What a leasing event can be. Source: the enum `event_type` of the reply on RentEngine's page "Create leasing
 * events", version 1.1.1. It adds types at any time, so nothing may depend on this list being complete.
 *
 * @noMessage
 */
export const EVENT_TYPES = [
	'New',
	'Contacted, Awaiting Information',
	'Showing Desired',
	'Showing Scheduled',
	'Showing Complete',
	'Missed Showing',
	'Ghosting',
	'Application Sent to Prospect',
	'Application Received',
	'Application Pending',
	'Application in Owner Review',
	'Application Approved',
	'Withdrawn',
	'Application Rejected',
	'Prescreen Submitted',
	'Prescreen Rejected - Self reported credit',
	'Prescreen Rejected - Self reported income',
	'Prescreen Rejected - ID Verification',
	'Prescreen Approved',
	'Looking too early',
	'Lease out for signing',
	'Lease Signed',
	'Deposit Received',
	'Move-in Scheduled',
	'Moved In',
	'Unit of Interest Unavailable',
	'Not Interested',
	'Duplicate Lead',
	'Still Deciding',
	'HOA Application Sent To Prospect',
	'HOA Application Submitted',
	'HOA Application Approved',
	'HOA Application Rejected',
	'Showing Failed',
	'Showing Canceled',
	'Showing Confirmed',
	'Awaiting PM Response',
	'PM Response',
	'Arrived for Showing',
	'Showing Started',
	'Log Note',
	ASSIGN_TO_USER,
	'Blocklist Prospect',
	'Unblock Prospect',
	'Reassign Showing',
];

/** The same as choices, by name. */
export const EVENT_TYPE_OPTIONS = [...EVENT_TYPES]
	.sort((a, b) => a.localeCompare(b))
	.map((type) => ({ name: type, value: type }));

/**
 * The description of every field *Other Event Types*.
 *
 * @noMessage
 */
export const OTHER_TYPES =
	'Types that are not in the list, in any letter case, in addition to those of Event Types.';

/** What stands behind the commas in the names of types. */
const BEHIND_COMMAS = EVENT_TYPES.flatMap((type) => type.split(',').slice(1)).join('|');
const COMMA_BETWEEN_TYPES = new RegExp(`,(?!(?:${BEHIND_COMMAS})\\b)`, 'i');

/** A name with commas in it may be one name, or several. */
const namesIn = (name: string): string[] => [name, ...entriesOf(name, COMMA_BETWEEN_TYPES)];

/**
 * Whether a type is one of the named ones; every type is, if none is named. Letter case does not matter.
 *
 * @param named lists, or texts with semicolons or commas
 */
export function ofTypes(...named: unknown[]): (type: unknown) => boolean {
	const names = named.flatMap((types) => entriesOf(types, /[;\n]/)).flatMap(namesIn);
	const wanted = new Set(names.map((name) => name.toLowerCase()));
	return (type) => wanted.size === 0 || wanted.has(textOf(type).toLowerCase());
}

/** The documented part of the context of an event; what else it holds depends on the type. */
export const EVENT_CONTEXT = objectOf({
	assignedToUserIds: TEXTS,
	createdByUserRole: TEXT,
	previousAssignedToUserIds: TEXTS,
});

/** The users of an assignment, as its context names them. It may be JSON in a text, and have names in another spelling. */
export function usersIn(context: unknown): string[] {
	const told = opened(context);
	const ids = isObject(told) ? valueNamed(told, 'assignedToUserIds') : undefined;
	return Array.isArray(ids) ? ids.map(textOf) : [];
}

const isAssigning = (type: unknown): boolean => textOf(type).toLowerCase() === ASSIGN_TO_USER.toLowerCase();

/**
 * The context of an assignment. It comes from the assignment's fields, or from *Context (JSON)* if the user typed Assign to User
 * into *Custom Event Type*. Undefined for an event of another type.
 */
export function assignmentOf(values: IDataObject): IDataObject | undefined {
	const { eventType, customEventType, context, assignedToUserIds, applyActionInBulk } = values;
	if (isAssigning(eventType)) return { assignedToUserIds, applyActionInBulk };
	if (!isAssigning(customEventType)) return undefined;
	return isObject(context) ? (context as IDataObject) : {};
}

/** Whether an event assigns all prospects that have the same phone number as the one it names. */
export const isInBulk = (values: IDataObject): boolean => assignmentOf(values)?.applyActionInBulk === true;

/** Whether an event is one of a prospect: it is, unless it says otherwise. The list says `prospect_id`, a creation `prospect`. */
export const ofProspect =
	(id: unknown) =>
	({ prospect, prospect_id = prospect }: IDataObject): boolean =>
		!contradicts(prospect_id, id);
