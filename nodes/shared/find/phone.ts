/** Invisible characters, such as those that come along when a contact is copied. */
const INVISIBLE = /\p{Cf}/gu;
/** A word beside the number, such as "(mobile)". */
const REMARK = /\([^()\d]*\)/g;
/** What a number with a country code begins with. */
const PLUS = /^[\s(]*\+/;

/**
 * The ten digits of a North American number, in whatever form it was written: `+1 (512) 555-0100 ext. 7`,
 * `tel:+15125550100` and `512.555.0100 (mobile)` are the same. Undefined for anything else, such as ten digits that begin
 * with the code of another country: Twilio writes `+7378742833` for a caller who withholds the number, and (737) 874-2833 is
 * a number in Austin.
 *
 * Source: the filter `phone_1` of Propexo's list of leads, "10 digit format only", `^[2-9]\d{9}$`.
 */
export function tenDigits(written: string): string | undefined {
	// After one of these comes an extension, which is not part of the number.
	const [number = ''] = written
		.replace(INVISIBLE, '')
		.replace(/^\s*tel:/i, '')
		.replace(REMARK, '')
		.split(/(?:ext|x|#|;|,)/i);
	if (!/^[\s\d().+/\p{Pd}\u2212]+$/u.test(number)) return undefined;
	const all = number.replace(/\D/g, '');
	const digits = all.replace(/^(?:00)?1(?=\d{10}$)/, '');
	if (PLUS.test(number) && digits === all) return undefined;
	return /^[2-9]\d{9}$/.test(digits) ? digits : undefined;
}
