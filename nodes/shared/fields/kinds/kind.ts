import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { plainText } from '../../json/text';
import type { Checked } from '../checked';
import { cleaned, unmarked } from '../cleaned';
import type { Piece } from '../expression';
import type { Clock } from '../times/clock';

/** The part of an editor property that a field's kind decides. */
export type Control = Pick<
	INodeProperties,
	'type' | 'typeOptions' | 'modes' | 'options' | 'default' | 'allowArbitraryValues' | 'placeholder'
>;

/** How the values of an item are read. */
export interface Manner extends Clock {
	/** Whether a text that is too long is cut; left out where that cannot be chosen. */
	shorten?: boolean;
}

/** What the reading of one value depends on besides its field. */
export interface Reading extends Manner {
	/** The values that the field's expression put together to a text; none for a fixed value. */
	pieces(): Piece[];
	/** The values of the item's fields before it, by name. */
	before?: IDataObject;
}

/** What fields of one kind have in common. */
export interface Kind<F> {
	/** Its texts are words of people, in which a character that shows nothing may be part of an emoji or a word, and a part may be missing. */
	isWords?: true;
	/** What lacks a part of its expression is refused: a time without its AM or PM, or its offset, is another one. */
	onlyWhole?: true;
	/** It says itself what `true` and `false` mean. For any other kind they are no values. */
	takesBooleans?: true;
	/** The editor's control, unless the field is a locator (`locator.ts`). */
	control(field: F): Control;
	/**
	 * How a value is written and what its limits are, in sentences; nothing where any text is right. The field's
	 * description ends with it: people read it there when they tell a model what to fill in, and n8n's assistants do.
	 */
	format?(field: F): string | undefined;
	/** Reads a value that was filled in. */
	read(raw: unknown, field: F, reading: Reading): Checked;
}

/** A box for one line of text. */
export const box = (field: { placeholder?: string }): Control => ({
	type: 'string',
	default: '',
	...(field.placeholder !== undefined && { placeholder: field.placeholder }),
});

/** A text of one line, without what nobody means in it; undefined for a list or an object. */
export function lineOf(raw: unknown): string | undefined {
	const text = plainText(raw);
	return text === undefined ? undefined : unmarked(text);
}

/** Reads a text of one line, without control characters. */
export function line(raw: unknown, read: (text: string) => Checked): Checked {
	const text = plainText(raw);
	return text === undefined ? NO_TEXT : read(unmarked(cleaned(text)));
}

/**
 * @cause The expression gave a list or an object where a text belongs.
 * @cure Use one of its fields, such as `{{ $json.contact.name }}`, or join a list: `{{ $json.tags.join(', ') }}`.
 */
export const NO_TEXT: Checked = { wrong: 'must be a text, not a list or an object' };
