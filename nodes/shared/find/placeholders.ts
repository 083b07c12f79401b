/*
 * Placeholders: values in place of one that nobody gave. Many people may have them, so they tell nobody from others.
 */

/**
 * Words for "no value", in capitals and without anything between their letters: a part of a pattern. `nan` is what pandas
 * writes. @noMessage Words.
 */
export const NO_VALUE =
	'NA|NAN|NIL|NONE|NULL|TBD|UNDEFINED|UNKNOWN|ANONYMOUS|PRIVATE|WITHHELD|DECLINED|REFUSED|NOT(?:SET|GIVEN|PROVIDED|AVAILABLE|KNOWN)';

/** The letters and digits of a text, in capitals. */
const barely = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** @noMessage Words. */
const NO_ID = new RegExp(`^(?:0*|${NO_VALUE})$`);

/** Whether an ID of another system is none: `N/A`, `0`, `-`. */
export function isPlaceholderId(text: string): boolean {
	return NO_ID.test(barely(text));
}

/** What is written before the @ by those who have no address or do not want to give it, and by senders that no reply reaches. @noMessage Words. */
const NO_ADDRESS = new RegExp(`^(?:${NO_VALUE}|NOE?MAIL\\p{L}*|NOADDRESS|NONAME|NOREPLY|DONOTREPLY)$`, 'u');
/** Words that count only where the domain repeats them, as in `test@test.com`: somebody may have them as a name. @noMessage Words. */
const REPEATED =
	/^(?:\d+|TEST|NO(?:PE|ONE)?|NOBODY|FAKE|ASDF|X{1,3}|XYZ|A|ABC|BLANK|EMAIL|NAME|USER|GUEST|LEAD|PROSPECT|WALKIN)$/;
const MAYBE_NAMES = /^(?:NAN?|NIL|PRIVATE)$/;

/** Whether an email address is a placeholder: `noemail@noemail.com`, `none@example.org`, `noreply@…`. */
export function isPlaceholderAddress(text: string): boolean {
	const [before = '', domain = ''] = text.split('@');
	const word = barely(before);
	if (word === barely(domain.split('.')[0] ?? '')) return NO_ADDRESS.test(word) || REPEATED.test(word);
	return NO_ADDRESS.test(word) && !MAYBE_NAMES.test(word);
}

/** Digits that count up or down; a part of them is no real number either. */
const IN_ORDER = ['01234567890123456789', '09876543210987654321'];
/**
 * What Twilio writes for a caller whose number is withheld or unknown: the words ANONYMOUS, UNAVAILABLE and RESTRICTED on
 * the keys of a phone. Those of BLOCKED and UNKNOWN are too short to be a number.
 */
const WITHHELD = ['266696687', '86282452253', '+7378742833'];

const ONE_DIGIT = /^(\d)\1+$/;
/**
 * Nobody has the area code 555, 555-1212 is directory assistance everywhere, and no number behind an area code begins with 0 or 1.
 * Source: NANPA. Of those, only 000-0000, 111-1111 and 123-4567 count: the number may be of another country.
 */
const NOT_ASSIGNED = /^(?:555\d{7}|\d{3}(?:5551212|1234567|0{7}|1{7}))$/;

/**
 * Whether a number is a placeholder, such as 000-000-0000: many people may have it, or none.
 *
 * @param form its normal form
 */
export function isPlaceholderNumber(form: string): boolean {
	const digits = form.replace(/^1(?=\d{10}$)/, '');
	return (
		ONE_DIGIT.test(digits) ||
		NOT_ASSIGNED.test(digits) ||
		WITHHELD.includes(form) ||
		IN_ORDER.some((order) => order.includes(digits))
	);
}
