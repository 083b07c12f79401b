import type { IDataObject } from 'n8n-workflow';

import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import { picked } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import type { Match } from './matchBy';
import { labelOf, LEADS, matchBy, matchesOf } from './matchBy';
import type { Name } from './personNames';
import { areSameWhole, nameIn, otherNames } from './personNames';

/*
 * A lead that is found by one value of an item may be another person: several people of a family have one phone number, and
 * some share an email address. Such a lead has another value than the item's in a field that counts more, or another name.
 */

/** Where leads hold what they are matched by, and their write jobs in the first place. A second address or number is the person's too. */
export const HELD_IN: Record<string, string[]> = {
	email1: ['email_1', 'email_2'],
	phone1: ['phone_1', 'phone_2'],
	xId: ['x_id'],
	thirdPartyId: ['third_party_id'],
};

const TELLING = [...Object.values(HELD_IN).flat(), 'first_name', 'last_name'];

/** The part of a record or a request that tells the person from others. */
export const whoIn = (body: IDataObject): IDataObject => picked(body, (name) => TELLING.includes(name));

/** What a lead holds that can be compared with a match, in its normal form. Nothing, or what is no such value, cannot. */
const heldBy = (lead: Record<string, unknown>, { field, alike }: Pick<Match, 'field' | 'alike'>): string[] =>
	(HELD_IN[field] ?? []).map((name) => alike(textOf(lead[name]))).filter((text) => text !== '');

/** Whether a lead holds the value of a match. */
export const isHeld = (lead: Record<string, unknown>, match: Match): boolean =>
	heldBy(lead, match).includes(match.key);

/** Whether a lead holds other values than the one of a match. */
const holdsAnother = (lead: Record<string, unknown>, match: Match): boolean =>
	heldBy(lead, match).length > 0 && !isHeld(lead, match);

/** What several people may have in common. An ID is of one person. */
const SHARED = ['email1', 'phone1'];

const nameOf = ({ values }: ReadItem): Name => ({
	first: textOf(values.firstName),
	last: textOf(values.lastName),
});

/**
 * Whether two names are those of different people. A first name tells the people of a family apart, and so does Jr. Somebody with both the
 * address and the number may have another last name by now, and the record of an ID may have been corrected.
 *
 * @param by what both have
 * @param haveAllShared whether they have both the address and the number
 */
function areOfOthers(one: Name, other: Name, by: Match, haveAllShared: () => boolean): boolean {
	const { first, last, generation } = otherNames(one, other);
	if (!SHARED.includes(by.field)) return first && last;
	return first || generation || (last && !haveAllShared());
}

/** Whether an item and a lead name different people. */
const haveOtherNames = (item: ReadItem, lead: Record<string, unknown>, by: Match): boolean =>
	areOfOthers(nameOf(item), nameIn(lead), by, () =>
		SHARED.every((field) =>
			matchesOf(item).some((match) => match.field === field && isHeld(lead, match)),
		),
	);

/** Whether a lead has exactly the first and last name that the item has. */
export const hasTheName = (item: ReadItem, lead: Record<string, unknown>): boolean =>
	areSameWhole(nameOf(item), nameIn(lead));

/** Whether two leads have a value of each kind that several people may share. */
function shareAll(one: IDataObject, other: IDataObject): boolean {
	const shared = LEADS.modes.filter(({ field }) => SHARED.includes(field.name));
	return shared.every(({ field: { name: field }, alike }) =>
		heldBy(one, { field, alike }).some((value) => heldBy(other, { field, alike }).includes(value)),
	);
}

/**
 * Whether some of the leads that have one value are different people, by their names. Which one of them is meant, their age
 * does not tell.
 */
export const areDifferentPeople = (leads: IDataObject[], by: Match): boolean =>
	leads.some((one, index) =>
		leads
			.slice(index + 1)
			.some((other) => areOfOthers(nameIn(one), nameIn(other), by, () => shareAll(one, other))),
	);

/** The first value of the item that the lead contradicts: an ID, or one that comes before what the lead was found by. */
function otherValue(item: ReadItem, lead: Record<string, unknown>, by: Match): Match | undefined {
	const matches = matchesOf(item);
	const place = matches.findIndex(({ field }) => field === by.field);
	return matches.find(
		(match, index) => (index < place || !SHARED.includes(match.field)) && holdsAnother(lead, match),
	);
}

/**
 * The problem of an item that was matched with a lead that may be another person; undefined for all others.
 *
 * @param lead the lead or the parameters of the job that made it
 * @param by what the lead was found by
 */
export function contradiction(item: ReadItem, lead: Record<string, unknown>, by: Match): Problem | undefined {
	const problem = (wrong: string): Problem => ({ label: matchBy.label, wrong, whole: true });
	const other = otherValue(item, lead, by);
	if (other) return problem(anotherValue(labelOf(other), by));
	return haveOtherNames(item, lead, by) ? problem(anotherName(by)) : undefined;
}

/**
 * @cause The lead that was found by one value has another email address, phone number or ID than the item. Two people
 * may share the value.
 * @cure Do what the message says. Nothing was changed.
 */
const anotherValue = (strong: string, by: Match): string =>
	`The lead that has ${by.is} in '${labelOf(by)}' has another '${strong}', so it may be a different person. If it is, choose only '${strong}' in '${matchBy.label}', or use 'Lead: Create'. If not, choose '${labelOf(by)}' first, or use 'Lead: Update'`;

/**
 * @cause The lead that has the email address or the phone number has another first or last name than the item. A family
 * may share both.
 * @cure Add the person with _Lead: Create_. If it is the same person under another name, change the lead with _Lead:
 * Update_, or leave the names of the item empty. Nothing was changed.
 */
const anotherName = (by: Match): string =>
	`The lead that has ${by.is} in '${labelOf(by)}' has another name than the item, so it may be a different person. If it is, use 'Lead: Create'. If not, use 'Lead: Update', or leave 'First Name' and 'Last Name' empty`;
