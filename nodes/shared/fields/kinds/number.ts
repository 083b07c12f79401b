import type { DollarsField, NumberField } from '../field';
import type { Kind } from './kind';
import { box, lineOf } from './kind';

/**
 * " from 0 to 86400", or nothing for a number without limits.
 *
 * @noMessage A part of the messages below.
 */
function within({ min, max }: Pick<NumberField, 'min' | 'max'>): string {
	if (min === undefined) return '';
	return max === undefined ? ` of at least ${min}` : ` from ${min} to ${max}`;
}

/** A number that is written out in digits. With an exponent or a comma it may mean something else. */
const written = (text: string): number => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

/** Thousands to some, and a fraction to others: `1.500`, `1,500`. No number of thousands begins with 0. */
const THOUSANDS = /^[+-]?(?:\$\s?)?[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * What is wrong with a number that may have its point or comma before thousands or before a fraction.
 *
 * @cause In many countries 1.500 is one thousand five hundred, and a program that writes three decimals means one and a half.
 * @cure Write one of the two. Of a fraction give a number rather than a text, `{{ $json.rooms && Number($json.rooms.replace(',', '.')) }}`;
 * of thousands take the sign out, `{{ $json.seconds.replace(/[.,]/, '') }}`.
 */
const AMBIGUOUS = {
	wrong: 'may mean thousands or a fraction, as 1.500 may be 1500 or 1.5. Write the one that is meant',
};

const ifThousands = (raw: unknown): typeof AMBIGUOUS | undefined =>
	typeof raw === 'string' && THOUSANDS.test(lineOf(raw) ?? '') ? AMBIGUOUS : undefined;

/** @noMessage It ends the message of a number that does not fit. */
function more(value: number, { max = Infinity, tooMuch }: NumberField): string {
	if (Number.isNaN(value)) return ', in digits without commas and units';
	return tooMuch !== undefined && value > max ? `. ${tooMuch}` : '';
}

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
		const ambiguous = ifThousands(raw);
		if (ambiguous) return ambiguous;
		const value = typeof raw === 'number' ? raw : written(lineOf(raw) ?? '');
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
			: {
					wrong: `must be a ${isWhole(field) ? 'whole ' : ''}number${within(field)}${more(value, field)}`,
				};
	},
};

/** Dollars as people and programs write them: 1850, 1,850.00, $1,850, $ 1,850.00; 1850.0000 in a database. */
const WRITTEN = /^([+-]?)(?:\$\s?)?(\d+|\d{1,3}(?:,\d{3})+)(\.\d{1,2}0*)?$/;

/** How far off a computed amount may be, as a part of the amount: 0.1 + 0.2 is 0.30000000000000004. */
const DRIFT = 1e-12;

/** Amounts from here on cannot be told to the cent. */
const TOO_MUCH = 1e12;

/** Whole cents, by the digits rather than by calculation; undefined for an amount with a fraction of a cent. */
function centsOf(amount: number): number | undefined {
	const written = amount.toFixed(2);
	const isDrift = Math.abs(Number(written) - amount) <= Math.abs(amount) * DRIFT;
	return isDrift && Math.abs(amount) < TOO_MUCH ? Number(written.replace('.', '')) : undefined;
}

function dollarsIn(raw: unknown): number {
	if (typeof raw === 'number') return raw;
	const [, sign, whole, fraction = ''] = WRITTEN.exec(lineOf(raw) ?? '') ?? [];
	return whole === undefined || (fraction !== '' && ifThousands(raw))
		? Number.NaN
		: Number(`${sign}${whole.replaceAll(',', '')}${fraction}`);
}

export const dollars: Kind<DollarsField> = {
	control: ({ min }) => ({
		type: 'number',
		default: '',
		typeOptions: { ...(min !== undefined && { minValue: min }), numberPrecision: 2 },
	}),
	format: (field) => `An amount in dollars${within(field)}.`,
	read(raw, field) {
		const cents = centsOf(dollarsIn(raw));
		/**
		 * @cause The value is no amount of money, is too small, or has a fraction of a cent.
		 * @cure Write the amount in dollars, `1850.50` or `$1,850.50`. If your system gives cents, divide by 100: `{{
		 * $json.rent > 0 ? $json.rent / 100 : $json.rent }}`.
		 */
		return cents === undefined || cents < (field.min ?? -Infinity) * 100
			? (ifThousands(raw) ?? {
					wrong: `must be an amount in dollars${within(field)}, such as 1850 or 1850.50`,
				})
			: { value: cents === 0 ? 0 : cents };
	},
};
