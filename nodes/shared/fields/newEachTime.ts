import type { IExecuteFunctions } from 'n8n-workflow';

import { textOf } from '../json/text';
import { codesOf } from './expression';

/*
 * Code that gives another value each time it is evaluated, such as `$now`, and what an expression makes of it.
 */

/** One such code. */
interface Changing {
	/** What it looks like. */
	pattern: string;
	/** Two values that it may have one after the other, as code. */
	values(code: string): [string, string];
}

const always =
	(...values: [string, string]): Changing['values'] =>
	() =>
		values;

/**
 * Two moments of one hour, as minutes, seconds and milliseconds: what only tells the hour or the day is the same for both, in
 * every time zone.
 */
const [EARLIER, LATER] = [
	[31, 21, 123],
	[33, 42, 456],
] as const;

const dateTimeAt = (code: string, [minute, second, millisecond]: readonly number[]) =>
	`(${code}.set({ minute: ${minute}, second: ${second}, millisecond: ${millisecond} }))`;
const epochAt = (time: readonly number[]) => `(new Date().setMinutes(${time.join()}))`;
const dateAt = (time: readonly number[]) => `(new Date${epochAt(time)})`;

const DATE_TIME: Changing['values'] = (code) => [dateTimeAt(code, EARLIER), dateTimeAt(code, LATER)];

const CHANGING: Changing[] = [
	{ pattern: String.raw`\$now\b`, values: DATE_TIME },
	{ pattern: String.raw`\bDateTime\.(?:now|local|utc)\s*\(\s*\)`, values: DATE_TIME },
	{
		pattern: String.raw`\bnew\s+Date\b(?!\s*\(\s*[^\s)])(?:\s*\(\s*\))?`,
		values: always(dateAt(EARLIER), dateAt(LATER)),
	},
	{
		pattern: String.raw`(?<![\w$.])(?<!\bnew\s+)Date\s*\(\s*\)`,
		values: always(`${dateAt(EARLIER)}.toString()`, `${dateAt(LATER)}.toString()`),
	},
	{
		pattern: String.raw`\bDate\.now\s*\(\s*\)`,
		values: always(epochAt(EARLIER), epochAt(LATER)),
	},
	{
		pattern: String.raw`\$execution(?:Id\b|\s*(?:\?\.|\.)\s*(?:id|resumeUrl|resumeFormUrl)\b|\s*\[\s*["']id["']\s*\])`,
		values: always("'11111111'", "'22222222'"),
	},
	{ pattern: String.raw`\bMath\.random\s*\(\s*\)`, values: always('0.1234567891', '0.9876543219') },
	{
		pattern: String.raw`\b(?:crypto\.)?randomUUID\s*\(\s*\)`,
		values: always("'1b4e28ba-2fa1-41d2-883f-b9a761bde3fb'", "'6fa459ea-ee8a-4ca4-894e-db77e160355e'"),
	},
];

/** Code that gives another value each time it is evaluated. */
export const NEW_EACH_TIME = CHANGING.map(({ pattern }) => pattern).join('|');

const IS_IN = new RegExp(NEW_EACH_TIME);

/** A text in quotes, or one of the codes, in a group of its own. */
const TEXT_OR_CODE = new RegExp(
	[
		String.raw`'(?:[^'\\\n]|\\.)*'`,
		String.raw`"(?:[^"\\\n]|\\.)*"`,
		...CHANGING.map(({ pattern }) => `(${pattern})`),
	].join('|'),
	'g',
);

/** A code with another value in place of each of these codes. */
const withValues = (code: string, which: 0 | 1): string =>
	code.replace(TEXT_OR_CODE, (found, ...groups) => {
		const at = groups.slice(0, CHANGING.length).findIndex((group) => group !== undefined);
		return CHANGING[at]?.values(found)[which] ?? found;
	});

/**
 * Whether an expression gives another text for the same item minutes later. It is evaluated for two such moments: it may
 * only tell the day, or need no such value for this item, as `{{ $json.id ?? $now }}`.
 *
 * @param written the parameter before n8n evaluates it
 */
export function isNewEachTime(
	ctx: Pick<IExecuteFunctions, 'evaluateExpression'>,
	written: unknown,
	itemIndex: number,
): boolean {
	return codesOf(written).some((code) => {
		if (!IS_IN.test(code)) return false;
		const at = (which: 0 | 1) => {
			const value: unknown = ctx.evaluateExpression(`{{ ${withValues(code, which)} }}`, itemIndex);
			return typeof value === 'object' ? JSON.stringify(value) : textOf(value);
		};
		try {
			return at(0) !== at(1);
		} catch {
			return false;
		}
	});
}
