import { HTML_NAMES } from '../json/text';

/** Most characters of a service's words in a message: a longer one is hard to read. */
const LONGEST_QUOTE = 300;
/** A longer text is no message, and is not quoted at all. */
const LONGEST_READ = 5_000;
/** Shorter values ("1", "no") stand in ordinary sentences: taking them out would garble the service's words. */
const SHORTEST_PRIVATE = 4;
/** A service may cut a value short: this many characters of it in a row are taken out too. */
const TELLING_RUN = 8;
/** Fewer digits at the end of a number do not tell whose it is. */
const SHORTEST_NUMBER = 7;
const BLANK = '[…]';

/** White space other than a space, and characters that hide or reorder a text. */
const INVISIBLE = /(?:[^\S ]|[\p{Cc}\p{Cf}\p{Cs}])+/gu;
/** Accents and quotes: services spell them in more than one way, or leave them out. */
const INCIDENTAL = /[\p{M}\p{Pi}\p{Pf}"'`´\\]+/gu;
/** Only phone numbers are written like this. */
const PHONE = /^\+\d|^\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}$/;
const NUMBER_WITH_GAPS = /\+?\(?\d(?:[\s().\-/]{0,3}\d){6,}/g;
const EMAIL = /(?<![^\s<>"'(),;:])[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g;

const ACCENTED = /&([a-z])(?:acute|caron|cedil|circ|grave|ring|tilde|uml);/gi;
const CODED = /\\u([\da-f]{4})|&#x([\da-f]{1,6});|&#(\d{1,7});/gi;

/** Turns the codes that HTML, JSON and addresses have for a character into the character. */
function unescaped(text: string): string {
	return text
		.replace(/&(amp|lt|gt|quot|apos|nbsp);/gi, (_, name: string) => HTML_NAMES[name.toLowerCase()] ?? ' ')
		.replace(ACCENTED, '$1')
		.replace(CODED, (written, json?: string, hex?: string, decimal?: string) => {
			const code = decimal === undefined ? Number.parseInt(json ?? hex ?? '', 16) : Number(decimal);
			return code <= 0x10ffff ? String.fromCodePoint(code) : written;
		})
		.replace(/\\[nrt]/g, ' ')
		.replace(/\\(["'/\\])/g, '$1')
		.replace(/(?:%[\da-f]{2})+/gi, (bytes) => {
			try {
				return decodeURIComponent(bytes);
			} catch {
				return bytes;
			}
		});
}

/** One line of visible characters. */
const plain = (text: string): string =>
	unescaped(text).normalize('NFC').replace(INVISIBLE, ' ').replace(/ {2,}/g, ' ').trim();

/** A text without accents, quotes and letter case, so that two spellings of it are equal. */
const withoutCaseAndAccents = (text: string): string =>
	text.normalize('NFKD').replace(INCIDENTAL, '').replaceAll('+', ' ').toUpperCase();

const digits = (text: string): string => text.replace(/\D+/g, '');

/** All texts and numbers in what was sent, at any depth: values, and the keys of objects. */
function textsIn(sent: unknown[]): string[] {
	const texts: string[] = [];
	const left = [...sent];
	while (left.length > 0) {
		const next = left.pop();
		if (typeof next === 'string' || typeof next === 'number') texts.push(`${next}`);
		if (typeof next !== 'object' || next === null) continue;
		for (const inner of Object.values(next) as unknown[]) left.push(inner);
		if (!Array.isArray(next)) for (const key of Object.keys(next)) left.push(key);
	}
	return texts;
}

/** The characters in a row that a service's words share with values. A value may be megabytes, so it is read once. */
function sharedRuns(words: string[], values: string[]): Set<string> {
	const runs = new Set<string>();
	for (const text of words) {
		for (let length = SHORTEST_PRIVATE; length <= TELLING_RUN; length++) {
			for (let at = 0; at + length <= text.length; at++) runs.add(text.slice(at, at + length));
		}
	}
	const shared = new Set<string>();
	for (const value of values) {
		const length = Math.min(value.length, TELLING_RUN);
		if (length < SHORTEST_PRIVATE) continue;
		for (let at = 0; at + length <= value.length; at++) {
			const run = value.slice(at, at + length);
			if (runs.has(run)) shared.add(run);
		}
	}
	return shared;
}

/** What a service's words must not show. */
interface Private {
	/** Characters in a row that were sent and stand in the words. */
	shared: Set<string>;
	/** The digits of what was sent. */
	numbers: string[];
}

/** Whether it is a phone number, or a number that was sent, in whatever way a service writes it. */
function isPrivate(number: string, { numbers }: Private): boolean {
	const end = digits(number).slice(-SHORTEST_NUMBER);
	return PHONE.test(number) || numbers.some((sent) => sent.includes(end));
}

/** Replaces what is private in a text, whatever its spelling. */
function without(secrets: Private, text: string): string {
	const hidden = new Uint8Array(text.length);
	for (const { 0: number, index } of text.matchAll(NUMBER_WITH_GAPS)) {
		if (isPrivate(number, secrets)) hidden.fill(1, index, index + number.length);
	}
	let looked = '';
	// For each place in the text without accents: where its character begins and ends in the text.
	const origin: Array<[start: number, end: number]> = [];
	let start = 0;
	for (const character of text) {
		const end = start + character.length;
		looked += withoutCaseAndAccents(character);
		while (origin.length < looked.length) origin.push([start, end]);
		start = end;
	}
	for (let length = SHORTEST_PRIVATE; length <= TELLING_RUN; length++) {
		for (let at = 0; at + length <= looked.length; at++) {
			const run = looked.slice(at, at + length);
			// The spaces around it may stay.
			const core = run.trim();
			if (!secrets.shared.has(run) || core === '') continue;
			const place = at + run.indexOf(core);
			hidden.fill(1, origin[place]?.[0], origin[place + core.length - 1]?.[1]);
		}
	}
	let shown = '';
	for (let at = 0; at < text.length; at++) {
		if (!hidden[at]) shown += text[at];
		else if (!hidden[at - 1]) shown += BLANK;
	}
	return shown;
}

/**
 * Makes a service's words fit for a message: one line, of bounded length, and without any value that was sent.
 * Services like to quote what they refuse, and that is the renter's name, number or address.
 *
 * @param words all texts of the service that are to be quoted
 * @param sent what must not be in them: values at any depth, and the keys of objects
 * @returns gives one of the texts as it can be shown
 */
export function quoter(words: string[], sent: unknown[]): (text: string) => string {
	const values = textsIn(sent).map(plain);
	const readable = words.filter(({ length }) => length <= LONGEST_READ);
	const secrets = {
		shared: sharedRuns(
			readable.map((text) => withoutCaseAndAccents(plain(text))),
			values.map(withoutCaseAndAccents),
		),
		numbers: values.map(digits),
	};
	return (text) => {
		if (text.length > LONGEST_READ) return '';
		const shown = without(secrets, plain(text))
			.replace(EMAIL, BLANK)
			.replace(/Bearer\s+\S+/gi, `Bearer ${BLANK}`);
		const characters = [...shown];
		return characters.length > LONGEST_QUOTE ? `${characters.slice(0, LONGEST_QUOTE).join('')}…` : shown;
	};
}
