import type { IDataObject } from 'n8n-workflow';

import type { Problem, ReadItem } from '../../../shared/fields/item';
import { textOf } from '../../../shared/json/text';
import type { Match } from './matches';
import { labelOf, matchBy, matchesOf } from './matches';

/*
 * A lead that is found by one value of an item, and holds another one than the item's in a field that counts more, may
 * be another person: several people of a family have one phone number.
 */

/** Where leads and their write jobs hold what they are matched by. A second address or number is the person's too. */
const HELD_IN: Record<string, string[] | undefined> = {
	email1: ['email_1', 'email_2'],
	phone1: ['phone_1', 'phone_2'],
	xId: ['x_id'],
	thirdPartyId: ['third_party_id'],
};

/** The part of a record or a request that tells the person from others. */
export const whoIn = (body: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(body).filter(([name]) => Object.values(HELD_IN).flat().includes(name)));

/** Whether a lead holds other values than the one of a match. Nothing, or what is no such value, is not another one. */
function holdsAnother(lead: Record<string, unknown>, { field, alike, key }: Match): boolean {
	const held = (HELD_IN[field] ?? [])
		.map((name) => alike(textOf(lead[name])))
		.filter((text) => text !== '');
	return held.length > 0 && !held.includes(key);
}

/**
 * The problem of an item that was matched with a lead that may be another person; undefined for all others.
 *
 * @param lead the lead or the parameters of the job that made it
 * @param by what the lead was found by
 */
export function contradiction(item: ReadItem, lead: Record<string, unknown>, by: Match): Problem | undefined {
	const matches = matchesOf(item);
	const place = matches.findIndex(({ field }) => field === by.field);
	const other = matches.slice(0, Math.max(place, 0)).find((match) => holdsAnother(lead, match));
	if (!other) return undefined;
	const [strong, weak] = [labelOf(other), labelOf(by)];
	/**
	 * @cause The lead that was found by one value has another e-mail address, phone number or ID than the item. Two
	 * people may share the value.
	 * @cure Do what the message says. Nothing was changed.
	 */
	const wrong = `The lead that has ${by.is} in '${weak}' does not have ${other.is} in '${strong}' but another one, so the two may be different people. If they are, choose only '${strong}' in '${matchBy.label}', or add the person with 'Lead: Create'. If not, choose '${weak}' first, or change the lead with 'Lead: Update'`;
	return { label: matchBy.label, wrong, whole: true };
}
