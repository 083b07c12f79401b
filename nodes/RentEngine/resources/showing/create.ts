import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { writeOptions } from '../../../shared/deliver/options';
import type { AskedItem, Verdict } from '../../../shared/deliver/beforeSending';
import type { Plan } from '../../../shared/deliver/write';
import type { Tools } from '../../../shared/http/connection';
import type { ReadItem } from '../../../shared/fields/item';
import type { Problem } from '../../../shared/fields/problem';
import type { ServiceRequest } from '../../../shared/http/service';
import { isObject, picked } from '../../../shared/json/objects';
import { objectOf, TEXT, TEXT_OR_NULL, WHOLE_NUMBER } from '../../../shared/json/schema';
import { nth, textOf } from '../../../shared/json/text';
import { writeOperation } from '../../../shared/operation';
import { LOOK_UP_AFTER_MS, rentEngine } from '../../api';
import { mistakenId, UNIT } from '../../records/mistakenIds';
import { utc, withZones } from '../../records/times';
import { additionalFields, AGENT_TOKEN_LENGTH, showingFields, shownUnit } from './fields';
import { lookUpShowing, nameOfShowing } from './lookUp';

/** What stands beside the data of the prospect. */
const OF_SHOWING = ['unitId', 'plannedForTime', 'desiredShowingMethod', 'rescheduleEvent'];

function request({ body, values }: ReadItem): ServiceRequest {
	const isOfShowing = (name: string) => OF_SHOWING.includes(name);
	return {
		method: 'POST',
		path: '/showings/create',
		body: {
			...picked(body, isOfShowing),
			plannedForTime: utc(values.plannedForTime),
			prospectData: {
				// RentEngine requires a list, also where there are no questions.
				questionAnswers: [],
				...picked(body, (name) => !isOfShowing(name)),
			},
		},
	};
}

/** The problems that the fields alone do not tell. */
function problemsOf({ agentTk, questionAnswers }: IDataObject): Problem[] {
	const length = textOf(agentTk).length;
	const entries: unknown[] = Array.isArray(questionAnswers) ? questionAnswers : [];
	const unasked = entries.findIndex((entry) => !isObject(entry) || textOf(entry.question).trim() === '');
	return [
		...(agentTk !== undefined && length !== AGENT_TOKEN_LENGTH
			? [
					{
						label: 'Agent Token',
						/**
						 * @cause The agent's token was cut, or something was pasted along with it.
						 * @cure Copy it again.
						 */
						wrong: `is ${length} characters long and must have ${AGENT_TOKEN_LENGTH}`,
					},
				]
			: []),
		...(unasked < 0
			? []
			: [
					{
						label: 'Question Answers',
						/**
						 * @cause An answer in _Question Answers_ has no question.
						 * @cure Write the question as the prescreening asks it.
						 */
						wrong: `has no text in 'question' of its ${nth(unasked)} entry. Each answer needs its question`,
					},
				]),
	];
}

const check = async (_: Tools, items: AskedItem[]): Promise<Verdict[]> =>
	items.map(({ read: { values } }) => ({ problems: problemsOf(values) }));

/** The one documented success; it has no ID. */
function rows(body: unknown): IDataObject[] | undefined {
	const isSuccess = isObject(body) && textOf(body.statusText).toLowerCase() === 'success';
	return isSuccess ? [body as IDataObject] : undefined;
}

/** Refuses the ID of a prospect in place of the unit's. */
function plan(ctx: IExecuteFunctions): Plan {
	const node = ctx.getNode();
	const items = ctx.getInputData();
	const { name, label } = shownUnit;
	return {
		complete(read, itemIndex) {
			const item = items[itemIndex]?.json ?? {};
			const told = mistakenId(Number(read.values.unitId), UNIT, { name, label, item, node });
			if (!told) return read;
			if ('wrong' in told) return { ...read, problems: [told] };
			return { ...read, remarks: [...read.remarks, told] };
		},
	};
}

const aboutWhom = ({ values: { unitId, plannedForTime, email } }: ReadItem): IDataObject => ({
	unitId,
	email,
	plannedForTime,
});

/** POST /showings/create: a new showing, or an earlier one at another time. */
export const create = writeOperation(
	{
		value: 'create',
		name: 'Create',
		action: 'Create showing',
		description: 'Plan a showing of a unit, or move one. Runs the prescreening and may text the renter.',
	},
	{
		service: rentEngine,
		noun: 'showing',
		fields: showingFields,
		collections: [additionalFields],
		options: writeOptions,
		check,
		plan,
		request,
		order: ({ values }) => `${textOf(values.phone)} ${textOf(values.unitId)}`,
		sameEvent: () => ['unitId', 'plannedForTime', 'email', 'phone', 'prospectType'],
		rows,
		// The reply names neither the unit nor the time nor the person.
		columns: (_, item) => aboutWhom(item),
		who: aboutWhom,
		output: objectOf({
			unitId: WHOLE_NUMBER,
			email: TEXT,
			plannedForTime: TEXT,
			statusText: TEXT,
			// Only after a look-up found its event.
			id: WHOLE_NUMBER,
			event_type: TEXT,
			prospect_id: WHOLE_NUMBER,
			planned_date_time: TEXT_OR_NULL,
			created_at: TEXT,
		}),
		asTold: withZones,
		idOf: (row) => textOf(row.id) || nameOfShowing(row),
		refusesRepeats: true,
		lookUp: lookUpShowing,
		lookUpAfterMs: LOOK_UP_AFTER_MS,
	},
);
