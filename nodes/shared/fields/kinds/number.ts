import { plainText } from '../../json/text';
import type { NumberField } from '../field';
import type { Kind } from './kind';
import { box } from './kind';

/**
 * " from 0 to 86400", or nothing for a number without limits.
 *
 * @noMessage A part of the message below.
 */
function within({ min, max }: NumberField): string {
	if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
	if (min !== undefined) return ` of at least ${min}`;
	return max !== undefined ? ` of at most ${max}` : '';
}

/** A number that is written out in digits. With an exponent or a comma it may mean something else. */
const written = (text: string): number => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

const isWhole = ({ kind }: NumberField): boolean => kind === 'wholeNumber';

/** The editor does not mark an empty box for a number, even of a required one; so such a number is typed into a box for text. */
const isMarkedWhenEmpty = ({ required, default: given }: NumberField): boolean =>
	required === true && given === undefined;

export const number: Kind<NumberField> = {
	control: (field) =>
		isMarkedWhenEmpty(field)
			? box(field)
			: {
					type: 'number',
					default: field.default ?? '',
					typeOptions: {
						minValue: field.min,
						maxValue: field.max,
						...(isWhole(field) && { numberPrecision: 0 }),
					},
				},
	format: (field) =>
		isWhole(field) || within(field) !== ''
			? `A ${isWhole(field) ? 'whole ' : ''}number${within(field)}.`
			: undefined,
	read(raw, field) {
		const value = typeof raw === 'number' ? raw : written(plainText(raw)?.trim() ?? '');
		const fits =
			Number.isFinite(value) &&
			(!isWhole(field) || Number.isSafeInteger(value)) &&
			value >= (field.min ?? -Infinity) &&
			value <= (field.max ?? Infinity);
		/**
		 * @example 'Call Duration (Seconds)' must be a whole number from 0 to 86400
		 * @cause The value is no number, or lies outside of the limits of the field.
		 * @cure Write the number in digits, without commas and units. Fix the expression if it gives something else.
		 */
		return fits
			? { value }
			: { wrong: `must be a ${isWhole(field) ? 'whole ' : ''}number${within(field)}` };
	},
};
