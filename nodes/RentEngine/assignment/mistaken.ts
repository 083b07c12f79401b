import type { IDataObject, INode } from 'n8n-workflow';

import type { Problem, Remark } from '../../shared/fields/problem';
import { isObject } from '../../shared/json/objects';
import { nth, textOf } from '../../shared/json/text';
import { leasingEventFields } from '../resources/leasingEvent/fields';

const labelOf = (name: string): string =>
	leasingEventFields.find((field) => field.name === name)?.label ?? name;

/** Names under which items hold the ID of a unit: RentEngine's name, and some common ones. */
const UNIT_KEYS = new Set(['unit_of_interest', 'unit_id', 'unitId', 'unit']);

/** Whether a row is a unit: units have bedrooms, prospects have a phone number. */
const isUnit = (row: IDataObject): boolean => 'bedrooms' in row && 'address' in row && !('phone' in row);

/** The names under which a row holds an ID, if each of them says that it is the ID of a unit. */
function unitNamesOf(id: number, row: IDataObject): string[] {
	const isId = (value: unknown) => typeof value === 'string' || typeof value === 'number';
	const holders = Object.keys(row).filter((key) => isId(row[key]) && textOf(row[key]) === textOf(id));
	return holders.every((key) => UNIT_KEYS.has(key) || (key === 'id' && isUnit(row))) ? holders : [];
}

/** The text of an expression, '' for a fixed value. */
function expressionOf({ parameters }: INode, name: string): string {
	const given: unknown = parameters[name];
	const text = textOf(isObject(given) ? given.value : given);
	return text.startsWith('=') ? text : '';
}

/** @noMessage It ends the messages below. */
const WHICH_ID = "in a prospect from RentEngine it is 'id', not 'unit_of_interest'";

/**
 * Finds a prospect's ID that the item also holds as the ID of a unit: both are numbers. If the expression reads it from
 * there, it is the ID of the unit, and a problem. If it is only the same number, it may be right, and gives a remark.
 */
function unitForProspect(
	prospectId: number,
	item: IDataObject,
	expression: string,
): Problem | Remark | undefined {
	// A webhook of RentEngine holds the row as `record`.
	const rows = [item, item.record].filter(isObject) as IDataObject[];
	const names = rows.flatMap((row) => unitNamesOf(prospectId, row));
	if (names.length === 0) return undefined;
	const label = labelOf('prospectId');
	const isTaken = names.some((name) => new RegExp(`\\b${name}\\b`).test(expression));
	/**
	 * @cause _Prospect_ was given the unit that the prospect asks about, or a number that is also one of a unit.
	 * @cure Use the ID of the prospect, `{{ $json.id }}`. The number alone is only a hint: it may be right.
	 */
	return isTaken
		? { label, wrong: `is the ID of a unit in this item. Use the ID of the prospect: ${WHICH_ID}` }
		: {
				label,
				remark: `has the number of a unit in this item. Check that it is the ID of the prospect: ${WHICH_ID}`,
			};
}

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
		unitForProspect(Number(values.prospectId), item, expressionOf(node, 'prospectId')),
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
