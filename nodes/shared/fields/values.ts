import { plainText } from '../json/text';
import type { Checked } from './checked';
import { cleaned, isBlank } from './cleaned';
import { markAlone } from './damage';
import type { Field } from './field';
import { isLocator } from './field';
import { kindOf } from './kinds';
import type { Reading } from './kinds/kind';

const isNothing = (raw: unknown): boolean =>
	raw === undefined || raw === null || (typeof raw === 'string' && isBlank(cleaned(raw)));

/** The value that a resource locator holds; an expression may as well give the bare value. */
const located = (raw: unknown): unknown =>
	typeof raw === 'object' && raw !== null && 'mode' in raw && 'value' in raw ? raw.value : raw;

/**
 * Checks the value of a field.
 *
 * @param given what the editor or an expression gave
 */
export function checkValue(field: Field, given: unknown, reading: Reading): Checked {
	const raw = isLocator(field) ? located(given) : given;
	if (isNothing(raw)) return {};
	const mark = markAlone(plainText(raw) ?? '');
	if (mark !== undefined) return { wrong: mark };
	const checked = kindOf(field).read(raw, field, reading);
	if ('wrong' in checked || checked.value === undefined) return checked;
	const remark = checked.remark ?? field.remark?.(checked.value);
	return { value: checked.value, ...(remark !== undefined && { remark }) };
}
