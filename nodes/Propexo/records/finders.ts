import { DateTime } from 'luxon';

import { visible } from '../../shared/fields/cleaned';
import { textOf } from '../../shared/json/text';
import { emailAlike, idAlike, nameAlike, phoneAlike } from '../../shared/find/alike';
import { tenDigits } from '../../shared/find/phone';
import { emailSpellings, idSpellings } from '../../shared/find/spellings';
import type { RecordFinder } from './record';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/*
 * The finders of Propexo's records: what people hold, and the filter of the list. `noun` names the record in
 * descriptions.
 */

export const byEmail = (noun: string): RecordFinder => ({
	mode: 'email',
	is: 'the e-mail address',
	given: {
		name: 'email1',
		api: 'email_1',
		label: 'Email',
		kind: 'email',
		placeholder: 'e.g. nathan@example.com',
		description: `The ${noun}'s primary address, as the PMS holds it`,
	},
	alike: emailAlike,
	of: ({ email_1 }) => [email_1],
	query: (email_1) => ({ email_1 }),
	spellings: emailSpellings,
	typed: (text) => (EMAIL.test(text) ? text : undefined),
});

/** Source: the filter `phone_1`, "10 digit format only". */
export const byPhone = (noun: string): RecordFinder => ({
	mode: 'phone',
	is: 'the phone number',
	given: {
		name: 'phone1',
		api: 'phone_1',
		label: 'Phone Number',
		kind: 'phone',
		placeholder: 'e.g. (512) 555-0100',
		refine: (written) => {
			const digits = tenDigits(written);
			return digits === undefined
				? {
						/**
						 * @cause Propexo finds people by numbers of ten digits alone, or there are several numbers.
						 * @cure Give one number with its area code. For one of another country, find the person by
						 * e-mail address.
						 */
						wrong: 'must be a number in the USA or Canada with its area code, such as (512) 555-0100',
					}
				: { value: digits };
		},
		description: `The ${noun}'s primary number, in any common form`,
	},
	alike: phoneAlike,
	of: ({ phone_1 }) => [phone_1],
	query: (phone_1) => ({ phone_1 }),
	typed: tenDigits,
});

/** It has no `typed`: any text may be an ID of a PMS, so a typed text is not taken for one. */
export const byPmsId = (noun: string, example: string): RecordFinder => ({
	mode: 'pmsId',
	is: 'the PMS ID',
	given: {
		name: 'xId',
		api: 'x_id',
		label: 'PMS ID',
		kind: 'text',
		isId: true,
		placeholder: `e.g. ${example}`,
		description: `The ID of the ${noun} in the PMS. It needs an integration too, and the property where the PMS counts those of each by itself.`,
	},
	alike: idAlike,
	of: ({ x_id }) => [x_id],
	query: (x_id) => ({ x_id }),
	spellings: idSpellings,
	// Source: Propexo's guide on filtering.
	needs: 'Integration',
	lacks: ({ integration_id }) =>
		integration_id === undefined
			? /**
				 * @cause IDs of two PMSs may be the same, so the ID alone does not say who is meant.
				 * @cure Choose the integration too.
				 */
				"is an ID of the PMS, and needs an 'Integration' beside it"
			: undefined,
});

/** It has no `query`: no list has a filter by name. */
export const byName = (noun: string, example: string): RecordFinder => ({
	mode: 'name',
	is: 'the name',
	given: {
		name: 'name',
		label: 'Name',
		kind: 'text',
		placeholder: `e.g. ${example}`,
		description: `The whole name of the ${noun}; letter case and accents do not matter`,
	},
	alike: nameAlike,
	of: ({ name }) => [name],
});

/** For employees. It has no `query`: their list has no filter by it. */
export const byWorkEmail: RecordFinder = {
	mode: 'email',
	is: 'the e-mail address',
	given: {
		name: 'email',
		label: 'Email',
		kind: 'email',
		placeholder: 'e.g. jordan@example.com',
		description: "The employee's address, as the PMS holds it",
	},
	alike: emailAlike,
	of: ({ email }) => [email],
};

