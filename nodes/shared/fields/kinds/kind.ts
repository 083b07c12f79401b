import type { INodeProperties } from 'n8n-workflow';

import { plainText } from '../../json/text';
import type { Checked } from '../checked';
import type { Field } from '../field';
import type { Clock } from '../times/clock';

/** The part of an editor property that a field's kind decides. */
export type Control = Pick<
	INodeProperties,
	'type' | 'typeOptions' | 'modes' | 'options' | 'default' | 'allowArbitraryValues' | 'placeholder'
>;

/** What fields of one kind have in common. */
export interface Kind<F extends Field> {
	/** The editor's control, unless the field is a locator (`locator.ts`). */
	control(field: F): Control;
	/**
	 * Reads a value that was filled in.
	 *
	 * @param clock how dates and times are read
	 *
	 * A complaint completes "'Label' …" and never repeats the value: it may be the renter's.
	 */
	read(raw: unknown, field: F, clock: Clock): Checked;
}

/** A box for one line of text. */
export const box = (field: { placeholder?: string }): Control => ({
	type: 'string',
	default: '',
	...(field.placeholder !== undefined && { placeholder: field.placeholder }),
});

/** Reads a text of one line; blanks around it were not meant. */
export function line(raw: unknown, read: (text: string) => Checked): Checked {
	const text = plainText(raw);
	return text === undefined ? NO_TEXT : read(text.trim());
}

export const NO_TEXT: Checked = { wrong: 'must be a text, not a list or an object' };
