import type { IDataObject, INode } from 'n8n-workflow';

import type { Problem, Remark } from '../../shared/fields/problem';
import { nth, textOf } from '../../shared/json/text';
import { mistakenId, PROSPECT, UNIT } from '../records/mistakenIds';
import { leasingEventFields } from '../resources/leasingEvent/fields';

const labelOf = (name: string): string =>
	leasingEventFields.find((field) => field.name === name)?.label ?? name;

/** Finds a user's ID that is the ID of the account: both are UUIDs. */
function accountForUser(users: string[], accounts: Set<string>): Problem | undefined {
	const position = users.findIndex((user) => accounts.has(user));
	if (position < 0) return undefined;
	/** @noMessage It begins the message below. */
	const which = users.length > 1 ? `holds as its ${nth(position)} entry` : 'is';
	return {
		label: labelOf('assignedToUserIds'),
		/**
		 * @cause _Assign to Users_ was given the ID of the account, as the token holds it.
		 * @cure Use the ID of a user: _Choose Users → From List_ shows those seen lately.
		 */
		wrong: `${which} the ID of the RentEngine account, not that of a user. Take the user's ID from an earlier assignment ('assignedToUserIds' in an event's context)`,
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
	const users = Array.isArray(values.assignedToUserIds) ? values.assignedToUserIds.map(textOf) : [];
	const found = [
		mistakenId(Number(values.prospectId), PROSPECT, UNIT, {
			name: 'prospectId',
			label: labelOf('prospectId'),
			item,
			node,
		}),
		accountForUser(users, accounts),
	].filter((each) => each !== undefined);
	return {
		problems: found.filter((each) => 'wrong' in each),
		remarks: found.filter((each) => 'remark' in each),
	};
}

/**
 * The problem or the remark about an empty list of users. RentEngine's page allows one and does not say what it does.
 *
 * @param inTurn whether one of the listed users gets the prospect (*Next in Turn*)
 */
export function withoutUsers({ assignedToUserIds: users }: IDataObject, inTurn: boolean): Mistaken {
	if (!Array.isArray(users) || users.length > 0) return { problems: [], remarks: [] };
	const label = labelOf('assignedToUserIds');
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
				remarks: [{ label, remark: 'is an empty list, so the prospect is assigned to nobody' }],
			};
}
