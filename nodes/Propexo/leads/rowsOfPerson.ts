import type { IDataObject } from 'n8n-workflow';

import type { AskedItem } from '../../shared/deliver/beforeSending';
import { contradiction } from './differentPerson';
import type { FoundLead, Looked } from './findLead';
import type { Match } from './matchBy';
import { claimKey, matchesOf } from './matchBy';

/*
 * Which rows of a run are about the same person: *Create or Update* adds one lead for all of them.
 */

/** An item, and what is found of it. */
export type LookedItem = AskedItem & {
	found: Looked;
	/** All values of a person whom Propexo does not show, also those of other items, by their claims. */
	known?: Map<string, Match>;
};

/** One person has no more email addresses and phone numbers than this: rows with more values are not of one person. */
const MOST_VALUES = 10;

/** A row and its values, by their claims. */
interface Row {
	item: LookedItem;
	own: Map<string, Match>;
}

/** A person whom Propexo does not show: all values, by their claims, and what the rows say together. */
interface Person {
	known: Map<string, Match>;
	body: IDataObject;
}

/**
 * Brings together what several rows say of one person: one that has an address and a number tells whose they are where another
 * row has only one of them, although Propexo does not show it.
 */
export function joinRows(items: LookedItem[]): void {
	const rows = items.map((item): Row => {
		const own = new Map(matchesOf(item.read).map((match) => [claimKey(item.read, match), match]));
		item.known = own;
		return { item, own };
	});
	const leads = new Map<string, FoundLead>();
	const people = new Map<string, Person>();
	// Those that say most come first.
	for (const { item, own } of ofOnePerson(rows).sort((a, b) => b.own.size - a.own.size)) {
		for (const [key, by] of own) {
			const shown = leads.get(key);
			if (item.found === 'none' && shown) item.found = { ...shown, by };
		}
		const { read, found } = item;
		if (found === 'none') joinPerson(people, { item, own });
		else if ('lead' in found && !contradiction(read, found.lead, found.by))
			for (const key of own.keys()) leads.set(key, found);
	}
}

/** The rows without those that may be about another person than the first row with one of their values: these tell nothing. */
function ofOnePerson(rows: Row[]): Row[] {
	const first = new Map<string, IDataObject>();
	return rows.filter(({ item: { read }, own }) => {
		for (const [key, by] of own) {
			const body = first.get(key);
			if (body && contradiction(read, body, by)) return false;
			if (!body) first.set(key, read.body);
		}
		return true;
	});
}

/** Adds a row to the person who has one of its values, unless it contradicts what is known of them. */
function joinPerson(people: Map<string, Person>, { item, own }: Row): void {
	const { read } = item;
	const met = [...own].flatMap(([key, by]) => {
		const person = people.get(key);
		return person ? { ...person, by } : [];
	});
	const known = new Map([...met.flatMap((person) => [...person.known]), ...own]);
	if (known.size > MOST_VALUES || met.some(({ body, by }) => contradiction(read, body, by))) return;
	const body = Object.assign({}, ...met.map((person) => person.body), read.body) as IDataObject;
	for (const key of known.keys()) people.set(key, { known, body });
	item.known = known;
}
