import type { IDataObject } from 'n8n-workflow';

import type { Problem, ReadItem } from '../../../shared/fields/item';
import { textOf } from '../../../shared/json/text';
import type { Match } from './matches';
import { labelOf, matchBy, matchesOf } from './matches';
import { areOthers } from './sameName';

/*
 * A lead that is found by one value of an item may be another person: several people of a family have one phone number, and
 * some share an e-mail address. Such a lead has another value than the item's in a field that counts more, or another name.
 */

/** Where leads and their write jobs hold what they are matched by. A second address or number is the person's too. */
const HELD_IN: Record<string, string[] | undefined> = {
	email1: ['email_1', 'email_2'],
	phone1: ['phone_1', 'phone_2'],
	xId: ['x_id'],
	thirdPartyId: ['third_party_id'],
};

/** The parameters of a name, and where leads and their write jobs hold them. */
const NAMES: Array<[parameter: string, column: string]> = [
	['firstName', 'first_name'],
	['lastName', 'last_name'],
];

const TELLING = [...Object.values(HELD_IN).flat(), ...NAMES.map(([, column]) => column)];

/** The part of a record or a request that tells the person from others. */
export const whoIn = (body: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(body).filter(([name]) => TELLING.includes(name)));

/** What a lead holds that can be compared with a match, in its normal form. Nothing, or what is no such value, cannot. */
const heldBy = (lead: Record<string, unknown>, { field, alike }: Match): string[] =>
	(HELD_IN[field] ?? []).map((name) => alike(textOf(lead[name]))).filter((text) => text !== '');

/** Whether a lead holds other values than the one of a match. */
function holdsAnother(lead: Record<string, unknown>, match: Match): boolean {
	const held = heldBy(lead, match);
	return held.length > 0 && !held.includes(match.key);
}

/** What several people may have in common. An ID is of one person. */
const SHARED = ['email1', 'phone1'];

/** Whether an item and a lead name different people. */
const haveOtherNames = ({ values }: ReadItem, lead: Record<string, unknown>): boolean =>
	NAMES.some(([parameter, column]) => areOthers(textOf(values[parameter]), textOf(lead[column])));

/** Whether a lead has both the e-mail address and the number of an item: then it is the person, under another name. */
const hasAllShared = (matches: Match[], lead: Record<string, unknown>): boolean =>
	SHARED.every((field) =>
		matches.some((match) => match.field === field && heldBy(lead, match).includes(match.key)),
	);

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
	const problem = (wrong: string): Problem => ({ label: matchBy.label, wrong, whole: true });
	if (other) return problem(anotherValue(labelOf(other), other, labelOf(by), by));
	const mayBeShared = SHARED.includes(by.field) && !hasAllShared(matches, lead);
	return mayBeShared && haveOtherNames(item, lead) ? problem(anotherName(by)) : undefined;
}

/**
 * @cause The lead that was found by one value has another e-mail address, phone number or ID than the item. Two people
 * may share the value.
 * @cure Do what the message says. Nothing was changed.
 */
const anotherValue = (strong: string, other: Match, weak: string, by: Match): string =>
	`The lead that has ${by.is} in '${weak}' does not have ${other.is} in '${strong}' but another one, so the two may be different people. If they are, choose only '${strong}' in '${matchBy.label}', or add the person with 'Lead: Create'. If not, choose '${weak}' first, or change the lead with 'Lead: Update'`;

/**
 * @cause The lead that has the e-mail address or the phone number has another first or last name than the item. A family
 * may share both.
 * @cure Add the person with _Lead: Create_. If it is the same person under another name, change the lead with _Lead:
 * Update_, or leave the names of the item empty. Nothing was changed.
 */
const anotherName = (by: Match): string =>
	`The lead that has ${by.is} in '${labelOf(by)}' has another name than the item, so the two may be different people. If they are, add the person with 'Lead: Create'. If not, change the lead with 'Lead: Update', or leave 'First Name' and 'Last Name' empty`;
