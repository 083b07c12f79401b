import { opened } from '../../json/text';
import { booleanIn, damageInCode, damageInText, HOLDS_UNFILLED, unfilledIn } from '../damage';
import type { EmailField, PhoneField } from '../field';
import { sumIn } from '../lostDigits';
import { maskedOrLostIn } from '../lostLetters';
import { isNameOfField, LABEL_WORDS, withoutLabel } from '../phone';
import type { Kind } from './kind';
import { box, line } from './kind';

/**
 * One address: a word or a text in quotes, and a domain of two labels or more, or the number of a computer in brackets (RFC
 * 5321, section 4.1.3). A label has letters of any script, digits, and hyphens and underscores between them (RFC 1034, section
 * 3.5; RFC 5890), so that no quote or stop of the text around it gets in.
 */
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}_-]*[\\p{L}\\p{M}\\p{N}])?';
const NUMBER = '\\[(?:IPv6:)?[\\da-fA-F.:]+\\]';
const EMAIL = new RegExp(
	`^(?:[^\\s@<>()[\\]\\\\,;:"]+|"[^"\\\\]+")@(?:${LABEL}(?:\\.${LABEL})+|${NUMBER})$`,
	'u',
);
/** Longer ones do not exist: 64 characters, an @ and 255 more (RFC 5321, section 4.5.3.1). */
const LONGEST_EMAIL = 320;

/** The address of a link, `mailto:maria@example.com?subject=Tour`; the whole link, if it names several. */
function linked(text: string): string {
	const [, address, query = ''] = /^mailto:([^?]*)(\?.*)?$/i.exec(text) ?? [];
	if (address === undefined || /[?&](?:to|cc|bcc)=/i.test(query)) return text;
	try {
		return decodeURIComponent(address);
	} catch {
		return text;
	}
}

/** The addresses among the words of a name. */
const addressesAmong = (words: string): string[] =>
	words
		.split(/[\s,;()[\]]+/)
		.map((word) => word.replace(/^["']+/, '').replace(/(?<!["':])["':]+$/, ''))
		.filter((word) => EMAIL.test(word));

/** The decimals of a number that was kept as an amount. */
const DECIMALS = /(?<=^\+?\d{10,15})\.0+$/;

/** `Work Email: `, with which no address begins. */
const EMAIL_LABEL = new RegExp(`^${LABEL_WORDS}\\s*:\\s*`, 'i');

/** A number or an address with quotes around it. */
const IN_QUOTES = /^["'‘“]([^"'‘’“”]*)["'’”]$/;

/** The sign after an address that stood in a list, or a comment in brackets: `maria@example.com (Maria)`. */
const BEHIND_ADDRESS = /(?<=\S)\s*(?:[;,]|\([^()@]*\))$/;

/**
 * The address in what a mail program writes: `Maria Alvarez <maria@example.com>`, `mailto:maria@example.com`. The whole text,
 * if another address stands before it: then it holds several.
 */
function addressIn(text: string): string {
	const [, name = '', inBrackets = text] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? [];
	const address = linked(inBrackets.trim());
	const isSame = (other: string) => other.toLowerCase() === address.toLowerCase();
	return addressesAmong(name).every(isSame) ? address : text;
}

export const email: Kind<EmailField> = {
	control: box,
	format: () => 'One address such as nathan@example.com.',
	read: (raw, _field, { pieces }) =>
		line(raw, (text) => {
			const bare = text.replace(IN_QUOTES, '$1').replace(BEHIND_ADDRESS, '');
			const value = addressIn(bare.replace(EMAIL_LABEL, ''));
			if (value.length > LONGEST_EMAIL || !EMAIL.test(value)) {
				/**
				 * @cause The value is no email address, or holds several.
				 * @cure Give one address. `Maria Alvarez <maria@example.com>` is taken too.
				 */
				return { wrong: 'must be one email address such as nathan@example.com' };
			}
			const wrong = damageInText(value, pieces) ?? booleanIn(value, pieces) ?? unfilledIn(value);
			return wrong === undefined ? { value, remark: maskedOrLostIn(value) } : { wrong };
		}),
};

export const phone: Kind<PhoneField> = {
	control: box,
	format: () => 'A phone number such as +1 212 555 0100, with the area code.',
	read: (raw, { refine }, reading) =>
		line(opened(raw), (given) => {
			if (isNameOfField(given)) return { wrong: HOLDS_UNFILLED };
			const text = withoutLabel(given.replace(IN_QUOTES, '$1')).replace(DECIMALS, '');
			const wrong = damageInCode(text, raw, reading) ?? sumIn(raw, reading.expression?.(), true);
			if (wrong !== undefined) return { wrong };
			const refined = refine ? refine(text) : { value: text };
			return 'wrong' in refined ? refined : { ...refined, remark: maskedOrLostIn(text) };
		}),
};
