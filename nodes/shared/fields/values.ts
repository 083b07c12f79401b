import type { Checked } from './checked';
import type { Field } from './field';
import { isLocator } from './field';
import { kindOf } from './kinds';
import type { Clock } from './times/clock';

const isNothing = (raw: unknown): boolean =>
	raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');

/** The value that a resource locator holds; an expression may as well give the bare value. */
const located = (raw: unknown): unknown =>
	typeof raw === 'object' && raw !== null && 'mode' in raw && 'value' in raw ? raw.value : raw;

/**
 * Checks the value of a field.
 *
 * @param given what the editor or an expression gave
 */
export function checkValue(field: Field, given: unknown, clock: Clock): Checked {
	const raw = isLocator(field) ? located(given) : given;
	return isNothing(raw) ? {} : kindOf(field).read(raw, field, clock);
}
