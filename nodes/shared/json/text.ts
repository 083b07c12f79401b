/*
 * `String()` is no match for what an API or an input item may hold: it throws at an object whose `toString` is no
 * function, and makes `[object Object]` of the others.
 */

/** The text of a plain value; undefined for anything that has no one text. */
export function plainText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	const plain = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
	return plain ? `${value}` : undefined;
}

/** The text of a plain value, and '' for everything else. */
export const textOf = (value: unknown): string => plainText(value) ?? '';

/** The characters that HTML has names or usual numbers for: `&amp;` is &. */
export const HTML_NAMES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	'#39': "'",
	nbsp: ' ',
};

/** Words of a title that have another form than a capital and small letters. */
const IN_TITLES: Record<string, string> = { ap: 'AP', crm: 'CRM', id: 'ID', to: 'to' };

/** Words or a name of the API as a title: "event sub type" → "Event Sub Type", `leads_to_events` → "Leads to Events" */
export const titleCase = (words: string): string =>
	words
		.toLowerCase()
		.split(/[ _]/)
		.map((word) => IN_TITLES[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');

/** "lead events", "retries" */
export const nounsOf = (noun: string): string => `${noun.replace(/y$/, 'ie')}s`;

/** How a person counts. */
const NTH = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
/** With which letters other places end, by the plural rules of English. */
const ENDINGS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };

/** The place of an entry of a list as a person says it: "first", "second", … "11th". `index` counts from 0. */
export const nth = (index: number): string =>
	NTH[index] ??
	`${index + 1}${ENDINGS[new Intl.PluralRules('en', { type: 'ordinal' }).select(index + 1)] ?? 'th'}`;

/** The texts that are there, with commas between them. */
export const withCommas = (...parts: unknown[]): string =>
	parts
		.map(textOf)
		.filter((part) => part !== '')
		.join(', ');

/** The entries of a list, or of the text with separators that an expression may give instead; empty ones left out. */
export function entriesOf(value: unknown, separator = /,/): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : textOf(value).split(separator);
	return entries.map((entry) => textOf(entry).trim()).filter((entry) => entry !== '');
}

/** The list or the object that is written as JSON in a text; anything else as it is. */
export function opened(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}
