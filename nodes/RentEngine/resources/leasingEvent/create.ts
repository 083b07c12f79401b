import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { givenKey } from '../../../shared/deliver/keyField';
import { outcomeUnknownOption, writeOptions } from '../../../shared/deliver/options';
import type { Plan } from '../../../shared/deliver/write';
import type { Field } from '../../../shared/fields/field';
import type { ReadItem } from '../../../shared/fields/item';
import type { ServiceRequest } from '../../../shared/http/service';
import { isObject, picked } from '../../../shared/json/objects';
import { objectOf, TEXT, TEXT_OR_NULL, WHOLE_NUMBER } from '../../../shared/json/schema';
import { plainText, textOf } from '../../../shared/json/text';
import { writeOperation } from '../../../shared/operation';
import { isError, LOOK_UP_AFTER_MS, rentEngine } from '../../api';
import { accountsOf } from '../../assignment/accounts';
import { Turns } from '../../assignment/turns';
import { ASSIGN_TO_USER, assignmentOf, EVENT_CONTEXT, isInBulk, usersIn } from '../../records/eventTypes';
import { lookBackOption } from '../../records/prospects';
import { withZones } from '../../records/times';
import { additionalFields, leasingEventFields, NEXT_IN_TURN } from './fields';
import { lookUpLeasingEvent, toAnyOf } from './lookUp';
import { mistakenIds, withoutUsers } from './mistaken';

/** Columns that a simplified row does not have. */
const ONLY_WHOLE = ['next_follow_up', 'created_by', 'deleted'];

/** One event as the API takes it. The keys of `context` are the only ones in camelCase. */
function event({ values }: ReadItem): IDataObject {
	const assignment = assignmentOf(values);
	const context = assignment ?? values.context;
	return {
		prospect_id: values.prospectId,
		event_type: assignment ? ASSIGN_TO_USER : values.customEventType,
		...(values.source !== undefined && { source: values.source }),
		...(values.notes !== undefined && { notes: values.notes }),
		...(context !== undefined && { context }),
	};
}

function request(item: ReadItem): ServiceRequest {
	const made: ServiceRequest = {
		method: 'POST',
		path: '/leasing_events',
		body: { events: [event(item)] },
	};
	const { inTurn } = item.values;
	return Array.isArray(inTurn) ? toAnyOf(inTurn.map(textOf), made) : made;
}

/** An event has an ID. So may an error have. */
const isEvent = (row: unknown): boolean =>
	isObject(row) && row.id !== undefined && row.id !== null && !isError(row);

/** The events in a reply. The page does not say whether it is one event or a list. */
function rows(body: unknown): IDataObject[] | undefined {
	const events = Array.isArray(body) ? body : [body];
	return events.length > 0 && events.every(isEvent) ? (events as IDataObject[]) : undefined;
}

/** The users of an assignment by the names that the item gives them: "Jordan, 6f9619ff-…". Nothing without names. */
function assignedTo({ context }: IDataObject, { names }: ReadItem): IDataObject {
	const users = usersIn(context);
	if (!names || users.length === 0) return {};
	return { assigned_to: users.map((id) => names[id.toLowerCase()] ?? id).join(', ') };
}

/** What one run decides: whose turn it is, and which IDs cannot be right. */
function plan(ctx: IExecuteFunctions, isPreview: boolean): Plan {
	const node = ctx.getNode();
	const items = ctx.getInputData();
	const turns = new Turns(ctx, isPreview);
	let isAnyInBulk = false;
	return {
		complete(item, itemIndex, options, { token }) {
			const { values } = item;
			isAnyInBulk ||= isInBulk(values);
			const isInTurn = values.assignment === NEXT_IN_TURN;
			const mistaken = mistakenIds(values, items[itemIndex]?.json ?? {}, node, accountsOf(token));
			const nobody = withoutUsers(values, isInTurn);
			const remarks = [...item.remarks, ...mistaken.remarks, ...nobody.remarks];
			const problems = [...mistaken.problems, ...nobody.problems];
			if (problems.length > 0) return { ...item, problems };
			if (!isInTurn) return { ...item, remarks };
			const inTurn = values.assignedToUserIds as string[];
			const given = plainText(givenKey(options));
			// One key may come with events of several prospects: each of them gets a turn.
			const key = given === undefined ? undefined : `${given}\n${textOf(values.prospectId)}`;
			const user = turns.take(inTurn, values.prospectId, itemIndex, key);
			return { ...item, remarks, values: { ...values, inTurn, assignedToUserIds: [user] } };
		},
		// In bulk, an event also assigns prospects that its item does not name, which may be those of any other assignment.
		order: ({ values }) => (isAnyInBulk && assignmentOf(values) ? ['in bulk'] : []),
		settle: (outcomes) => turns.settle(outcomes),
	};
}

/** The prospect, the kind of event, and the users, unless they take turns: then it may be another one each time. */
function sameEvent({ values }: ReadItem): string[] {
	const users = values.assignment === NEXT_IN_TURN ? [] : ['assignedToUserIds'];
	return ['prospectId', 'eventType', 'customEventType', 'context', ...users];
}

/** The look-up also proves that nothing was created, so what is in doubt is looked up unless the user says otherwise. */
const options: Field[] = writeOptions.map((option) =>
	option === outcomeUnknownOption ? { ...outcomeUnknownOption, default: 'lookUp' } : option,
);

/** POST /leasing_events: one event a request, "Only 1 event is supported at a time". */
export const create = writeOperation(
	{
		value: 'create',
		name: 'Create',
		action: 'Create leasing event',
		description: 'Assign a prospect to users, or record another event',
	},
	{
		service: rentEngine,
		noun: 'leasing event',
		fields: leasingEventFields,
		collections: [additionalFields],
		options: [...options, lookBackOption],
		plan,
		request,
		order: ({ values }) => textOf(values.prospectId),
		sameEvent,
		rows,
		columns: assignedTo,
		output: objectOf({
			id: WHOLE_NUMBER,
			prospect: WHOLE_NUMBER,
			assigned_to: TEXT,
			event_type: TEXT,
			created_at: TEXT,
			planned_date_time: TEXT_OR_NULL,
			source: TEXT_OR_NULL,
			notes: TEXT_OR_NULL,
			context: EVENT_CONTEXT,
			next_follow_up: TEXT_OR_NULL,
			created_by: TEXT_OR_NULL,
			deleted: { type: 'boolean' },
		}),
		who: ({ values }) => ({ prospect: values.prospectId }),
		asTold: (row) => picked(withZones(row), (name) => !ONLY_WHOLE.includes(name)),
		idOf: (row) => textOf(row.id),
		lookUp: lookUpLeasingEvent,
		lookUpAfterMs: LOOK_UP_AFTER_MS,
	},
);
