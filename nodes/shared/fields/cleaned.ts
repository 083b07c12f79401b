/** Control characters but for tabs and line breaks; halves of characters, which a cut through an emoji leaves. */
const UNSENDABLE = /[\p{Cc}\p{Cs}]/gu;
const KEPT = ['\t', '\n', '\r'];

/**
 * A text as it can be sent: well-formed Unicode without control characters. Services that keep texts in PostgreSQL fail
 * on a NUL, and half a character cannot be written in UTF-8.
 */
export const cleaned = (text: string): string =>
	text.replace(UNSENDABLE, (sign) => (KEPT.includes(sign) ? sign : ''));

/** Whether a text shows nothing: blanks, and characters without a width such as a byte order mark. */
export const isBlank = (text: string): boolean => /^[\s\p{Cf}]*$/u.test(text);

/**
 * The beginning of a text, cut where no character is broken: what a person sees as one, such as a flag or a letter with
 * its accents, stays whole.
 *
 * @param most in UTF-16 units
 */
export function shortened(text: string, most: number): string {
	if (text.length <= most) return text;
	let end = 0;
	for (const { index, segment } of new Intl.Segmenter().segment(text)) {
		if (index + segment.length > most) break;
		end = index + segment.length;
	}
	// Not even the first fits, as when it bears hundreds of accents.
	return end > 0 ? text.slice(0, end) : cleaned(text.slice(0, most));
}
