import { nameAlike } from '../../../shared/find/alike';
import { mayBeShortFor } from './shortNames';

/*
 * Whether two names may be those of one person. A family shares a phone number, and sometimes an e-mail address.
 */

/** What stands in place of a name in phone systems and forms, as `nameAlike` writes it. */
const NO_NAMES =
	/^(?:UNKNOWN|UNKNOWNCALLER|ANONYMOUS|(?:WIRELESS|NEW|MISSED)?CALLER|(?:NEW)?(?:GUEST|LEAD|PROSPECT|VISITOR|RENTER)|NONAME|NONE|NULL|NA|NOTGIVEN|NOTPROVIDED|PRIVATE|TEST|TBD)$/;

/** The words of a name in their normal form; none where nobody gave a name. */
function wordsOf(name: string): string[] {
	const words = name
		.split(/[\s\-\u2010-\u2015.,/]+/)
		.map((word) => nameAlike(word).replace(/[^\p{L}]/gu, ''))
		.filter((word) => word !== '');
	return NO_NAMES.test(words.join('')) ? [] : words;
}

const mayBeSame = (word: string, other: string): boolean =>
	other === word || (word.length === 1 && other.startsWith(word)) || mayBeShortFor(word, other);

/** Whether each word is one of the others, or short for one. */
const areAmong = (words: string[], others: string[]): boolean =>
	words.every((word) => others.some((other) => mayBeSame(word, other)));

/**
 * Whether two first names, or two last names, are those of different people. `Maria`, `MARÍA` and `Maria Elena` may be one
 * person, and so may `J.` and `Jose`, or `Mike` and `Michael`; `Maria` and `Jose` are not. A name that nobody gave is no other
 * one.
 */
export function areOthers(one: string, other: string): boolean {
	const [left, right] = [wordsOf(one), wordsOf(other)];
	if (left.length === 0 || right.length === 0 || left.join('') === right.join('')) return false;
	return !areAmong(left, right) && !areAmong(right, left);
}
