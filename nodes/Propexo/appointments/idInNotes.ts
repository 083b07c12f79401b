import { visible } from '../../shared/fields/cleaned';
import { textOf } from '../../shared/json/text';
import type { RecordFinder } from '../records/record';

/*
 * An ID that another system wrote into the notes of an appointment when it booked: which words are one, what else these
 * words may be, and the number of a change behind it.
 */

/** A number as a single word: `#3`. Behind an ID it is that of a change: `4711 #3`. */
const NUMBER = /^#(\d+)$/;

/** The words of some notes, without the punctuation around them. */
const wordsIn = (notes: string): string[] =>
	visible(notes)
		.split(/\s+/)
		.map((word) => word.replace(/^[([{"'<]+/, '').replace(/(?<![)\]}"'>.,;:!?])[)\]}"'>.,;:!?]+$/, ''));

/** The fewest letters and digits of an ID. */
const SHORTEST_ID = 4;

/** The letters and digits of a word. */
const signsOf = (word: string): string => word.replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a word may be the ID of something: `4711`, `sm4791`. */
const isId = (word: string): boolean => /\d/.test(word) && signsOf(word).length >= SHORTEST_ID;

/** The number of a change in the words of some notes: at this place, behind an ID. `Booking #4711` is an ID as a whole. */
function changeAt(words: string[], place: number): number | undefined {
	const [, change] = NUMBER.exec(words[place] ?? '') ?? [];
	return change !== undefined && isId(words[place - 1] ?? '') ? Number(change) : undefined;
}

/** The words of an ID in notes, without the number of a change. */
function wordsOfId(id: string): string[] {
	const words = wordsIn(id.trim());
	const last = words.length - 1;
	return changeAt(words, last) === undefined ? words : words.slice(0, last);
}

/** An ID may stand in notes behind the name of its system: `Rent Cafe Tour #4711`. */
const MOST_WORDS = 4;

/** All runs of so many words that some notes hold. */
function phrasesIn(notes: string): string[] {
	const words = wordsIn(notes);
	return words.flatMap((_, place) =>
		Array.from({ length: MOST_WORDS }, (__, more) => words.slice(place, place + more + 1).join(' ')),
	);
}

/** Notes hold numbers of up to seven digits for other reasons too: units, houses, ZIP codes, rents, times. */
const LONGEST_OF_UNITS = 7;

/** Whether a text is only a number, as notes may hold it for another reason: `4711`, `$1,850`. */
const isShortNumber = (text: string): boolean =>
	!/[\s\p{L}]/u.test(text) && signsOf(text).length <= LONGEST_OF_UNITS;

/** How many digits an ID needs that nothing stands before. `2-bedroom` has one, and is no ID. */
const FEWEST_DIGITS = 3;

/** Whether a word can hardly be anything but an ID. A date and a phone number have no letters, but signs between the digits. */
const isSureAlone = (word: string): boolean =>
	signsOf(word).length > LONGEST_OF_UNITS &&
	word.replace(/\D/g, '').length >= FEWEST_DIGITS &&
	(/\p{L}/u.test(word) || /^#?\d+$/.test(word));

/** The fewest letters and digits of a word that only a program writes, and how often a capital follows a small letter in it. */
const MADE = { signs: 16, humps: 4 };

/**
 * Whether a text has a word that only a program writes, also where it has few digits or none: `GBGBDCAADAEDCRZ2`,
 * `bKqTzXcVnMpLrWsYhGfDjA`.
 */
const isMade = (text: string): boolean =>
	text
		.split(/[^\p{L}\p{N}]+/u)
		.some(
			(word) =>
				word.length >= MADE.signs &&
				(/\d/.test(word) || word.split(/(?<=\p{Ll})(?=\p{Lu})/u).length > MADE.humps),
		);

/**
 * Why notes may hold an ID for another reason: it is only words, such as the name of its system; a number such as that of a unit;
 * or, among the notes of anybody, too little. Undefined if they hold it for no other.
 *
 * @param isAnybodys nothing says whose appointment it is
 */
export function whyUnsure(id: string, isAnybodys: boolean): 'words' | 'number' | 'little' | undefined {
	const words = wordsOfId(id);
	const phrase = words.join(' ');
	if (isMade(phrase)) return undefined;
	if (!/\d/.test(phrase)) return 'words';
	if (isShortNumber(phrase)) return 'number';
	const isSure = words.length > 1 ? words.some(isId) : isSureAlone(phrase);
	return isAnybodys && !isSure ? 'little' : undefined;
}

/** The numbers of changes that notes name, each with the IDs that it may stand behind. */
export function numberedIn(notes: string): Array<{ ids: string[]; change: number }> {
	const words = wordsIn(notes);
	return words.flatMap((_, place) => {
		const change = changeAt(words, place);
		if (change === undefined) return [];
		const starts = Array.from({ length: MOST_WORDS }, (_, more) => place - 1 - more).filter(
			(start) => start >= 0,
		);
		return [{ ids: starts.map((start) => words.slice(start, place).join(' ')), change }];
	});
}

/** The number of the last change that notes name behind an ID; undefined if they name none. */
export function changeIn(notes: string, id: string): number | undefined {
	const sought = wordsOfId(id).join(' ');
	const changes = numberedIn(notes).flatMap(({ ids, change }) => (ids.includes(sought) ? [change] : []));
	return changes.length === 0 ? undefined : Math.max(...changes);
}

/**
 * @cause An appointment is to be found by its start or its notes, and nothing says among which.
 * @cure Say whose appointment it is, or choose its integration.
 */
const NO_PLACE = "is not enough: say whose appointment it is too, or choose its 'Integration'";

/** Appointments are found among those of somebody or some place: a whole account may hold thousands. */
const lacksPlace = (within: object): string | undefined =>
	Object.keys(within).length === 0 ? NO_PLACE : undefined;

/**
 * For appointments that another system booked and wrote its own ID into their notes. It has no `query`: their list has no
 * filter by notes.
 */
export const byNotes: RecordFinder = {
	mode: 'notes',
	is: 'a note with the ID',
	field: {
		name: 'idInNotes',
		label: 'ID in Its Notes',
		kind: 'text',
		isId: true,
		onlyWhole: true,
		placeholder: 'e.g. Calendly 4711',
		description:
			'The ID that your own system wrote into the notes, a word with a digit in it. A number of up to seven digits, and without a person any short ID, needs the word before it: Calendly 4711. If your system counts its changes, add the number, here and in the notes, so that a late one undoes no newer one: Calendly 4711 #3.',
	},
	alike: (text) => wordsOfId(text).join(' '),
	of: ({ notes }) => phrasesIn(textOf(notes)),
	lacks: lacksPlace,
};
