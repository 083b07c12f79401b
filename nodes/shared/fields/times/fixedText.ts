import type { Fixed } from './tokens';
import { fixedTexts, isOfTime, tokensOf } from './tokens';
import { readOffset } from './written';
import { isSeveral, isUtc, readTimeZone } from './zones';

/*
 * What a format says with text that each of its dates has as it is. An offset counts; the name of another time zone, and AM or PM,
 * would be lost.
 */

/** Seconds and parts of them that each date has, such as `.000`, and signs around a word. */
const AROUND = /^(?::\d\d)*(?:[.,]\d+)?[\s([,]*|(?<![\s()[\],])[\s()[\],]+$/g;

/** An offset, also behind the name of UTC, and in front of that of its zone: `GMT-0600 (Central Standard Time)`. */
const OFFSET = /^(?:utc|gmt|z)?\s?([+-])(\d{1,2})(?::?(\d\d))?(?:\s\(.*)?$/i;

/** The offset of a text; undefined for one that is none. */
function offsetOf(text: string): string | undefined {
	if (isUtc(text)) return 'Z';
	const [, sign = '', hour = '', minute = '00'] = OFFSET.exec(text) ?? [];
	return readOffset(`${sign}${hour.padStart(2, '0')}:${minute}`);
}

/** Short names of time zones in capitals, as a word among others. */
const SHORT = /\b(?:[A-Z]{1,3}[SD]T|M?[CEW]ET|MSK)\b/;

/** What is called a time zone by its last words: Central European Summer Time. */
const TIME = /\b(?:standard|daylight|summer) time\b/i;

/** Whether a text is the name of a time zone, or has one in it. */
function namesZone(given: string, isBehindTime: boolean): boolean {
	const text = given.replace(/^us /i, '');
	if (isSeveral(text) || 'value' in readTimeZone(text)) return true;
	const words = text.split(/[\s()[\]]+/);
	if (words.some((word) => word.includes('/') && 'value' in readTimeZone(word))) return true;
	const isShort = (word: string) => /^[A-Z]{2,4}$/.test(word) && isSeveral(word);
	return isBehindTime && (SHORT.test(text) || TIME.test(text) || words.some(isShort));
}

/** The text that stands somewhere behind the time of day, by what stands right before it. */
function behindTime(texts: Fixed[]): Set<Fixed> {
	const first = texts.findIndex(({ before }) => isOfTime(before));
	return new Set(first === -1 ? [] : texts.slice(first));
}

/** What a format says of the time zone in fixed letters: its offset, a name that says none, or nothing. */
export function fixedZone(format: string): { offset: string } | { name: string } | Record<string, never> {
	const texts = fixedTexts(format);
	const tokens = tokensOf(format);
	// The dates say it themselves.
	if (tokens.some((token) => token.startsWith('Z'))) return {};
	const isNamed = tokens.some((token) => token.startsWith('z'));
	const behind = behindTime(texts);
	const found = new Set<string>();
	for (const one of texts) {
		const text = one.text.trim().replace(AROUND, '');
		// A sign and digits elsewhere are a part of the date.
		const isOffset = isOfTime(one.before) || isUtc(text);
		const offset = isOffset ? offsetOf(text) : undefined;
		if (offset !== undefined) found.add(offset);
		// There is no offset such as +99:00.
		else if ((isOffset && OFFSET.test(text)) || (text !== '' && namesZone(text, behind.has(one))))
			return isNamed ? {} : { name: text };
	}
	const [offset, ...others] = found;
	if (offset === undefined) return {};
	if (others.length === 0) return { offset };
	return isNamed ? {} : { name: [...found].join(' and ') };
}

/** AM or PM that a format has as fixed letters behind the time; undefined for one without. */
export function fixedHalf(format: string): string | undefined {
	if (tokensOf(format).includes('a')) return undefined;
	const halves = fixedTexts(format).map(({ text, before }) =>
		isOfTime(before) ? /^\W*([ap]\.? ?m\b\.?)/i.exec(text)?.[1] : undefined,
	);
	return halves.find((half) => half !== undefined);
}
