import type { INodePropertyOptions } from 'n8n-workflow';

import { plainText } from '../../json/text';
import type { BooleanField, Choice, ChoiceField, ChoicesField } from '../field';
import type { Kind } from './kind';
import { line, lineOf } from './kind';

/** What letter case, spaces and punctuation do not change: `No Answer`, `no-answer` and `NO_ANSWER` are one. */
export const withoutCaseAndSigns = (text: string): string =>
	text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The value of the option that a text names: by its name in the editor, its value, or a word of another system; also by its
 * name without what stands in brackets, if only one option has that.
 */
export function chosen(options: Choice[], text: string): string | undefined {
	if (options.some(({ value }) => value === text)) return text;
	const word = withoutCaseAndSigns(text);
	if (word === '') return undefined;
	const named = ({ name, value, alsoTaken = [] }: Choice) =>
		[name, value, ...alsoTaken].some((known) => withoutCaseAndSigns(known) === word);
	const [short, ...others] = options.filter(
		({ name }) => withoutCaseAndSigns(name.replace(/\([^()]*\)/, '')) === word,
	);
	return (options.find(named) ?? (others.length === 0 ? short : undefined))?.value;
}

/** What programs call a choice: `in-progress`, `NO_ANSWER`. A capital in front, or several words, may be somebody's name. */
const LIKE_A_CHOICE = /^(?:\p{Ll}[\p{L}\p{N}_-]{0,39}|[\p{Lu}\p{N}_-]{1,40})$/u;
/** More digits than these may be a phone number or an ID. */
const MOST_DIGITS = 4;

/**
 * "is 'ringing' and ", for a message; '' for a text that may be something else in the wrong field.
 *
 * @noMessage It begins the messages below.
 */
const givenAs = (text: string, has = 'is'): string =>
	LIKE_A_CHOICE.test(text) && text.replace(/\D/g, '').length <= MOST_DIGITS ? `${has} '${text}' and ` : '';

/**
 * The options as the editor shows them, with the words of other systems that are taken for them.
 *
 * @noMessage
 */
function shownOptions(options: Choice[]): INodePropertyOptions[] {
	return options.map(({ name, value, description: own, alsoTaken = [] }) => {
		const words = alsoTaken.length > 0 ? `Also accepted: ${alsoTaken.join(', ')}` : '';
		const description = [own, words].filter(Boolean).join('. ');
		return { name, value, ...(description !== '' && { description }) };
	});
}

const namesOf = (options: Choice[]): string => options.map(({ name }) => name).join('; ');

/** More choices than these are read in the list, not in a sentence. */
const MOST_TOLD = 12;

/**
 * The editor marks no value as wrong that is none of the options: a choice also takes its name, other letter case, and
 * words of other systems. What is wrong is told by the run, before anything is sent.
 */
const ANY_WORD = true;

/** The choices in a sentence, for people and models who do not see the list. */
const told = (beginning: string, options: Choice[]): string | undefined =>
	options.length > MOST_TOLD ? undefined : `${beginning}: ${namesOf(options)}.`;

/** Words and numbers that mean on or off to every program. The decimals are those of a column of numbers. */
const ON = /^(?:true|t|yes|y|on|1(?:\.0)?)$/i;
const OFF = /^(?:false|f|no|n|off|0(?:\.0)?)$/i;

/** Whether a value turns a switch on, also one of a trigger; undefined for any other word. */
export function isOn(raw: unknown): boolean | undefined {
	const text = lineOf(raw) ?? '';
	return ON.test(text) || (OFF.test(text) ? false : undefined);
}

export const boolean: Kind<BooleanField> = {
	takesBooleans: true,
	control: (field) => ({ type: 'boolean', default: field.default ?? false }),
	read(raw) {
		const value = isOn(raw);
		if (value !== undefined) return { value };
		/**
		 * @cause The expression of a switch gave something other than true or false, yes or no, on or off, 1 or 0.
		 * @cure Say in the expression what each word means, as the message does. Any other word then gives nothing.
		 */
		return {
			wrong: `${givenAs(lineOf(raw) ?? '')}must be true or false, as in {{ ({ Agreed: true, Refused: false })[$json.answer] }}`,
		};
	},
};

export const choice: Kind<ChoiceField> = {
	takesBooleans: true,
	control: (field) => ({
		type: 'options',
		allowArbitraryValues: ANY_WORD,
		default: field.default ?? '',
		options: shownOptions(field.options),
	}),
	format: ({ options }) => told('One of', options),
	read: (raw, { options }) =>
		line(raw, (text) => {
			const value = chosen(options, text);
			/**
			 * @example 'Call Status' is 'ringing' and must be one of: Abandoned; Answered; Busy
			 * @cause The expression gave a word that the field does not take.
			 * @cure Use a name from the panel, the API's word or [a word of your phone
			 * system](field-kinds.md#words-of-other-systems), or translate it: `{{ ({ true: 'Answered', false: 'No
			 * Answer' })[$json.answered] }}`.
			 */
			return value === undefined
				? { wrong: `${givenAs(text)}must be one of: ${namesOf(options)}` }
				: { value };
		}),
};

/**
 * The values of the options that one text names, separated by commas, semicolons or line breaks, or a part that is none of
 * them. Names may have commas in them, so the longest name that fits counts.
 */
function chosenIn(options: Choice[], text: string): string[] | { unknown: string } {
	const parts = text.split(/[,;\n]/);
	const longest = Math.max(...options.map(({ name }) => name.split(',').length));
	const counts = Array.from({ length: longest }, (_, index) => longest - index);
	const values: string[] = [];
	for (let at = 0; at < parts.length;) {
		const named = (count: number) => chosen(options, parts.slice(at, at + count).join(','));
		const count = counts.find((most) => named(most) !== undefined) ?? 1;
		const value = named(count);
		if (value !== undefined) values.push(value);
		else if (parts[at]?.trim() !== '') return { unknown: parts[at]?.trim() ?? '' };
		at += count;
	}
	return values;
}

export const choices: Kind<ChoicesField> = {
	takesBooleans: true,
	control: (field) => ({
		type: 'multiOptions',
		allowArbitraryValues: ANY_WORD,
		default: field.default ?? [],
		options: shownOptions(field.options),
	}),
	format: ({ options }) => told('One or several of', options),
	read(raw, { options }) {
		const values = [raw].flat().map((entry) => chosenIn(options, plainText(entry) ?? '?'));
		const strange = values.find((some): some is { unknown: string } => 'unknown' in some);
		if (strange) {
			const given = givenAs(strange.unknown, 'holds');
			/**
			 * @cause One of the values that the expression gave is no choice of the field.
			 * @cure Use names from the panel, separated by commas.
			 */
			return { wrong: `${given}must be one or several of: ${namesOf(options)}` };
		}
		const found = [...new Set(values.flatMap((some) => ('unknown' in some ? [] : some)))];
		return found.length === 0 ? {} : { value: found };
	},
};
