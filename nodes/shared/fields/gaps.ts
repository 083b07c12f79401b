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
/** The same, but for what a method puts in place of something: `$json.id.replace(/\D/g, '')`. */
const EMPTY_SIDE = /(?<![(,]\s?)(?:''|""|``)|\$if(?:Empty)?\([^]*(?:''|""|``)/;

/** Letters and digits, in small letters. */
const barely = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** How a value is looked through for gaps. */
interface Looking {
	/** An empty text is no gap, as in a unit that has no letter. */
	isEmptyTaken?: boolean;
	/** Whether a text stands in place of a value, such as `N/A`. */
	isNone?(text: string): boolean;
}

/** Whether there is nothing, or only a word in place of it. */
const isNothing = (value: unknown, isNone: Looking['isNone'] = () => false): boolean =>
	value === undefined ||
	value === null ||
	Number.isNaN(value) ||
	(typeof value === 'string' && (value === '' || isNone(value)));

/** Whether nothing is left of the word that stands for a missing value: as in `String($json.id).replace(/\D/g, '')`. */
const isSwallowed = ({ value, shows, mayBeTaken }: Piece, text: string, isNone: Looking['isNone']): boolean =>
	value !== '' && isNothing(value, isNone) && !mayBeTaken && !barely(text).includes(barely(shows));

/** Whether a piece that shows nothing, or only spaces, is a gap. */
function isEmptyGap({ code, value, from }: Piece, { isEmptyTaken = false, isNone }: Looking): boolean {
	if (typeof value !== 'string' || value.trim() !== '') return true;
	return !isEmptyTaken && !(isNothing(from, isNone) ? EMPTY_SIDE : EMPTY_TEXT).test(code);
}

/**
 * Says which value of an address, an ID, a number or a date was not there; undefined when it is complete.
 *
 * @cause An ID, an address, a number or a date is put together of several values, and one of them is empty in this item. A method
 * may have taken away the word for it, as in `{{ String($json.id).replace(/\D/g, '') }}`, or N/A in _Event ID in Your System_. It
 * is an error in that field, in the ID in the notes of an appointment, and in dates and times. For the other fields it is a hint,
 * and the item was sent.
 * @cure Open the expression and choose this item in the preview. Webhook data is under `$json.body`. If the part may be empty,
 * write `{{ $json.offset ?? '' }}`.
 *
 * @param text what they are put together to
 */
export function gapIn(pieces: Piece[], text: string | undefined, looking: Looking = {}): string | undefined {
	const piece = pieces.find((one) => {
		if (one.mayBeEmpty) return false;
		if (one.shows.trim() === '') return isEmptyGap(one, looking);
		return text !== undefined && isSwallowed(one, text, looking.isNone);
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
