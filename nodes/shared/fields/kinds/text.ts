import { opened, plainText } from '../../json/text';
import { cleaned, inOneLine, shortened, unmarked, visible, withoutDecimals } from '../cleaned';
import {
	BOOLEAN_WORD,
	damageInCode,
	damageInText,
	HOLDS_UNFILLED,
	objectMarkIn,
	unfilledIn,
} from '../damage';
import type { TextField } from '../field';
import { isByAnybody } from '../field';
import { lettersLostIn } from '../lostLetters';
import { INVALID_DATE, isDateObject } from '../times/dateTime';
import { withoutCaseAndSigns } from './choice';
import type { Kind } from './kind';
import { box, NO_TEXT } from './kind';

/** A text as it is meant. Spaces around it and invisible characters are kept only in a box of several rows. */
function meant(given: string, { isId, rows }: Pick<TextField, 'isId' | 'rows'>): string {
	if (isId) return withoutDecimals(unmarked(visible(cleaned(given))));
	return rows === undefined ? inOneLine(given).replace(/^="(.*)"$/, '$1') : cleaned(given);
}

/**
 * @example 'First Name' is the text False. Check that it is meant: some systems give it in place of a text
 * @cause A hint: the text is no more than True or False. It was sent. It may be meant, but some systems, such as Odoo, give
 * False for a field that is empty.
 * @cure Nothing, if it is meant. Otherwise correct what was sent, and leave such a value out from now on.
 */
const booleanWordIn = (value: string): string | undefined =>
	BOOLEAN_WORD.test(value)
		? `is the text ${value}. Check that it is meant: some systems give it in place of a text`
		: undefined;

export const text: Kind<TextField> = {
	isWords: true,
	control: (field) => ({
		...box(field),
		...(field.rows !== undefined && { typeOptions: { rows: field.rows } }),
	}),
	format: ({ maxLength, limitedFor }) =>
		maxLength === undefined || limitedFor
			? undefined
			: `Up to ${maxLength} character${maxLength === 1 ? '' : 's'}.`,
	read(raw, field, reading) {
		const { pieces, shorten, expression } = reading;
		const { maxLength, isId, rows } = field;
		const isLong = rows !== undefined;
		const isOthers = isByAnybody(field) && expression?.() !== undefined;
		const isDate = isDateObject(raw);
		// In an ID, a list may be meant: two values that are put together to a key. A date is written as n8n does it in a collection.
		const given = plainText(isDate ? raw.toJSON() : isId || isLong || isOthers ? raw : opened(raw));
		if (given === undefined) return isDate ? INVALID_DATE : NO_TEXT;
		const value = meant(given, field);
		const damage = isId ? damageInCode(value, raw, reading) : damageInText(value, pieces, raw, isOthers);
		const isLabel = withoutCaseAndSigns(value) === withoutCaseAndSigns(field.label);
		const unfilled = isLabel ? HOLDS_UNFILLED : unfilledIn(value);
		// A person may have written so in a text of several lines or in an email, or as plain words: the subject "Email Subject".
		const mayBeMeant = isLong || isOthers || (isLabel && /^[a-z ]+$/i.test(value));
		const wrong = damage ?? (mayBeMeant ? undefined : unfilled);
		if (wrong !== undefined) return { wrong };
		if (maxLength === undefined || value.length <= maxLength)
			return {
				value,
				remark:
					unfilled ?? objectMarkIn(value) ?? booleanWordIn(value) ?? lettersLostIn(given, !isLong),
			};
		// A part of an ID is the ID of something else.
		const short = shorten && !isId ? shortened(value, maxLength) : '';
		/**
		 * @cause A hint: the text is longer than its field takes, and the option _Shorten Notes_ is on, so its end is not sent.
		 * @cure Nothing, or shorten the text where it comes from.
		 */
		if (short !== '') {
			return {
				value: short,
				remark: `is longer than its ${maxLength} characters and is cut`,
			};
		}
		/** @noMessage It ends the message below. */
		const way = shorten !== false || isId ? '' : ", or add the option 'Shorten Notes'";
		/**
		 * @example 'Notes' is 300 characters long, and the limit is 256. Shorten it
		 * @cause The text is longer than its field takes.
		 * @cure Add the option _Shorten Notes_, or shorten the text yourself. Not with `.slice`, which may cut an emoji
		 * in half.
		 */
		return {
			wrong: `is ${value.length} characters long, and the limit is ${maxLength}. Shorten it${way}`,
		};
	},
};
