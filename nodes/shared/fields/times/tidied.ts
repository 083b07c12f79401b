import { operand, withSource } from './advised';
import type { Clock } from './clock';

/*
 * What people write otherwise than luxon reads it: `2:30 p.m.`, `Sept 14`, `Tues`. It means one thing.
 */

const HALF: [RegExp, string] = [/(\d ?[ap])(?:\. ?m\.?|m\.)(?![a-z])/i, '$1m'];
const NAMES: Array<[RegExp, string]> = [
	[/\bsept\b/i, 'Sep'],
	[/\b(tue)s\b/i, '$1'],
	[/\b(wed)s\b/i, '$1'],
	[/\b(thu)rs?\b/i, '$1'],
];
/** The point behind a short name of a month, which some formats have. */
const POINT: [RegExp, string] = [/\b(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.(?=[ -]\d)/i, '$1'];

const change = (text: string, changes: Array<[RegExp, string]>): string =>
	changes.reduce((changed, [from, to]) => changed.replace(from, to), text);

/** The ways in which a text may be what a format says, with the text itself first. */
export const waysToRead = (text: string): Set<string> =>
	new Set([text, change(text, [HALF, ...NAMES]), change(text, [HALF, ...NAMES, POINT])]);

/** A text as luxon reads it, and the clock whose expression changes it in the same way. */
export function tidied(text: string, clock: Clock): { text: string; clock: Clock } {
	const changes = [HALF, ...NAMES, POINT];
	const code = changes
		.filter((one, index) => one[0].test(change(text, changes.slice(0, index))))
		.map(([from, to]) => `.replace(/${from.source}/i, '${to}')`)
		.join('');
	return {
		text: change(text, changes),
		clock: code === '' ? clock : withSource(clock, (source) => `${operand(source)}${code}`),
	};
}
