import type { Allowed, Clock } from './clock';
import { fixedZone } from './fixedText';
import { dayOfFormat, isOfTime, tokensOf } from './tokens';

/*
 * The ways out that messages about dates name: an expression to paste, or the option *Date Format*. An expression gives what
 * the clock on the wall shows, as a text. So all that holds for other dates holds for it too: the time zone is that of the
 * item, and a time that its clocks skip or show twice is refused.
 */

/** A text as JavaScript writes it. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Where a value comes from, as it is written in an expression: the user's own expression, or else the value itself. */
export const sourceOf = (clock: Clock, literal: string): string => clock.expression?.() ?? literal;

/** The code of an expression as one operand: `$json.when`, `($json.when || $json.date)`. */
export const operand = (source: string): string => (/^[\w$.[\]'"]+$/.test(source) ? source : `(${source})`);

/** The clock of a value that was changed before it was read. The expression in a message has to change it, too. */
export const withSource = (clock: Clock, change: (code: string) => string): Clock => ({
	...clock,
	expression: () => {
		const code = clock.expression?.();
		return code && change(code);
	},
});

/** The clock of a value that was read without the spaces and marks that nobody means in it. */
export function withCleanSource(clock: Clock, raw: string): Clock {
	const unmarked = /^\s*['‘’=]/.test(raw) ? ".replace(/^=?['‘’\"]+|\"$/g, '')" : '';
	return withSource(clock, (code) => `String(${code}).trim()${unmarked}.replace(/\\s+/g, ' ')`);
}

/** A format that begins like ISO, and puts the day before the month, rules ISO out. */
export const isDayBeforeMonth = (format = ''): boolean => /^y+\W*d/.test(format);

/** Tokens that only count what a wall clock and a calendar show. */
const COUNTS = /^[yMdHhmsa]+$/;

/** How an expression writes a date or a day, so that it is read again as what it is. */
function shapeOf({ format }: Clock, isDay: boolean): string {
	const iso = isDay ? 'yyyy-MM-dd' : 'yyyy-MM-dd HH:mm:ss';
	if (format === undefined || !isDayBeforeMonth(format)) return iso;
	const own = (isDay ? dayOfFormat(format) : format) ?? '';
	const tokens = tokensOf(own);
	const isPlain = tokens.every((token) => COUNTS.test(token)) && !('offset' in fixedZone(own));
	return isPlain && tokens.some(isOfTime) !== isDay ? own : iso;
}

/**
 * Ends an expression that makes a date in UTC, where each time of day exists, and once. Of what is no date it gives the words
 * Invalid DateTime, which are refused.
 */
export const asWallText = (clock: Clock, isDay: boolean): string =>
	`.toFormat(${quoted(shapeOf(clock, isDay))})`;

/** The expression that reads a text as a format says. */
export const formatExpression = (clock: Clock, text: string, format: string, isDay: boolean): string =>
	`{{ DateTime.fromFormat(${sourceOf(clock, quoted(text))}, ${quoted(format)}, { zone: 'utc' })${asWallText(clock, isDay)} }}`;

/** The expression that reads a text that ends with its offset, as a format says: it gives that moment, or the day there. */
export const momentExpression = (clock: Clock, text: string, format: string, isDay: boolean): string =>
	`{{ DateTime.fromFormat(${sourceOf(clock, quoted(text))}, ${quoted(format)}, { zone: 'utc', setZone: true })${isDay ? asWallText(clock, isDay) : ''} }}`;

/**
 * What to do about a day alone where a time of day is needed, except in the cases that a field says; '' for a field without such.
 *
 * @param expression one that gives the day
 * @noMessage It ends the messages of guesses.ts and numbers.ts.
 */
export function waysOfDay(clock: Clock, format: string, expression: string, allowed: Allowed): string {
	const { days } = allowed;
	if (!days) return '';
	const where = days === true ? '' : ` (${days})`;
	return `. Where a day is enough${where}, ${waysOut(clock, format, expression, allowed)}`;
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
