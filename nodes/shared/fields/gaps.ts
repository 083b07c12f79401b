import type { Piece } from './expression';
import { isDateObject } from './times/dateTime';

/*
 * What an expression puts into a value and finds nothing for, or no text.
 */

/** Longest piece of an expression that a message repeats, in characters. */
const LONGEST_CODE = 60;

/** A code as a message repeats it. */
export const codeShown = (code: string): string =>
	`{{ ${code.length > LONGEST_CODE ? `${code.slice(0, LONGEST_CODE)}…` : code} }}`;

/** A code that may give an empty text says so itself: `$json.offset ?? ''`. */
const EMPTY_TEXT = /''|""|``/;

/** Whether nothing is left of the word that JavaScript writes for a missing value: as in `String($json.id).replace(/\D/g, '')`. */
const isSwallowed = ({ value, shows, mayBeTaken }: Piece, text: string): boolean =>
	(value === undefined || value === null || Number.isNaN(value)) &&
	!mayBeTaken &&
	!text.toLowerCase().includes(shows.toLowerCase());

/**
 * Says which value of an address, an ID, a number or a date was not there; undefined when it is complete.
 *
 * @cause One of the values that an ID, an address, a number or a date is put together of is empty in this item, also where a
 * method takes away what stands in its place, as in `{{ String($json.id).replace(/\D/g, '') }}`. For _Event ID in
 * Your System_, the ID in the notes of an appointment, dates and times it is an error; for the other fields a hint, and the item
 * was sent.
 * @cure Open the expression and choose this item in the preview. Webhook data is under `$json.body`. If the part may be empty,
 * write `{{ $json.offset ?? '' }}`.
 *
 * @param text what they are put together to
 * @param isEmptyTaken an empty text is no gap, as in a unit that has no letter
 */
export function gapIn(pieces: Piece[], text: string | undefined, isEmptyTaken = false): string | undefined {
	const piece = pieces.find((one) => {
		if (one.mayBeEmpty) return false;
		const { shows, value, code } = one;
		if (shows === '') return value !== '' || !(isEmptyTaken || EMPTY_TEXT.test(code));
		return text !== undefined && isSwallowed(one, text);
	});
	return piece && `is not complete: ${codeShown(piece.code)} found nothing in the item`;
}

/**
 * Says which value of an ID is a list or an object; n8n writes some text for it.
 *
 * @cause A part of an ID is a list or an object.
 * @cure Use one of its fields, such as `{{ $json.call.id }}`.
 */
export function structureIn(pieces: Piece[]): string | undefined {
	const piece = pieces.find(
		({ value }) => typeof value === 'object' && value !== null && !isDateObject(value),
	);
	return piece && `holds a list or an object in place of ${codeShown(piece.code)}. Use one of its fields`;
}
