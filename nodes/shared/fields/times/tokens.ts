/*
 * What a format of luxon is made of: its tokens, and the text that each of its dates has as it is.
 */

const QUOTED = /'([^']*)'/g;

/** A format without its quoted text. */
export const withoutQuotes = (format: string): string => format.replace(QUOTED, '');

/** Quoted text, one letter in a row, or signs. */
const PARTS = /'[^']*'|([a-z])\1*|[^a-z']+/gi;

const IS_TOKEN = /^[GyMLdoHhmqsSuakWEcZzDtTfF]/;
const OF_TIME = /^[HhmsSuatTfF]/;
/** One of f and F has both. */
const OF_DATE = /^[GyMLdoqkWEcDfF]/;

/** Tokens between which nothing but fixed text stands: the one before it, and the one behind it. */
export interface Fixed {
	text: string;
	before: string;
	after: string;
}

/** The tokens of a format, in their order. */
export const tokensOf = (format: string): string[] =>
	(format.match(PARTS) ?? []).filter((part) => IS_TOKEN.test(part));

/** Whether a token is a part of the time of day. */
export const isOfTime = (token: string): boolean => OF_TIME.test(token);

/** All text that the dates of a format have as it is, joined between each two tokens. */
export function fixedTexts(format: string): Fixed[] {
	const found: Fixed[] = [{ text: '', before: '', after: '' }];
	for (const part of format.match(PARTS) ?? []) {
		const last = found.at(-1);
		if (!last) continue;
		if (IS_TOKEN.test(part)) {
			last.after = part;
			found.push({ text: '', before: part, after: '' });
		} else last.text += part.replace(QUOTED, '$1');
	}
	return found;
}

/** The part of a format that is the day alone; undefined where something of the day stands behind the time. */
export function dayOfFormat(format: string): string | undefined {
	const parts = format.match(PARTS) ?? [];
	const end = parts.findIndex(isOfTime);
	if (end === -1) return format;
	if (parts.slice(end).some((part) => OF_DATE.test(part))) return undefined;
	const day = parts.slice(0, end);
	while (day.length > 0 && !OF_DATE.test(day.at(-1) ?? '')) day.pop();
	return day.length === 0 ? undefined : day.join('');
}
