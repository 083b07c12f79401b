import { plainText } from '../../json/text';
import type { TextField } from '../field';
import type { Kind } from './kind';
import { box, NO_TEXT } from './kind';

export const text: Kind<TextField> = {
	control: (field) => ({
		...box(field),
		...(field.rows !== undefined && { typeOptions: { rows: field.rows } }),
	}),
	read(raw, { maxLength }) {
		const value = plainText(raw);
		if (value === undefined) return NO_TEXT;
		const { length } = [...value];
		if (maxLength === undefined || length <= maxLength) return { value };
		return { wrong: `is ${length} characters long and may have ${maxLength}. Shorten it` };
	},
};
