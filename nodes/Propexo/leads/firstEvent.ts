import { ifFuture, ifMidnight } from '../../shared/fields/times/plausible';
import { textOf } from '../../shared/json/text';
import { FOUND_NOTHING } from '../../shared/fields/empty';
import type { FieldCollection } from '../../shared/fields/collections';
import type { Field } from '../../shared/fields/field';
import { choicesOf } from '../../shared/fields/choices';
import { allFields } from '../../shared/fields/collections';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import { shortNotes } from '../events/fields';
import { missing } from '../rules/checkedWrite';
import { recordField } from '../records/field';
import { employee, leadSource } from '../records/people';
import { unit } from '../records/places';

/*
 * The event that a new lead came by, written in the same request: `events[]` of POST /v1/leads/. The API takes several;
 * all but the first are better written with *Lead Event: Create*, which gives each of them its own outcome.
 */

/** Where the fields of the event stand in the request. */
const PLACE = 'events.0.';

/** The values of `event_name` in `events[]`. */
const NAMES = choicesOf(
	'Application',
	'Appointment',
	{ name: 'Call From Prospect', value: 'CallFromProspect' },
	{ name: 'Call to Prospect', value: 'CallToProspect' },
	'Chat',
	'Email',
	'Other',
	{ name: 'Self-Guided Tour', value: 'SelfGuidedTour' },
	'Show',
	'Text',
	{ name: 'Walk-In', value: 'WalkIn' },
	{ name: 'Web Service', value: 'Webservice' },
);

/** The visits among them. */
const MAY_BE_PLANNED = ['Appointment', 'SelfGuidedTour', 'Show'];

const EMPLOYEE: Field = {
	...recordField(employee, {
		description: "Who took part in the event; the lead's own employee, if left out",
	}),
	name: 'firstEventEmployeeId',
	api: `${PLACE}employee_id`,
	label: 'Event Employee',
};

const REQUIRED = ['firstEventName', 'firstEventDatetime'];

/** *First Event*. */
export const firstEvent: FieldCollection = {
	name: 'firstEvent',
	label: 'First Event',
	fields: [
		{
			name: 'firstEventName',
			api: `${PLACE}event_name`,
			label: 'Event Name',
			kind: 'choice',
			options: NAMES,
			default: 'CallFromProspect',
			hint: 'Yardi adds an event named Other before it, unless it is a first contact',
			description:
				'How the lead got in touch, where the PMS takes that. First contacts in Yardi are Chat, Email, Other, Text, Walk-In and Web Service.',
		},
		{
			name: 'firstEventDatetime',
			api: `${PLACE}event_datetime`,
			label: 'Event Date and Time',
			kind: 'dateTime',
			remark: (time, isFixed, raw, before) =>
				MAY_BE_PLANNED.includes(textOf(before?.firstEventName))
					? ifMidnight(time, isFixed, raw)
					: ifFuture(time, isFixed, raw),
			description: 'When it happened',
		},
		EMPLOYEE,
		{
			...recordField(leadSource, { description: 'Where the lead came from with this event' }),
			name: 'firstEventLeadSourceId',
			api: `${PLACE}lead_source_id`,
			label: 'Event Lead Source',
		},
		{
			...recordField(unit, { description: 'The unit that the event was about' }),
			name: 'firstEventUnitId',
			api: `${PLACE}unit_id`,
			label: 'Event Unit',
		},
		{ ...shortNotes, name: 'firstEventNotes', api: `${PLACE}notes`, label: 'Event Notes' },
		{
			name: 'firstEventReasons',
			api: `${PLACE}reasons_for_event`,
			label: 'Reasons for Event',
			kind: 'text',
			placeholder: 'e.g. Asked for a tour',
			description: 'Why it took place',
		},
	],
};

const OWNER = { fields: [], collections: [firstEvent] };

/** Whether an item has an event. */
export const hasEvent = ({ values }: ReadItem): boolean =>
	allFields(OWNER).some(({ name }) => values[name] !== undefined);

/** The employee of the lead, for an event without an employee of its own. */
export const employeeOfEvent = (item: ReadItem): ReadItem['body'] =>
	hasEvent(item) && item.values[EMPLOYEE.name] === undefined && item.values.employeeId !== undefined
		? { [`${PLACE}employee_id`]: item.values.employeeId }
		: {};

/** The problems of an event that lacks what the API requires of one. */
export function incompleteEvent(item: ReadItem): Problem[] {
	if (!hasEvent(item)) return [];
	const { values } = item;
	const hasEmployee = values[EMPLOYEE.name] !== undefined || values.employeeId !== undefined;
	return [...REQUIRED, ...(hasEmployee ? [] : [EMPLOYEE.name])]
		.filter((name) => values[name] === undefined)
		.map((name) => {
			/**
			 * @cause _First Event_ is used, and a field of it is empty.
			 * @cure Fill it in, or remove all fields of _First Event_.
			 */
			const problem = missing(OWNER, name, "is empty and must be filled in with a 'First Event'");
			const isByExpression = item.emptied.includes(problem.label);
			return isByExpression ? { ...problem, wrong: `${problem.wrong}: ${FOUND_NOTHING}` } : problem;
		});
}
