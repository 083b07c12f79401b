import { nameAlike } from '../../../shared/find/alike';
import { NO_VALUE } from '../../../shared/find/nobodys';
import { textOf } from '../../../shared/json/text';
import { areOneName, isShortFor } from './shortNames';

/*
 * Whether two names may be those of one person. A family shares a phone number, and sometimes an email address.
 */

/** A first and a last name, as they are written. */
export interface Name {
	first: string;
	last: string;
}

/** The name of a lead, or in a request. */
export const nameIn = ({ first_name, last_name }: Record<string, unknown>): Name => ({
	first: textOf(first_name),
	last: textOf(last_name),
});

/** The words of a name in their normal form. */
type Words = string[];

/** Placeholders for a name in phone systems and forms, as `nameAlike` writes it. @noMessage Words. */
const NO_NAMES = new RegExp(
	`^(?:${NO_VALUE}|TEST|(?:UNKNOWN|WIRELESS|NEW|MISSED|PRIVATE)?CALLER|(?:NEW|TEST|WEB|WEBSITE|ONLINE)?(?:GUEST|LEAD|PROSPECT|VISITOR|RENTER|USER)(?:TEST)?|NONAME(?:GIVEN|PROVIDED)?)$`,
);

const areNoName = (words: Words): boolean => NO_NAMES.test(words.join(''));

/** First names that are written like placeholders, but for the letter case: `Na Li` and `NA`. @noMessage Names. */
const NAMES_TOO = /^(?:Na|Nil)$/;

const wordsOf = (text: string): Words =>
	text
		.split(/[\s\-\u2010-\u2015.,/]+/)
		.map((word) => nameAlike(word).replace(/[^\p{L}]/gu, ''))
		.filter((word) => word !== '');

/** The words of both names; none where nobody gave one, such as `Unknown` or `Wireless Caller`. */
function partsOf({ first, last }: Name): Record<keyof Name, Words> {
	if (areNoName(wordsOf(`${first} ${last}`))) return { first: [], last: [] };
	const partOf = (text: string) => {
		const words = wordsOf(text);
		return areNoName(words) && !NAMES_TOO.test(text.trim()) ? [] : words;
	};
	return { first: partOf(first), last: partOf(last) };
}

type Compare = (word: string, other: string) => boolean;

const isInitialOf: Compare = (word, other) => word.length === 1 && other.startsWith(word);
const mayBeSame: Compare = (word, other) =>
	other === word || isInitialOf(word, other) || isInitialOf(other, word) || areOneName(word, other);
/** Whether a word is the other, or says less. */
const isPartOf: Compare = (word, other) =>
	other === word || isInitialOf(word, other) || isShortFor(word, other);

/** Whether each word is one of the others. */
const areAmong = (words: Words, others: Words, is: Compare): boolean =>
	words.every((word) => others.some((other) => is(word, other)));

/**
 * Which of two names are those of different people. `Maria`, `MARÍA` and `Maria Elena` may be one person, and so may
 * `J.` and `Jose`, or `Mike` and `Michael`; `Maria` and `Jose` are not. A name that nobody gave is no other one.
 */
export function otherNames(one: Name, other: Name): Record<keyof Name, boolean> {
	const [left, right] = [partsOf(one), partsOf(other)];
	return { first: areOthers(left.first, right.first), last: areOthers(left.last, right.last) };
}

function areOthers(left: Words, right: Words): boolean {
	if (left.length === 0 || right.length === 0 || left.join('') === right.join('')) return false;
	return !areAmong(left, right, mayBeSame) && !areAmong(right, left, mayBeSame);
}

/**
 * Which names say no more than those that are held: they are no names, or a part or a short form of the held one, such as
 * `M.` of `Maria`, or `Lopez` of `Garcia Lopez`. A first name that held the last name too loses nothing.
 */
export function poorerNames(name: Name, held: Name): Record<keyof Name, boolean> {
	const [said, before] = [partsOf(name), partsOf(held)];
	const all = [...said.first, ...said.last];
	const saysLess = (words: Words, others: Words): boolean =>
		words.join('').length < others.join('').length &&
		areAmong(words, others, isPartOf) &&
		(words.length === 0 || !others.every((word) => all.includes(word)));
	return { first: saysLess(said.first, before.first), last: saysLess(said.last, before.last) };
}
