import type { IDataObject, INode } from 'n8n-workflow';

import { UUID } from '../../../shared/find/alike';
import type { Problem, Remark } from '../../../shared/fields/problem';
import { nth, textOf } from '../../../shared/json/text';
import { ASSIGN_TO_USER, assignmentOf } from '../../records/eventTypes';
import { mistakenId, PROSPECT } from '../../records/mistakenIds';
import { leasingEventFields } from './fields';

const labelOf = (name: string): string =>
	leasingEventFields.find((field) => field.name === name)?.label ?? name;

/** Whether the user wrote the assignment into *Context (JSON)* instead of filling in its fields. */
const isWritten = ({ eventType }: IDataObject): boolean => eventType !== ASSIGN_TO_USER;

/** @noMessage It begins the messages below. */
const isOrHolds = (values: IDataObject): string => (isWritten(values) ? 'holds' : 'is');

/** The label of the field that names the users of an assignment. */
const labelOfUsers = (values: IDataObject): string =>
	labelOf(isWritten(values) ? 'context' : 'assignedToUserIds');

/** Finds a user's ID that is the ID of the account: both are UUIDs. Where the token has that is inferred, so it stops nothing. */
function accountForUser(values: IDataObject, users: string[], accounts: Set<string>): Remark | undefined {
	const position = users.findIndex((user) => accounts.has(user.toLowerCase()));
	if (position < 0) return undefined;
	/** @noMessage It begins the message below. */
	const which = users.length > 1 ? `holds as its ${nth(position)} entry` : isOrHolds(values);
	return {
		label: labelOfUsers(values),
		/**
		 * @cause A hint: _Assign to Users_ was given an ID that the token has as that of the account. It was sent.
		 * @cure Look whether it is a user. _Choose Users → From List_ shows those seen lately.
		 */
		remark: `${which} the ID of the RentEngine account by its API key, and most likely not that of a user. Check the assignment, and take the user's ID from an earlier one ('assignedToUserIds' in an event's context)`,
	};
}

/** Problems, which stop the item, and remarks, which do not. */
interface Mistaken {
	problems: Problem[];
	remarks: Remark[];
}

/**
 * Finds IDs of the right form that belong to something else, judged by the item, the expressions and the token.
 *
 * @param item the input item, which the prospect's ID often comes from
 * @param accounts lower-case IDs of accounts
 */
export function mistakenIds(
	values: IDataObject,
	item: IDataObject,
	node: INode,
	accounts: Set<string>,
): Mistaken {
	const { assignedToUserIds } = assignmentOf(values) ?? {};
	const users = Array.isArray(assignedToUserIds) ? assignedToUserIds.map(textOf) : [];
	const found = [
		mistakenId(Number(values.prospectId), PROSPECT, {
			name: 'prospectId',
			label: labelOf('prospectId'),
			item,
			node,
		}),
		accountForUser(values, users, accounts),
	].filter((each) => each !== undefined);
	return {
		problems: found.filter((each) => 'wrong' in each),
		remarks: found.filter((each) => 'remark' in each),
	};
}

/** Whether JSON holds an assignment as RentEngine's page has it: users (array of uuid, required), in bulk (boolean). */
const isAssignment = ({
	assignedToUserIds: users,
	applyActionInBulk: inBulk = false,
}: IDataObject): boolean =>
	Array.isArray(users) && users.every((user) => UUID.test(textOf(user))) && typeof inBulk === 'boolean';

/**
 * The problem or the remark about the users of an assignment: none are named, or none can be read. RentEngine's page allows an
 * empty list and does not say what it does.
 *
 * @param inTurn whether one of the listed users gets the prospect (*Next in Turn*)
 */
export function withoutUsers(values: IDataObject, inTurn: boolean): Mistaken {
	const assignment = assignmentOf(values);
	const label = labelOfUsers(values);
	if (assignment && isWritten(values) && !isAssignment(assignment)) {
		/**
		 * @cause _Custom Event Type_ is Assign to User, and _Context (JSON)_ does not hold what RentEngine requires of an assignment.
		 * @cure Choose Assign to User as _Event Type_, which has fields for it. Or write the JSON as in the message.
		 */
		const wrong =
			'must hold the users of an assignment: {"assignedToUserIds": ["1259ef6e-61ee-42cb-b6bd-7fe547569d7c"], "applyActionInBulk": false}. Or choose Assign to User as \'Event Type\'';
		return { problems: [{ label, wrong }], remarks: [] };
	}
	const { assignedToUserIds: users } = assignment ?? {};
	if (!Array.isArray(users) || users.length > 0) return { problems: [], remarks: [] };
	/**
	 * @cause The list of users is empty for this item.
	 * @cure Name at least one user. Without _Next in Turn_ an empty list assigns the prospect to nobody.
	 */
	return inTurn
		? {
				problems: [{ label, wrong: "is an empty list; 'Next in Turn' needs at least one user" }],
				remarks: [],
			}
		: {
				problems: [],
				remarks: [
					{
						label,
						remark: `${isOrHolds(values)} an empty list, so the prospect is assigned to nobody`,
					},
				],
			};
}
