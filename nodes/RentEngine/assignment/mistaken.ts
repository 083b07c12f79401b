import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../../shared/fields/item';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { leasingEventFields } from '../resources/leasingEvent/fields';

const labelOf = (name: string): string =>
	leasingEventFields.find((field) => field.name === name)?.label ?? name;

/** Where an item names a unit: as a prospect's row does, and as others call it. */
const UNIT_KEYS = new Set(['unit_of_interest', 'unit_id', 'unitId', 'unit']);

/** A row of the list of units: units have rooms, prospects a phone number. */
const isUnit = (row: IDataObject): boolean => 'bedrooms' in row && 'address' in row && !('phone' in row);

/** Whether everything that holds the ID in this row says that it is a unit's. */
function isOfUnit(id: number, row: IDataObject): boolean {
	const isId = (value: unknown) => typeof value === 'string' || typeof value === 'number';
	const holders = Object.keys(row).filter((key) => isId(row[key]) && textOf(row[key]) === textOf(id));
	return holders.length > 0 && holders.every((key) => UNIT_KEYS.has(key) || (key === 'id' && isUnit(row)));
}

/**
 * IDs of the right form that belong to something else, as far as the item and the token tell: units and prospects are
 * both numbered, and accounts have UUIDs just as users do.
 *
 * @param item the input item, which the prospect's ID often comes from
 * @param accounts lower-case IDs of accounts
 */
export function mistakenIds(values: IDataObject, item: IDataObject, accounts: Set<string>): Problem[] {
	const problems: Problem[] = [];
	// A webhook of RentEngine holds the row as `record`.
	const rows = [item, item.record].filter(isObject) as IDataObject[];
	if (rows.some((row) => isOfUnit(Number(values.prospectId), row))) {
		problems.push({
			label: labelOf('prospectId'),
			wrong: "is the ID of a unit in this item. Use the ID of the prospect: of a prospect from RentEngine that is 'id', not 'unit_of_interest'",
		});
	}
	const users = Array.isArray(values.assignedToUserIds) ? values.assignedToUserIds.map(textOf) : [];
	const position = users.findIndex((user) => accounts.has(user));
	if (position >= 0) {
		const which = users.length > 1 ? `holds as entry ${position + 1}` : 'is';
		problems.push({
			label: labelOf('assignedToUserIds'),
			wrong: `${which} the ID of the RentEngine account, not that of a user. Take the user's ID from an earlier assignment ('assignedToUserIds' in an event's context)`,
		});
	}
	return problems;
}
