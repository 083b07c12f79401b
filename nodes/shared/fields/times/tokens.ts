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

/** A fixed text of a format. */
export interface Fixed {
	text: string;
	/** The token before it; '' at the beginning. */
	before: string;
}

/** The tokens of a format, in their order. */
export const tokensOf = (format: string): string[] =>
	(format.match(PARTS) ?? []).filter((part) => IS_TOKEN.test(part));

/** Whether a token is a part of the time of day. */
export const isOfTime = (token: string): boolean => OF_TIME.test(token);

/** The fixed text in front of the first token of a format, and behind each token. */
export function fixedTexts(format: string): Fixed[] {
	const found: Fixed[] = [{ text: '', before: '' }];
	for (const part of format.match(PARTS) ?? []) {
		const last = found.at(-1);
		if (!last) continue;
		if (IS_TOKEN.test(part)) found.push({ text: '', before: part });
		else last.text += part.replace(QUOTED, '$1');
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
