import type { Allowed, Clock } from './clock';

/** Whole names and short ones: `Sep`, `Sept`, `September`. */
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
/** `Mon`, `Monday`, and no name such as Monica: a part of a pattern. */
export const DAY_OF_WEEK = '(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,3}day)?';

const DATE = [
	String.raw`\d{4}([-/.])\d{1,2}\1\d{1,2}`,
	String.raw`\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})`,
	String.raw`${MONTH}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}`,
	String.raw`\d{1,2}(?:st|nd|rd|th)?[ -]${MONTH}\.?[ -]\d{4}`,
].join('|');
const TIME = String.raw`\d{1,2}(?:(?::\d{2}){1,2}(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?)`;
const ZONE = String.raw`(?:z|utc|gmt|[ecmp][sd]t|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)`;

/** A date, a time, or both. */
const LIKE_A_DATE = new RegExp(
	`^(?:(?:${DAY_OF_WEEK},? )?(?:${DATE})(?:(?:t|,? (?:at )?)${TIME})?|${TIME})(?: ?${ZONE})?$`,
	'i',
);

/** A time without a date. */
const LIKE_A_TIME = new RegExp(`^${TIME}(?: ?${ZONE})?$`, 'i');

/** A text that is all of a time and has no date, in whatever way it is written. */
export const isLikeATime = (text: string): boolean => text.length <= 60 && LIKE_A_TIME.test(text);

/** A text that is all of a date, of a time, or of both, in whatever way it is written. */
export const isLikeADate = (text: string): boolean => text.length <= 60 && LIKE_A_DATE.test(text);

/**
 * A value for a message, with `before` in front of it; '' for anything that does not look like a date or a time, because
 * it may be a name or a phone number.
 */
export const shown = (text: string, before = ''): string => (isLikeADate(text) ? `${before} ${text}` : '');

/** A text as JavaScript writes it. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Where a value comes from, as it is written in an expression: the user's own expression, or else the value itself. */
export const sourceOf = (clock: Clock, literal: string): string => clock.expression?.() ?? literal;

/**
 * The clock of a value that was read without the spaces and marks that nobody means in it. The expression in a message has to
 * take them out, too.
 */
export function withCleanSource(clock: Clock, raw: string): Clock {
	const unmarked = /^\s*['‘’=]/.test(raw) ? ".replace(/^=?['‘’\"]+|\"$/g, '')" : '';
	return {
		...clock,
		expression: () => {
			const code = clock.expression?.();
			return code && `String(${code}).trim()${unmarked}.replace(/\\s+/g, ' ')`;
		},
	};
}

/** The expression that reads a text rightly in the time zone of the item. */
export const formatExpression = (clock: Clock, text: string, format: string): string =>
	`{{ DateTime.fromFormat(${sourceOf(clock, quoted(text))}, ${quoted(format)}, { zone: '${clock.zone}' }) }}`;

/**
 * What to do about a day alone where a time of day is needed, except in the cases that a field says; '' for a field without such.
 *
 * @param expression one that gives the day as a moment
 * @noMessage It ends the messages of guesses.ts and numbers.ts.
 */
export function waysOfDay(clock: Clock, format: string, expression: string, allowed: Allowed): string {
	const { days } = allowed;
	if (!days) return '';
	const day = expression.replace(/ \}\}$/, '.toISODate() }}');
	const where = days === true ? '' : ` (${days})`;
	return `. Where a day is enough${where}, ${waysOut(clock, format, day, allowed)}`;
}

/**
 * What to do about a value that can only be read with its format; the end of a sentence.
 *
 * @noMessage It ends the messages of guesses.ts and numbers.ts.
 */
export function waysOut(clock: Clock, format: string, expression: string, { past }: Allowed): string {
	// An expression without a field would repeat the value, and nobody's day of birth is repeated.
	const written = past && clock.expression?.() === undefined ? 'it as yyyy-MM-dd' : expression;
	return clock.offersFormat
		? `set the option 'Date Format' to ${format}, or write ${written}`
		: `write ${written}`;
}
