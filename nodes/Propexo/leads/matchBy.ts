import type { IExecuteFunctions } from 'n8n-workflow';

import { FOUND_NOTHING } from '../../shared/fields/empty';
import { isExpression, writtenOf } from '../../shared/fields/expression';
import type { ChoicesField } from '../../shared/fields/field';
import type { ReadItem } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import { idAlike } from '../../shared/find/alike';
import type { Finder } from '../../shared/find/findable';
import { tenDigits } from '../../shared/fields/phone';
import { textOf } from '../../shared/json/text';
import { findableRecord } from '../records/findable';
import { lead } from '../records/people';
import { FIXED_ID, SOURCE_FIELDS } from './fieldsOfInquiry';

/*
 * By what a lead is recognized: *Match By* says which values of an item count, and in which order.
 */

/** How leads are found in Propexo's list. */
export const LEADS = findableRecord(lead);

/** A value that a lead is recognized by. `finder` is left out for what Propexo's list of leads does not hold. */
export interface Match {
	/** The parameter that holds the value, and what it is in a sentence: "the email address". */
	field: string;
	is: string;
	value: string;
	/** Its normal form. */
	key: string;
	alike(text: string): string;
	finder?: Finder;
}

const THIRD_PARTY = 'thirdPartyId';
const IDS = ['xId', THIRD_PARTY];

/** *Match By*. */
export const matchBy: ChoicesField = {
	name: 'matchBy',
	label: 'Match By',
	kind: 'choices',
	options: [
		{ name: 'Email', value: 'email1', description: 'The primary email address' },
		{ name: 'Phone Number', value: 'phone1', description: 'The primary number, in the USA or Canada' },
		{ name: 'PMS ID', value: 'xId', description: 'The ID of the lead in the PMS' },
		{
			name: 'Third-Party ID',
			value: THIRD_PARTY,
			description: 'The ID in your own system. It can be found for a month.',
		},
	],
	default: ['email1', 'phone1'],
	local: true,
	required: true,
	description:
		'What tells that the PMS has a lead already, in the order chosen: the first value that any lead has decides.',
};

/** The choices of an item, in their order; all of them for a new lead that is not matched with any. */
const chosen = ({ values }: ReadItem): string[] =>
	(values[matchBy.name] as string[] | undefined) ?? matchBy.options.map(({ value }) => value);

function matchOf(field: string, text: string): Match | undefined {
	if (text === '') return undefined;
	if (field === THIRD_PARTY) {
		const key = idAlike(text);
		return key === '' ? undefined : { field, is: 'the Third-Party ID', value: text, key, alike: idAlike };
	}
	const finder = LEADS.modes.find(({ field: { name } }) => name === field);
	if (!finder) return undefined;
	// A number that Propexo cannot search for, such as `anonymous`, tells nobody from others, and neither do
	// 000-000-0000 and the ID 0.
	const value = field === 'phone1' ? (tenDigits(text) ?? '') : text.trim();
	const key = finder.alike(value);
	return key === '' ? undefined : { field, is: finder.is, value, key, alike: finder.alike, finder };
}

/** The values that an item is to be recognized by, in order. */
export const matchesOf = (item: ReadItem): Match[] =>
	chosen(item).flatMap((field) => matchOf(field, textOf(item.values[field])) ?? []);

/** A match as *Match By* shows it. */
export const labelOf = ({ field }: Match): string =>
	matchBy.options.find(({ value }) => value === field)?.name ?? field;

/** The problem of an item without any value that it can be recognized by. */
export function nothingToMatch(item: ReadItem): Problem {
	const names = matchBy.options.filter(({ value }) => chosen(item).includes(value)).map(({ name }) => name);
	const emptied = names.find((name) => item.emptied.includes(name));
	/** @noMessage It ends the message below. */
	const because = emptied === undefined ? '' : `. '${emptied}': ${FOUND_NOTHING}`;
	/**
	 * @cause The item has none of the values by which _Match By_ recognizes a person, or only a placeholder such as 000-000-0000.
	 * @cure Fill one of them in, or choose another way in _Match By_.
	 */
	const wrong = `is ${names.map((name) => `'${name}'`).join(', ')}, and the item has none that Propexo can search for. Fill one in (a phone number with its area code; no placeholder such as none@example.com), or choose something else${because}`;
	return { label: matchBy.label, wrong };
}

/** The problem of an item that is recognized by an ID which all items of the run have: several people would be one lead. */
export function fixedId(ctx: IExecuteFunctions, matches: Match[]): Problem | undefined {
	const { parameters } = ctx.getNode();
	const isFixed = ({ field }: Match) =>
		IDS.includes(field) && !isExpression(writtenOf(parameters, field, SOURCE_FIELDS));
	const fixed = ctx.getInputData().length > 1 && matches.find(isFixed);
	return fixed ? { label: labelOf(fixed), wrong: FIXED_ID } : undefined;
}

/** The key under which nobody else may make the same lead. A person may be a lead of several properties. */
export const claimKey = ({ values }: ReadItem, { field, key }: Match): string =>
	['lead', textOf(values.integrationId), textOf(values.propertyId), field, key].join('\n');
