import { damageInText, unfilledIn } from '../damage';
import type { UrlField } from '../field';
import { lettersLostIn } from '../lostLetters';
import type { Kind } from './kind';
import { box, line } from './kind';

/*
 * A URI as RFC 3986 (appendix A) spells it, which is what `format: uri` of an OpenAPI file means: any scheme, and no
 * brackets, spaces and letters beyond ASCII but in their `%` form. Each repetition is of one set of characters, so that no
 * text takes long.
 */
const PLAIN = "a-z0-9\\-._~!$&'()*+,;=%";
const PATH = `[${PLAIN}:@/]`;
const HOST = `(?:\\[[0-9a-f:.]+\\]|[${PLAIN}]*)`;
const AUTHORITY = `(?:[${PLAIN}:]*@)?${HOST}(?::\\d*)?`;
const URI = new RegExp(
	`^[a-z][a-z0-9+\\-.]*:(?://${AUTHORITY}(?:/${PATH}*)?|(?!//)${PATH}+)(?:\\?[${PLAIN}:@/?]*)?(?:#[${PLAIN}:@/?]*)?$`,
	'i',
);
const BROKEN_ESCAPE = /%(?![0-9a-f]{2})/i;
/** A web address without a host is none (RFC 9110, section 4.2.1). */
const NO_HOST = /^https?:(?!\/\/[^/?#])/i;

/** Brackets hold an IPv6 address and nothing else. */
const hasRealIp6 = (text: string): boolean =>
	!text.includes('[') || URL.canParse(text.replace(/^[^:]+/, 'http'));

const isUri = (text: string): boolean =>
	URI.test(text) && !BROKEN_ESCAPE.test(text) && !NO_HOST.test(text) && hasRealIp6(text);

/**
 * @cause The link has no scheme such as `https:`, it is the path of a file on a computer, or there are several links.
 * @cure Give one link: that of the call in your phone system.
 */
const WRONG = 'must be one whole address such as https://example.com/calls/1.mp3 or s3://calls/1.mp3';

/** A file on a computer, which looks like an address with the scheme C, or several addresses. */
const NOT_ONE = /^[a-z]:\\|[\s|]\w+:\/\//i;
/** The same, in the form of one address: such an address may exist. */
const MAYBE_NOT_ONE = /^[a-z]:\/(?!\/)|[,;]\w+:\/\//i;
/**
 * @cause A hint: the link holds a second one behind a comma or a semicolon, or begins like the path of a file on a computer. It was
 * sent.
 * @cure Give one link: that of the call in your phone system.
 */
const CHECK = 'may be several links, or a file. Check it';
/** What is encoded already. */
const ESCAPE = /%[\da-f]{2}/i;

/** What is wrong with a text that is no address. */
function wrongOf(text: string): string | undefined {
	if (isUri(text)) return undefined;
	if (NOT_ONE.test(text) || !isUri(encodeURI(text))) return WRONG;
	/** @noMessage It is a part of the message below. */
	const asItWas = ESCAPE.test(text) ? ".replace(/%25(?=[0-9a-f]{2})/gi, '%')" : '';
	/**
	 * @cause The link has spaces, brackets, percent signs or letters with accents in it.
	 * @cure Use the expression in the message, which encodes them. What is encoded already stays as it is.
	 */
	return `${WRONG}, without spaces, brackets and letters with accents; {{ encodeURI($json.link)${asItWas} }} rewrites those`;
}

export const url: Kind<UrlField> = {
	control: box,
	format: () => 'A whole address such as https://example.com/calls/1.mp3.',
	read: (raw, _field, { pieces }) =>
		line(raw, (text) => {
			// What is damaged is told first: with its signs rewritten, it would be an address.
			const wrong = damageInText(text, pieces) ?? unfilledIn(text) ?? wrongOf(text);
			if (wrong !== undefined) return { wrong };
			return { value: text, remark: MAYBE_NOT_ONE.test(text) ? CHECK : lettersLostIn(text, true) };
		}),
};