/** Source: the filter `unit_number`, which needs `property_id`. */
export const byUnitNumber: RecordFinder = {
	mode: 'number',
	is: 'the number',
	given: {
		name: 'number',
		api: 'unit_number',
		label: 'Unit Number',
		kind: 'text',
		isId: true,
		placeholder: 'e.g. 204',
		description: 'The number of the unit in its property, as the PMS holds it',
	},
	alike: nameAlike,
	of: ({ number }) => [number],
	needs: 'Property',
	query: (unit_number, { property_id }) => (property_id === undefined ? undefined : { unit_number }),
	spellings: 'any',
};

/**
 * @cause An appointment is to be found by its start or its notes, and nothing says among which.
 * @cure Say whose appointment it is, or choose its integration.
 */
const NO_PLACE = "is not enough: say whose appointment it is too, or choose its 'Integration'";

/** Appointments are found among those of somebody or some place: a whole account may hold thousands. */
const lacksPlace = (within: object): string | undefined =>
	Object.keys(within).length === 0 ? NO_PLACE : undefined;

/**
 * @cause An appointment is to be found by its start, and nothing says whose it is. Somebody else's may begin at the same
 * time.
 * @cure Say whose appointment it is. If nobody knows, find it by the ID in its notes.
 */
const NO_PERSON =
	"is not enough: say whose appointment it is too, because somebody else's may begin at the same time";

const lacksPerson = (within: object): string | undefined =>
	['lead_id', 'applicant_id', 'resident_id'].some((filter) => filter in within) ? undefined : NO_PERSON;

/** The minute of a moment, which PMSs keep no finer; '' for a text without an offset. */
function minuteAlike(text: string): string {
	const at = DateTime.fromISO(text, { setZone: true });
	return at.isValid && /(?:z|[+-]\d{2}:?\d{2})$/i.test(text) ? `${Math.floor(at.toMillis() / 60_000)}` : '';
}

/** For appointments, with `start` as their clocks tell it. It has no `query`: their list has no filter by time. */
export const byStart: RecordFinder = {
	mode: 'start',
	is: 'the start',
	given: {
		name: 'start',
		label: 'Start',
		kind: 'dateTime',
		anyAge: true,
		description: 'When it begins, in any time zone; before it is moved, if it is',
	},
	alike: minuteAlike,
	of: ({ start }) => [start],
	lacks: lacksPerson,
};

/** A number as a single word: `#3`. Behind an ID it is that of a change: `4711 #3`. */
const NUMBER = /^#(\d+)$/;

/** The words of some notes, without the punctuation around them. */
const wordsIn = (notes: string): string[] =>
	visible(notes)
		.split(/\s+/)
		.map((word) => word.replace(/^[([{"'<]+|[)\]}"'>.,;:!?]+$/g, ''));

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

/** What only a program writes, also where it has few digits or none: `GBGBDCAADAEDCRZ2`, `bKqTzXcVnMpLrWsYhGfDjA`. */
const MADE = /(?=[\p{L}\p{N}]*(?:\d|(?:\p{Ll}+\p{Lu}+){4}))[\p{L}\p{N}]{16}/u;

/**
 * Why notes may hold an ID for another reason: it is only words, such as the name of its system; a number such as that of a unit;
 * or, among the notes of anybody, too little. Undefined if they hold it for no other.
 *
 * @param isAnybodys nothing says whose appointment it is
 */
export function doubtOf(id: string, isAnybodys: boolean): 'words' | 'number' | 'little' | undefined {
	const words = wordsOfId(id);
	const phrase = words.join(' ');
	if (MADE.test(phrase)) return undefined;
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
 * For appointments that another system booked and wrote its own ID into their notes. It has no `query`: their list has no
 * filter by notes.
 */
export const byNotes: RecordFinder = {
	mode: 'notes',
	is: 'a note with the ID',
	given: {
		name: 'idInNotes',
		label: 'ID in Its Notes',
		kind: 'text',
		isId: true,
		onlyWhole: true,
		placeholder: 'e.g. Calendly 4711',
		description:
			'The ID that your own system wrote into the notes when it booked, as a word of its own. It has a digit. A number of up to seven digits needs the word before it too, as in Calendly 4711: it may be that of a unit. So does, without a person, any short ID. Where your system counts its changes, put the number behind the ID, as in Calendly 4711 #3, here and in the notes: once Propexo shows the notes of a newer change, one that comes late does not undo it.',
	},
	alike: (text) => wordsOfId(text).join(' '),
	of: ({ notes }) => phrasesIn(textOf(notes)),
	lacks: lacksPlace,
};
