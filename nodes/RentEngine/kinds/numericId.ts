import type { WrittenId } from '../../shared/fields/field';
import { WHOLE_NUMBER } from '../../shared/json/schema';

/** The IDs of RentEngine's prospects and units. */
export const numericId: WrittenId = {
	/**
	 * @example 'Prospect' must be a prospect's RentEngine ID: a positive whole number such as 12345
	 * @cause The ID of this service is a number, and the value is none. n8n sets a field to _By ID_ when a value is dragged
	 * into it.
	 * @cure Give the number, or set the first box of the field to what the value is, such as a phone number.
	 */
	as: 'a positive whole number such as 12345',
	read(text) {
		const id = Number(text);
		// As programs write a column of numbers: 12345.0.
		return /^[1-9]\d*(?:\.0)?$/.test(text) && Number.isSafeInteger(id) ? id : undefined;
	},
	schema: WHOLE_NUMBER,
};
