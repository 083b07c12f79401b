/**
 * The ten digits of a North American number, in whatever form it was written: `+1 (512) 555-0100 ext. 7` and
 * `512.555.0100` are the same. Undefined for anything else.
 *
 * Source: the filter `phone_1` of Propexo's list of leads, "10 digit format only", `^[2-9]\d{9}$`.
 */
export function tenDigits(written: string): string | undefined {
	// What follows is an extension, not part of the number.
	const [number = ''] = written.split(/(?:ext?\.?|x|#|;|,)/i);
	if (!/^[\s\d().+\-/–]+$/.test(number)) return undefined;
	const digits = number.replace(/\D/g, '').replace(/^(?:00)?1(?=\d{10}$)/, '');
	return /^[2-9]\d{9}$/.test(digits) ? digits : undefined;
}
