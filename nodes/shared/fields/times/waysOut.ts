import type { Clock } from './clock';

/** A text as JavaScript writes it. */
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Where a value comes from, as it is written in an expression: the user's own expression, or else the value itself. */
export const sourceOf = (clock: Clock, literal: string): string => clock.expression?.() ?? literal;

/**
 * The clock of a value that was read without the spaces and the apostrophe that nobody means in it. The expression in a message
 * has to take them out, too.
 */
export function withCleanSource(clock: Clock, raw: string): Clock {
	const unmarked = /^\s*['’=]/.test(raw) ? ".replace(/^=?['’\"]|\"$/g, '')" : '';
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
 * What to do about a value that can only be read with its format; the end of a sentence.
 *
 * @noMessage It ends the messages of guesses.ts and numbers.ts.
 */
export const waysOut = ({ offersFormat }: Clock, format: string, expression: string): string =>
	offersFormat
		? `set the option 'Date Format' to ${format}, or write ${expression}`
		: `write ${expression}`;
