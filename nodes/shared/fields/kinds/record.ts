import { plainText } from '../../json/text';
import { damageInCode, gapIn } from '../damage';
import type { RecordField } from '../field';
import type { Kind } from './kind';
import { box } from './kind';

/** IDs go into paths and queries. What separates and encloses the entries of a list is in none. */
export const NO_ID = /[\s/\\,;"'[\]{}<>\p{Cc}\p{Cs}]/u;

export const record: Kind<RecordField> = {
	control: box,
	read(raw, { record: what, numeric }, { pieces }) {
		const text = plainText(raw)?.trim();
		/**
		 * @example 'Lead' must be a lead's Propexo ID
		 * @cause The expression gave a list or an object where an ID belongs.
		 * @cure Use its ID, such as `{{ $json.lead.id }}`.
		 */
		if (text === undefined) return { wrong: `must be ${what}` };
		const wrong = damageInCode(raw, text, pieces);
		if (wrong !== undefined) return { wrong };
		if (!numeric) {
			/**
			 * @example 'Lead' must be a lead's Propexo ID: a single one, without spaces, slashes, commas, quotes and brackets
			 * @cause The value has spaces, commas, quotes or the like in it, so it is no single ID.
			 * @cure Give one ID, or choose the record from the list.
			 */
			return NO_ID.test(text)
				? { wrong: `must be ${what}: a single one, without spaces, slashes, commas, quotes and brackets` }
				: { value: text, remark: gapIn(pieces()) };
		}
		const id = Number(text);
		if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return { value: id };
		/**
		 * @example 'Prospect' must be a prospect's RentEngine ID: a positive whole number such as 12345
		 * @cause The ID of this service is a number, and the value is none.
		 * @cure Give the number, or find the record by what people hold, such as a phone number.
		 */
		return { wrong: `must be ${what}: a positive whole number such as 12345` };
	},
};
