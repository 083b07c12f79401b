/** Control characters except tabs and line breaks; halves of characters, which a cut through an emoji leaves. */
const UNSENDABLE = /[\p{Cc}\p{Cs}]/gu;
const KEPT = ['\t', '\n', '\r'];
/** Line breaks of Word, Outlook and FileMaker (a vertical tab), of printers (a form feed), and of mainframes. */
const OTHER_BREAKS = ['\v', '\f', '\u0085'];

/**
 * A text as it can be sent: well-formed Unicode without control characters. Services that keep texts in PostgreSQL fail
 * on a NUL, and half a character cannot be written in UTF-8.
 */
export const cleaned = (text: string): string =>
	text.replace(UNSENDABLE, (sign) => {
		if (KEPT.includes(sign)) return sign;
		return OTHER_BREAKS.includes(sign) ? '\n' : '';
	});

/** Characters that show nothing: a byte order mark, a soft hyphen, the marks around a number that a phone has copied. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** A text without invisible characters. No ID, number or address needs one. */
export const visible = (text: string): string => text.replace(INVISIBLE, '');

const UNJOINED_LETTERS = '\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Han}';
/** What may be joined: emoji, marks, and letters except those of scripts that never join. */
const JOINED = `(?:[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{M}]|[^\\P{L}${UNJOINED_LETTERS}])`;
const JOINERS = '[\\u200c\\u200d]';
/** The signs that make a flag of an emoji; no flag has more than eight. */
const TAGS = '[\\u{e0020}-\\u{e007f}]';
/** Characters that show nothing (see `INVISIBLE`), unless they belong to an emoji, or to a word of a script that needs them. */
const NEEDLESS = new RegExp(
	[
		`(?<!${JOINED})${JOINERS}|${JOINERS}(?!${JOINED})`,
		`(?<!\\p{Extended_Pictographic}${TAGS}{0,8})${TAGS}`,
		`(?!${JOINERS}|${TAGS}|\\p{Variation_Selector})\\p{Default_Ignorable_Code_Point}|[\\ufff9-\\ufffb]`,
	].join('|'),
	'gu',
);

/** How a spreadsheet marks that a cell is a text: `'02134`, and `="02134"` in a CSV file. Not `'02134'`: those are quotes. */
const MARKED = /^['‘’]+(?=[\w+($-])(?!.*['‘’]$)|^="(.*)"$/;

/** A text without spaces around it, and without the marks of a spreadsheet. */
export const unmarked = (text: string): string => text.trim().replace(MARKED, '$1');

/** A number without the decimals that programs add to a column of numbers: `10432.0`. */
export const withoutDecimals = (text: string): string => text.trim().replace(/^(\+?\d+)\.0$/, '$1');

/** A text of one line, such as a name: nobody means the spaces around it and characters that show nothing. */
export const inOneLine = (text: string): string => cleaned(text).replace(NEEDLESS, '').trim();

/** Whether a text shows nothing: spaces, and characters without a width such as a byte order mark. */
export const isBlank = (text: string): boolean => /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u.test(text);

/**
 * The beginning of a text, cut where no character is broken: what a person sees as one, such as a flag or a letter with
 * its accents, stays whole.
 *
 * @param most in UTF-16 units
 * @returns '' if not even the first fits, and no part of it shows anything
 */
export function shortened(text: string, most: number): string {
	if (text.length <= most) return text;
	// Not one character after the other: in a long text, each step takes longer.
	const end = new Intl.Segmenter().segment(text).containing(most)?.index ?? 0;
	if (end > 0) return text.slice(0, end);
	// Not even the first fits. É as a Mac writes it, E and an accent, may be one unit; an emoji or hundreds of accents may not.
	const composed = text.normalize('NFC');
	return composed.length < text.length ? shortened(composed, most) : cleaned(text.slice(0, most));
}
