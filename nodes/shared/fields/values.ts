import { isObject } from '../json/objects';
import { plainText } from '../json/text';
import type { Checked } from './checked';
import { cleaned, isBlank, unmarked, visible } from './cleaned';
import { damageInText, markAlone, noValue, wordIn } from './damage';
import type { Field, FoundBy } from './field';
import { isByAnybody } from './field';
import { gapIn } from './gaps';
import { isLocator } from './locator';
import { kindOf } from './kinds';
import type { Manner, Reading } from './kinds/kind';
import { zoneOf } from './times/zones';

const isNothing = (raw: unknown): boolean =>
	raw === undefined || raw === null || (typeof raw === 'string' && isBlank(unmarked(cleaned(raw))));

/** Quotes with nothing in them, as a file of another dialect of CSV holds an empty cell. JSON of a service's own means them. */
const EMPTY_QUOTES = /^\s*["'‘“]\s*["'’”]\s*$/;

/** The value that a resource locator holds; an expression may as well give the bare value. */
const located = (raw: unknown): unknown =>
	typeof raw === 'object' && raw !== null && 'mode' in raw && 'value' in raw ? raw.value : raw;

/** What a kind reads: for all but words, without characters that show nothing. */
function readable(raw: unknown): unknown {
	const shown = (one: unknown) => (typeof one === 'string' ? visible(one) : one);
	return Array.isArray(raw) ? raw.map(shown) : shown(raw);
}

/** `true` or `false`, in a list too. */
const booleanOf = (raw: unknown): boolean | undefined =>
	[raw].flat().find((one): one is boolean => typeof one === 'boolean');

/** The mode of a locator, if its value is not an ID but something to find the record by. */
function modeOf(field: Field, given: unknown): FoundBy | undefined {
	if (field.kind !== 'record' || !isObject(given)) return undefined;
	return field.findable?.modes.find(({ mode }) => mode === given.mode);
}

/** What was given in a field. With `by`, the value is not the record's ID but what it is found by. */
export type CheckedField = Checked & { by?: FoundBy };

/**
 * Checks the value of a field.
 *
 * @param given what the editor or an expression gave
 * @param manner with the pieces of its expression, where it may be one
 */
export function checkValue(field: Field, given: unknown, manner: Manner & Partial<Reading>): CheckedField {
	const raw = isLocator(field) ? located(given) : given;
	const text = plainText(raw) ?? '';
	if (isNothing(raw) || (field.kind !== 'own' && EMPTY_QUOTES.test(text))) return {};
	const by = modeOf(field, given);
	const read = by?.field ?? field;
	const reading = { pieces: () => [], ...manner };
	const isFixed = reading.expression?.() === undefined;
	const mark = markAlone(text, !isFixed && isByAnybody(read));
	if (mark !== undefined) return { wrong: mark };
	const kind = kindOf(read);
	const boolean = kind.takesBooleans ? undefined : booleanOf(raw);
	/** @noMessage The message is in damage.ts. */
	if (boolean !== undefined) return { wrong: noValue(raw === boolean ? 'is' : 'holds', `${boolean}`) };
	const checked = kind.read(kind.isWords ? raw : readable(raw), read, reading);
	if ('wrong' in checked) {
		// The missing part of a date or a number says more than its form. In words, the mark may be somebody else's.
		const wrong = (kind.isWords ? undefined : damageInText(text, reading.pieces)) ?? checked.wrong;
		return { wrong };
	}
	if (checked.value === undefined) return checked;
	const isWhole = kind.onlyWhole ?? 'onlyWhole' in read;
	// What a record is found by, and an ID that is sent, may be those of another one without a part.
	const isTelling = !kind.isWords || by !== undefined || ('isId' in read && !read.local);
	const gap =
		isWhole || isTelling
			? gapIn(reading.pieces(), plainText(raw), { isEmptyTaken: !isWhole && kind.isWords })
			: undefined;
	if (gap !== undefined && isWhole) return { wrong: gap };
	const remark =
		checked.remark ??
		gap ??
		zoneOf(raw) ??
		wordIn(text) ??
		read.remark?.(checked.value, isFixed, raw, reading.before);
	return {
		value: checked.value,
		...(checked.names && { names: checked.names }),
		...(by && { by }),
		...(remark !== undefined && { remark }),
	};
}
