import { inOneLine } from './cleaned';

/*
 * Texts that are most likely not as they were written: letters were lost on the way, or a part is hidden. They are sent, and a
 * hint says so.
 */

/** Letters that were lost on the way, or were written in UTF-8 and read as Latin-1 or Windows-1252: `JosÃ©`, `Iâ€™ll`. */
export const LOST_LETTERS = /\ufffd|[ÂÃ][\x80-\xbfŒ-Ÿƒˆ˜–-›€™]|(?<=[a-z])Ã|â€/;

/** A sign as HTML writes it, or a tag: `&#39;`, `&amp;`, `</b>`. */
const ENTITY = /&(?:#\w{2,6}|[a-z]{2,8});|<\/[a-z]\w{0,9}>|<br\b/i;

/** A sign as an address on the web writes it: `Maria%20Lopez`. In a link it is right. */
const ENCODED = /%(?:[2-7]|C3%A)[\dA-F]/i;

/** What is damaged in a text of one line. */
const inLine = (text: string) => ENTITY.exec(text) ?? ENCODED.exec(text.split(':', 1)[0] ?? '');

/**
 * What a hint says of a text with letters that were lost; undefined for others.
 *
 * @param given as it came: of í in another encoding, the second sign shows nothing
 * @param isLine it has one line, such as a name. A text of several may be written in HTML.
 *
 * @cause A hint: the text has letters such as `Ã©`, `�`, `&#39;` or `%20`, or tags such as `</b>`. The file or the system that it comes
 * from was read in another encoding than it was written in, or not as HTML, or not as a part of a link. The text was sent as it is.
 * @cure Export or read the file as UTF-8 or as HTML, use `{{ decodeURIComponent($json.name) }}` for `%20`, and correct what was sent.
 */
export function lettersLostIn(given: string, isLine: boolean): string | undefined {
	const [letters] = LOST_LETTERS.exec(given) ?? (isLine ? inLine(given) : null) ?? [];
	return (
		letters &&
		`holds damaged letters (${inOneLine(letters)}). Have it read as UTF-8, HTML or a link where it comes from`
	);
}

/** Signs in place of others: `***-***-1234`, `m•••@example.com`. */
const HIDDEN = /\*\*|[•…]/;
/** A phone number with X in place of digits: `XXX-XXX-1234`. In an email address, xxx may be a part of the name. */
const HIDDEN_BY_X = /xxx[\s().-]+[x\d]/i;

/**
 * What a hint says of an address or a number that is not shown as a whole, or has letters that were lost; undefined for others.
 *
 * @cause A hint: the system that the value comes from hides a part of it: `***-***-1234`. It was sent as it is.
 * @cure Let that system give the whole value, and correct what was sent.
 */
export const maskedOrLostIn = (text: string): string | undefined =>
	HIDDEN.test(text) || (!text.includes('@') && HIDDEN_BY_X.test(text))
		? 'is hidden in part. Have it come as a whole'
		: lettersLostIn(text, true);
