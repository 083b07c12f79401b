import { plainText, textOf } from '../../json/text';
import type { BooleanField, ChoiceField, ChoicesField } from '../field';
import type { Kind } from './kind';
import { line } from './kind';

const valuesOf = ({ options }: ChoiceField | ChoicesField): string[] =>
	options.map(({ value }) => textOf(value));

export const boolean: Kind<BooleanField> = {
	control: (field) => ({ type: 'boolean', default: field.default ?? false }),
	read(raw) {
		const text = plainText(raw)?.trim().toLowerCase();
		if (text === 'true') return { value: true };
		if (text === 'false') return { value: false };
		return { wrong: 'must be true or false' };
	},
};

export const choice: Kind<ChoiceField> = {
	control: (field) => ({ type: 'options', default: field.default ?? '', options: field.options }),
	read: (raw, field) =>
		line(raw, (text) => {
			const values = valuesOf(field);
			return values.includes(text)
				? { value: text }
				: { wrong: `must be one of: ${values.join(', ')}` };
		}),
};

export const choices: Kind<ChoicesField> = {
	control: (field) => ({ type: 'multiOptions', default: [], options: field.options }),
	read(raw, field) {
		const values = valuesOf(field);
		const chosen = (Array.isArray(raw) ? raw : [raw]).flatMap((entry: unknown) => {
			const text = plainText(entry)?.trim() ?? '?';
			// A value may itself hold a comma.
			return values.includes(text) ? [text] : text.split(',').map((part) => part.trim());
		});
		const filled = [...new Set(chosen.filter((text) => text !== ''))];
		if (filled.length === 0) return {};
		return filled.every((text) => values.includes(text))
			? { value: filled }
			: { wrong: `must be one or several of: ${values.join('; ')}` };
	},
};
