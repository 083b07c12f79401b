import { visible, withoutDecimals } from '../fields/cleaned';

/** Whose phone or which one it is, as people and programs say it. @noMessage Words. */
const WHICH = '(?:(?:mobile|cell|home|work|office|main)(?:[ -]?phone)?|phone)';
/** What is written before a number: by programs, such as Twilio before one of WhatsApp, and in lists: `Mobile: …`. */
const WAY = new RegExp(`^\\s*(?:tel|sms|whatsapp|callto|ph?|[chmw]|${WHICH})\\.?:`, 'i');
/** A word beside the number, such as "(mobile)", and one behind it. */
const REMARK = new RegExp(`[([][^()[\\]\\d]*[)\\]]|\\s${WHICH}\\s*$`, 'gi');
/** What a number with a country code begins with. */
const PLUS = /^[\s(]*\+/;
/** What stands between a number and its extension. */
const BEFORE_EXTENSION = /ext|x|#|;|,/i;
/** How many digits make a second number of what follows; an extension has fewer. */
const SECOND_NUMBER = 7;

/**
 * The number of a text, without its extension and the words beside it. Undefined for a text that holds several numbers:
 * nobody knows which one is meant.
 */
export function numberIn(written: string): string | undefined {
	const bare = withoutDecimals(visible(written).replace(WAY, '')).replace(REMARK, '');
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
 *
 * Source: the filter `phone_1` of Propexo's list of leads, "10 digit format only", `^[2-9]\d{9}$`.
 */
export function tenDigits(written: string): string | undefined {
	const number = numberIn(written);
	if (number === undefined || !/^[\s\d().+/\p{Pd}\u2212]+$/u.test(number)) return undefined;
	const all = number.replace(/\D/g, '');
	const digits = all.replace(/^(?:00)?1(?=\d{10}$)/, '');
	if (PLUS.test(number) && digits === all) return undefined;
	return /^[2-9]\d{9}$/.test(digits) ? digits : undefined;
}
