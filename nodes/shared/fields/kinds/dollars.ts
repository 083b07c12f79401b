import { plainText } from '../../json/text';
import type { DollarsField } from '../field';
import type { Kind } from './kind';

/** Dollars as people and programs write them: 1850, 1,850.00, $1,850. */
const WRITTEN = /^([+-]?)\$?(\d+|\d{1,3}(?:,\d{3})+)(\.\d{1,2})?$/;

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
	const [, sign, whole, fraction = ''] = WRITTEN.exec(plainText(raw)?.trim() ?? '') ?? [];
	return whole === undefined ? Number.NaN : Number(`${sign}${whole.replaceAll(',', '')}${fraction}`);
}

/** @noMessage A part of the message below. */
const atLeast = ({ min }: DollarsField): string => (min === undefined ? '' : ` of at least ${min}`);

export const dollars: Kind<DollarsField> = {
	control: ({ min }) => ({
		type: 'number',
		default: '',
		typeOptions: { ...(min !== undefined && { minValue: min }), numberPrecision: 2 },
	}),
	format: (field) => `An amount in dollars${atLeast(field)}.`,
	read(raw, field) {
		const cents = centsOf(dollarsIn(raw));
		/**
		 * @cause The value is no amount of money, is too small, or has a fraction of a cent.
		 * @cure Write the amount in dollars, `1850.50` or `$1,850.50`. If your system gives cents, divide by 100: `{{
		 * $json.rent / 100 }}`.
		 */
		return cents === undefined || cents < (field.min ?? -Infinity) * 100
			? { wrong: `must be an amount in dollars${atLeast(field)}, such as 1850 or 1850.50` }
			: { value: cents === 0 ? 0 : cents };
	},
};
