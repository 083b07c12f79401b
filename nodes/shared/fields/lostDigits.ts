import { composedOf } from './composed';
import type { Piece } from './expression';

/*
 * Numbers that have lost their last digits: a spreadsheet or a program shortened them, or JavaScript rounded them.
 */

/**
 * A number as a spreadsheet or a program shortens it, alone or within an ID: `4.47900E+11`, `3.108207129E9`, `1.23E-05`.
 * Without a plus it may be something else, unless it is the whole text or has one digit and many decimals: the unit `3E-12`,
 * an ID such as `12e5` or `INV-1.2E5`, a part of a UUID, `20260301143000.4E12345678` in the ID of an email.
 */
const SHORTENED =
	/(?<![\w.])[+-]?(?:\d+(?:\.\d+)?e\+\d+|\d\.\d{4,}e-?\d{1,3})(?!\w)|^[+-]?\d+\.\d+e-?\d{1,3}$/i;

/** @noMessage It ends the message below. */
const LOST =
	'that a spreadsheet or a program shortened, such as 3.1E+09: its last digits are lost. Format the column as text, and export the file again';

/**
 * Says that an ID or a phone number is, or holds, a number that was shortened; undefined for any other text.
 *
 * @cause A spreadsheet wrote an ID or a phone number as 4.479E+11. Its last digits are lost.
 * @cure Format the column as text where the file is made, and export it again. The lost digits cannot be brought back.
 */
export function shortenedIn(text: string): string | undefined {
	const [shortened] = SHORTENED.exec(text) ?? [];
	return shortened && `${shortened === text ? 'is' : 'holds'} a number ${LOST}`;
}

/**
 * @cause A number, such as an ID, comes as a number of JSON, and n8n cannot keep more than 15 digits of one.
 * @cure Have the system it comes from send it as text, in quotes.
 */
const ROUNDED =
	'a number of more than 15 digits, which n8n rounds. Have the system it comes from send it as text, in quotes';
/**
 * @cause A calculation in the expression divides by 0, or a number in JSON is too big for n8n.
 * @cure Correct the calculation. Leave the value out where it divides by 0, as in `{{ Number($json.days) ? 30 / $json.days : '' }}`.
 */
const INFINITE =
	'Infinity instead of a value: a number was divided by 0, or is too big. Correct the calculation';

/** Says that a text is, or holds, a number that has lost its last digits. */
export function roundedIn(raw: unknown, text: string, pieces: () => Piece[]): string | undefined {
	if (isRounded(raw)) return `is ${roundedAs(raw)}`;
	const rounded = /\d{16}|Infinity/.test(text) && pieces().find(({ value }) => isRounded(value));
	return rounded ? `${rounded.shows === text ? 'is' : 'holds'} ${roundedAs(rounded.value)}` : undefined;
}

/**
 * Says that an ID or a phone number is the sum of several numbers: + adds numbers, and joins only texts. An ID so made may be
 * that of something else: 501 + 12 and 510 + 3 are both 513. A fixed number that is added to one of the item counts something,
 * except in a phone number.
 *
 * @param code of the expression that gave it
 * @param isPhone whether it is a phone number
 * @cause The expression joins two fields with +, and both are numbers, so that n8n added them up.
 * @cure Write each field in braces of its own, as the message says.
 */
export function sumIn(raw: unknown, code: string | undefined, isPhone = false): string | undefined {
	const { summands = [] } = composedOf(typeof raw === 'number' ? (code ?? '') : '');
	const isFixed = (one: string): boolean => /^\d+$/.test(one);
	const added = summands.filter((one) => one !== '' && (isPhone || !isFixed(one)));
	if (added.length < 2) return undefined;
	const joined = added.map((one) => (isFixed(one) ? one : `{{ ${one} }}`)).join('');
	return `is the sum of several numbers, since + adds numbers up. To put them behind each other, write ${joined}`;
}

/** Beyond 2^53, JavaScript cannot tell a whole number from the next; what is too big for it is Infinity. */
export const isRounded = (value: unknown): value is number =>
	typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;

/** What is said of a number that is rounded, behind "is" or "holds". */
export const roundedAs = (value: unknown): string =>
	Math.abs(value as number) === Infinity ? INFINITE : ROUNDED;
