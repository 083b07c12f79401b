import { visible, withoutDecimals } from '../fields/cleaned';
import { numberIn, tenDigits } from '../fields/phone';
import { textOf } from '../json/text';
import { isPlaceholderAddress, isPlaceholderId, isPlaceholderNumber } from './placeholders';

/*
 * Normal forms of the values that people hold. Two values mean the same if their forms are equal; '' means that the
 * text is no such value. And the other ways in which a value may be stored.
 */

/**
 * Accents, points of Arabic and Hebrew, and invisible characters: they do not tell two names apart. In other scripts a mark is a
 * vowel, or makes another letter: राम and रमा, バス and ハス, й and и. Only ё is mostly written е.
 */
export const INCIDENTAL =
	/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+|(?<=[еЕ])\u0308|\p{Cf}+/gu;
/** Spaces, except beside a digit: `12 1st Street` is not `1 21st Street`, and the unit `1 A2` is not `1A 2`. */
const SPACE = /(?<!\p{N}) (?!\p{N})|(?<![\p{L}\p{N}]) | (?![\p{L}\p{N}])/gu;
/** Words before the number of a unit, one or several: they all mean the same. */
export const UNIT_WORDS = /(?:(?:#|\b(?:apartment|apt|suite|ste|unit)(?=\b|\d))[\s.]*)+/gi;
/** A UUID in any letter case. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const QUOTES = /[\u2018\u2019`\u00b4]/g;

/** For names: `Jose Nunez`, `JOSÉ NÚÑEZ` and `José  Núñez` are the same. */
export const nameAlike = (text: string): string =>
	text
		.replace(QUOTES, "'")
		// The normal form of ² is 2: 3² is not 32.
		.replace(/(?<=\p{N})\p{No}/gu, ' $&')
		.normalize('NFKD')
		.replace(INCIDENTAL, '')
		.replace(/\s+/g, ' ')
		.replace(SPACE, '')
		.toUpperCase()
		// Unicode does not take a stroke for an accent.
		.replace(/Ø/g, 'O')
		.replace(/Đ/g, 'D')
		.replace(/Ł/g, 'L');

/** An email address without what does not matter: letter case, and characters that show nothing. */
export const emailForm = (text: string): string => visible(text).trim().toLowerCase();

/** For email addresses that tell people apart: '' for a placeholder such as `noemail@noemail.com`. */
export function emailAlike(text: string): string {
	const form = emailForm(text);
	return isPlaceholderAddress(form) ? '' : form;
}

/**
 * For IDs of other systems: they must be written exactly alike, except for characters that show nothing, the letter case of a UUID, and
 * needless decimals. '' for a placeholder such as `N/A` or `0`.
 */
export function idAlike(text: string): string {
	const form = withoutDecimals(visible(text));
	return isPlaceholderId(form) ? '' : UUID.test(form) ? form.toLowerCase() : form;
}

/** The fewest digits of a phone number. Without its area code, a number may belong to several people. */
const SHORTEST_NUMBER = 8;
/** The most, with the code of the country. Source: ITU-T E.164. */
const LONGEST_NUMBER = 15;
/** How many digits a North American number has. */
const NORTH_AMERICAN = 10;
/** What the code of a country begins with. */
const ABROAD = /^\D*(?:\+|00|011)/;

/**
 * The digits of a phone number: the ten of a North American number, with or without +1. Of any other number: all its
 * digits, without the leading +, 00 or 011, and without the (0) that is only dialed at home: `+44 (0)20`. Of ten digits the +
 * stays: they are not those of a North American number.
 */
export function phoneForm(text: string): string {
	const ten = tenDigits(text);
	if (ten !== undefined) return ten;
	const digits = (numberIn(text) ?? '')
		.replace(/(?<=(?:\+|\b00|\b011)\W?\d{1,3}\W{0,2})\(0\)|\D/g, '')
		.replace(/^(?:00|011)/, '');
	const [, american] = /^1([2-9]\d{9})$/.exec(digits) ?? [];
	if (american !== undefined) return american;
	if (digits.length < SHORTEST_NUMBER || digits.length > LONGEST_NUMBER) return '';
	return digits.length === NORTH_AMERICAN && ABROAD.test(text) ? `+${digits}` : digits;
}

/** For phone numbers that tell people apart: '' also for a placeholder such as 000-000-0000. */
export function phoneAlike(text: string): string {
	const form = phoneForm(text);
	return isPlaceholderNumber(form) ? '' : form;
}

/** For the number of a unit in its property: `#204`, `Apt 204`, `204.0` and `204` are the same, `2#04` is another. */
export const unitAlike = (text: string): string => nameAlike(withoutDecimals(text.replace(UNIT_WORDS, ' ')));

const BEGINNINGS = /(?<!\p{L})\p{L}/gu;
const BEGINNING = /^\p{L}/u;

const inCapitals = (letter: string): string => letter.toUpperCase();

/**
 * How an email address may be stored that is not all in lowercase: as the name of its owner is written, such as
 * `Nathan.Smith7@example.com`, the same with a capital domain, or all in capitals. A service that compares letter case can
 * be asked for these; other spellings are rare, and there are too many of them.
 *
 * @param key the address in lowercase
 */
export function emailSpellings(key: string): string[] {
	const at = key.lastIndexOf('@') + 1;
	const [name, domain] = [key.slice(0, at).replace(BEGINNINGS, inCapitals), key.slice(at)];
	return [...new Set([name + domain, name + domain.replace(BEGINNING, inCapitals), key.toUpperCase()])];
}

/** How an ID may be stored that is not as its key: a UUID in capitals. */
export const idSpellings = (key: string): string[] => (UUID.test(key) ? [key.toUpperCase()] : []);

/**
 * Gives the remark about a value that tells nobody from others.
 *
 * @param alike its normal form
 * @cause A hint: an address, a number or an ID of a person, or a name, is a placeholder such as N/A or
 * 000-000-0000; or a phone number has no area code, or is several numbers. It was sent.
 * @cure Give the right value, or leave the field empty, and correct what was sent.
 */
export const ifNobodys =
	(alike: (text: string) => string) =>
	(value: unknown): string | undefined =>
		alike(textOf(value)) === '' ? 'is a placeholder, incomplete or more than one. Check it' : undefined;
