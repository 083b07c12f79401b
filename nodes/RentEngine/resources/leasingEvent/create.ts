import type { IDataObject } from 'n8n-workflow';

import { writeOptions } from '../../../shared/deliver/options';
import type { CheckTools, Plan } from '../../../shared/deliver/write';
import type { ReadItem } from '../../../shared/fields/item';
import type { ServiceRequest } from '../../../shared/http/service';
import { isObject } from '../../../shared/json/objects';
import { textOf } from '../../../shared/json/text';
import { writeOperation } from '../../../shared/operation';
import { rentEngine } from '../../api';
import { accountsOf } from '../../assignment/accounts';
import { mistakenIds } from '../../assignment/mistaken';
import { Turns } from '../../assignment/turns';
import { additionalFields, ASSIGN_TO_USER, leasingEventFields, NEXT_IN_TURN } from './fields';
import { lookUpLeasingEvent, toAnyOf } from './lookUp';

/** One event as the API takes it. The keys of `context` are the only ones in camelCase. */
function event({ values }: ReadItem): IDataObject {
	const assigning = values.eventType === ASSIGN_TO_USER;
	const context = assigning
		? { assignedToUserIds: values.assignedToUserIds, applyActionInBulk: values.applyActionInBulk }
		: values.context;
	return {
		prospect_id: values.prospectId,
		event_type: assigning ? ASSIGN_TO_USER : values.customEventType,
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

/** The documented fields read as one event or, since the page does not tell, as a list of them. */
function rows(body: unknown): IDataObject[] | undefined {
	const events = Array.isArray(body) ? body : [body];
	const all =
		events.length > 0 && events.every((row) => isObject(row) && row.id !== undefined && row.id !== null);
	return all ? (events as IDataObject[]) : undefined;
}

/** What a run knows beyond a single item: whose turn it is, and which IDs cannot be meant. */
function plan({ ctx, token }: CheckTools): Plan {
	const accounts = accountsOf(token);
	const items = ctx.getInputData();
	const turns = new Turns(ctx);
	return {
		complete({ values }, itemIndex, { deduplicationKey: key }) {
			const problems = mistakenIds(values, items[itemIndex]?.json ?? {}, accounts);
			if (problems.length === 0 && values.assignment === NEXT_IN_TURN) {
				values.inTurn = values.assignedToUserIds;
				const users = values.assignedToUserIds as string[];
				values.assignedToUserIds = [
					turns.take(
						users,
						values.prospectId,
						itemIndex,
						key === undefined ? undefined : textOf(key),
					),
				];
			}
			return problems;
		},
		settle: (outcomes) => turns.settle(outcomes),
	};
}

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
		options: writeOptions,
		plan,
		request,
		order: ({ values }) => textOf(values.prospectId),
		rows,
		idOf: (row) => textOf(row.id),
		lookUp: lookUpLeasingEvent,
		lookUpAfterMs: [1_000, 3_000, 6_000],
	},
);
