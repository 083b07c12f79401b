import { visible, withoutDecimals } from './cleaned';

/**
 * What people and programs say of a number or an address, before it or behind it: `Mobile Number`, `Phone (cell)`, `w`, and
 * `whatsapp`, as Twilio does. A number of a fax is none that a person answers, so that word is not among them.
 *
 * @noMessage Words.
 */
const WORD =
	'[([]?(?:(?:mobile|cell(?:ular)?|home|work|office|business|main|primary|direct|number|e-?mail|address|sms|whatsapp|callto|(?:tele)?phone|tel|ph|[chmoptw])\\b|no(?=[\\s.:]))[)\\].]*';
/** The words of a label: a part of a pattern. */
export const LABEL_WORDS = `(?:[\\s/–-]*${WORD})+`;
/** Which one it is: `Phone 2`. No country has one of the codes 2 to 6. */
const WHICH = '[\\s#(]*(?:\\d\\s*(?=[:+])|[2-6][^\\w+(]+(?=\\(?(?:\\d\\W*){10,11}(?!\\d)))';
const BEFORE = new RegExp(`^${LABEL_WORDS}(?:${WHICH})?[\\s:=#\\p{Pd}]*(?=[+(\\d])`, 'iu');
const BEHIND = new RegExp(`(?<=\\d)[,:]?(${LABEL_WORDS})\\s*$`, 'iu');
/** Nothing but a number. */
const NUMBER_ALONE = /^[\d\s().+\p{Pd}]+$/u;
/** How many digits and letters are dialed: a North American number with or without its code, or within its area. */
const DIALED = /^(?:\d{7}|[2-9]\d{9}|1\d{10})$/;
/** Any other words in brackets beside a number. */
const REMARK = /[([][^()[\]\d]*[)\]]/g;
/** What a number with a country code begins with. */
const PLUS = /^[\s(]*\+/;
/** What stands between a number and its extension. */
const BEFORE_EXTENSION = /ext|x|#|;|,/i;
/** How many digits make a second number of what follows; an extension has fewer. */
const SECOND_NUMBER = 7;

/** Whether the word behind a number is a part of it, which is dialed with the letters: `512-444-HOME`. */
function isDialed(number: string, words: string): boolean {
	const [word = '', ...more] = words.split(/[^\p{L}]+/u).filter((one) => one !== '');
	return more.length === 0 && DIALED.test(number.replace(/\D/g, '') + '0'.repeat(word.length));
}

function unlabelled(text: string): string {
	const bare = text.replace(BEFORE, '');
	const [behind = '', words = ''] = BEHIND.exec(bare) ?? [];
	const number = bare.slice(0, bare.length - behind.length);
	const isMarked = /^[\s–-]*[([,:]/.test(behind);
	return isMarked || (NUMBER_ALONE.test(number) && !isDialed(number, words)) ? number : bare;
}

/** From three digits to fifteen: more are several numbers. Source: ITU-T E.164. */
const ONE_NUMBER = /^(?:\D*\d){3,15}\D*$/;

/** What a merge field begins with. */
const MERGE_SIGN = /^(?:[$%]?[[{<]|[$%])/;
/** The place of a merge field in its form, as WordPress writes it: `{Phone:4}`. */
const PLACE_IN_FORM = /:\d+(?=\W*$)/;
/** The words of the name of a field for a phone number. @noMessage Words. */
const FIELD_WORD = /^(?:phone|telephone|mobile|cell|number|caller|contact|customer|from|lead|to|your)$/i;

/** Whether a text is the name of a field in place of its number: `[Caller Phone Number]`, `{Phone:4}`, `$phone`. */
export function isNameOfField(text: string): boolean {
	const name = text.trim().replace(PLACE_IN_FORM, '');
	const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
	return MERGE_SIGN.test(name) && words.length > 0 && words.every((word) => FIELD_WORD.test(word));
}

/** A number as it is written, without its label: `Mobile: (512) 555-0100`, `512-555-0100 (cell)`. Any other text as it is. */
export function withoutLabel(text: string): string {
	const bare = unlabelled(text);
	return ONE_NUMBER.test(numberIn(bare) ?? '') ? bare : text;
}

/**
 * The number of a text, without its extension and the words beside it. Undefined for a text that holds several numbers:
 * nobody knows which one is meant.
 */
export function numberIn(written: string): string | undefined {
	const bare = withoutDecimals(unlabelled(visible(written))).replace(REMARK, '');
	const begin = bare.search(/\d/) + 1;
	const [number = '', ...behind] = bare.slice(begin).split(BEFORE_EXTENSION);
	return behind.join('').replace(/\D/g, '').length < SECOND_NUMBER
		? bare.slice(0, begin) + number
		: undefined;
}

/**
 * The ten digits of a North American number, in whatever form it was written: `+1 (512) 555-0100 ext. 7`,
 * `tel:+15125550100` and `512.555.0100 (mobile)` are the same. Undefined for anything else, such as two numbers, or ten
 * digits that begin with the code of another country: Twilio writes `+7378742833` for a caller who withholds the number,
 * and (737) 874-2833 is a number in Austin.
 */
export function tenDigits(written: string): string | undefined {
	const number = numberIn(written);
	if (number === undefined || !/^[\s\d().+/\p{Pd}\u2212]+$/u.test(number)) return undefined;
	const all = number.replace(/\D/g, '');
	const digits = all.replace(/^(?:00)?1(?=\d{10}$)/, '');
	if (PLUS.test(number) && digits === all) return undefined;
	return /^[2-9]\d{9}$/.test(digits) ? digits : undefined;
}
