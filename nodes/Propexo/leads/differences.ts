import type { IDataObject } from 'n8n-workflow';

import { emailAlike, emailForm, idAlike, nameAlike, phoneAlike, phoneForm } from '../../shared/find/alike';
import { textOf } from '../../shared/json/text';
import { ADDRESS_NAMES } from './fieldsOfPerson';
import { nameIn, poorerNames } from './personNames';

/* Compares what an item says of a lead with what Propexo holds of it. */

/** Where Propexo's record of a lead has another name for what is written. Source: its schema `Lead`. */
const READ_AS: Record<string, string> = { middle_initial: 'middle_name', status_raw: 'status' };

const day = (text: string): string => text.slice(0, 10);
const withoutCase = (text: string): string => text.trim().toLowerCase();
const areSameTrimmed = (a: unknown, b: unknown): boolean => textOf(a).trim() === textOf(b).trim();

/** A point or an apostrophe of a word: `St.`, `P.O. Box`, `O'Hara`. */
const IN_WORD = /(?<=\p{L})['\u2019.]/gu;
const NO_WORD = /[^\p{L}\p{M}\p{N}]+/gu;

/** A part of an address without what does not matter: letter case, accents, spaces and punctuation. */
const addressForm = (text: string): string =>
	nameAlike(text.replace(IN_WORD, '').replace(NO_WORD, ' ').trim());

/** The five digits of a ZIP code, and the four that may stand behind them. */
const ZIP = /^(\d{5})(?:[ -]?(\d{4}))?$/;

/** Whether two ZIP codes are the same, or one is the other without its last four digits. */
function areSameZip(held: string, sent: string): boolean {
	const [, first, last] = ZIP.exec(held.trim()) ?? [];
	const [, five, four] = ZIP.exec(sent.trim()) ?? [];
	return (
		first !== undefined && first === five && (last === four || last === undefined || four === undefined)
	);
}

/** The normal forms of values that are not compared as they are written. */
const FORMS: Record<string, (text: string) => string> = {
	email_1: emailForm,
	phone_1: phoneForm,
	phone_2: phoneForm,
	phone_1_type: withoutCase,
	phone_2_type: withoutCase,
	status: withoutCase,
	middle_initial: (text) => withoutCase(text).slice(0, 1),
	date_of_birth: day,
	target_move_in_date: day,
	...Object.fromEntries(ADDRESS_NAMES.map((name) => [name, addressForm])),
};

/** Whether two values of this name are the same. A text without a normal form, such as a part of a number, is only itself. */
function areSame(name: string, held: unknown, sent: unknown): boolean {
	const formOf = (value: unknown) => FORMS[name]?.(textOf(value)) ?? '';
	if (name === 'zip' && areSameZip(textOf(held), textOf(sent))) return true;
	return areSameTrimmed(held, sent) || (formOf(held) !== '' && formOf(held) === formOf(sent));
}

/** What names the units that a lead wants. Propexo's record has all of them in one list. */
const UNITS = ['unit_id', 'desired_unit_ids'];

/** The units of an item: it names all of them. */
const unitsIn = (body: IDataObject) => UNITS.flatMap((name) => (body[name] ?? []) as string | string[]);

/** What was written, as Propexo's record will have it too. */
export const asRead = (body: IDataObject): IDataObject =>
	UNITS.some((name) => name in body) ? { ...body, unit_id_preferred: unitsIn(body) } : body;

/** Whether a lead wants the units of an item and no others. */
function areTheUnits({ unit_id_preferred: held }: IDataObject, body: IDataObject): boolean {
	const before = new Set<unknown>(Array.isArray(held) ? held : []);
	const now = new Set<unknown>(unitsIn(body));
	return before.size === now.size && [...now].every((id) => before.has(id));
}

/** Whether a lead holds each of these numbers, as its first or its second one. */
function holdsPhones(lead: IDataObject, { phone_1, phone_2 }: IDataObject): boolean {
	const held = [lead.phone_1, lead.phone_2];
	const sent = [phone_1, phone_2].filter((number) => number !== undefined);
	return sent.every((number) => held.some((own) => hasValue(own) && areSame('phone_1', own, number)));
}

const hasValue = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/**
 * The names of the values that the lead holds in another place, such as the primary address of the item as its second one,
 * or in other letter case. They are not written: the lead would have them twice, lose the others, or not be found again.
 */
export function heldElsewhere(lead: IDataObject, body: IDataObject): string[] {
	const { email_1, phone_1, phone_2 } = body;
	const isHeld =
		hasValue(email_1) &&
		!areSameTrimmed(lead.email_1, email_1) &&
		[lead.email_1, lead.email_2].some((own) => areSame('email_1', own, email_1));
	const arePhones = [phone_1, phone_2].some((number) => number !== undefined) && holdsPhones(lead, body);
	const isMoved = (name: string) =>
		arePhones && body[name] !== undefined && !areSame(name, lead[name], body[name]);
	return [...(isHeld ? ['email_1'] : []), ...withTypes(['phone_1', 'phone_2'].filter(isMoved))];
}

/** A number goes with its type. */
const withTypes = (names: string[]): string[] => names.flatMap((name) => [name, `${name}_type`]);

/** The form of a text in which some words say something, though not in an ID or a street. */
const saying =
	(words: RegExp) =>
	(text: string): string =>
		words.test(text) ? text : idAlike(text);

/** The values that may be placeholders, each with the form that is '' for one. */
const MAY_BE_PLACEHOLDERS: Record<string, (text: string) => string> = {
	email_1: emailAlike,
	phone_1: phoneAlike,
	phone_2: phoneAlike,
	...Object.fromEntries(ADDRESS_NAMES.map((name) => [name, idAlike])),
	lead_source: idAlike,
	/** @noMessage Words. */
	notes: saying(/^\W*(?:private|withheld|declined|refused)\W*$/i),
	/** No bedroom; a private room. @noMessage Words. */
	desired_unit_type: saying(/^\W*(?:0+|private)\W*$/i),
};

const middleIn = ({ middle_name }: IDataObject) => nameIn({ first_name: middle_name });

/** Whether a ZIP code is that of the lead without the zeros at its beginning, as a spreadsheet writes it. */
export const lostZeros = ({ zip: held }: IDataObject, { zip }: IDataObject): boolean =>
	zip !== undefined && held !== zip && held === textOf(zip).padStart(5, '0');

/**
 * The names of the values that say less than the lead holds: a part of its name, a placeholder for a name, an address, a
 * number or a text. They are not written: what is known would be lost.
 */
export function poorer(lead: IDataObject, body: IDataObject): string[] {
	const names = poorerNames(nameIn(body), nameIn(lead));
	const middle = poorerNames(middleIn(body), middleIn(lead));
	const isPoorer = (name: string) =>
		hasValue(lead[name]) && MAY_BE_PLACEHOLDERS[name]?.(textOf(body[name])) === '';
	return [
		...(names.first ? ['first_name'] : []),
		...(names.last ? ['last_name'] : []),
		...(middle.first ? ['middle_name'] : []),
		...withTypes(Object.keys(MAY_BE_PLACEHOLDERS).filter(isPoorer)),
	];
}

function isSame(lead: IDataObject, name: string, body: IDataObject): boolean {
	const sent = body[name];
	if (UNITS.includes(name)) return areTheUnits(lead, body);
	const held = lead[name in lead ? name : (READ_AS[name] ?? name)];
	if (sent === null) return held === null;
	if (held === null || held === undefined) return false;
	return areSame(name, held, sent);
}

/** The names of the values that Propexo's record lacks, or has otherwise. */
export const differences = (lead: IDataObject, body: IDataObject): string[] =>
	Object.keys(body).filter((name) => !isSame(lead, name, body));
