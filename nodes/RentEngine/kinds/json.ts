import type { IDataObject } from 'n8n-workflow';

import { cleaned } from '../../shared/fields/cleaned';
import { damageInText, markAlone } from '../../shared/fields/damage';
import { gapIn } from '../../shared/fields/gaps';
import type { OwnField } from '../../shared/fields/field';
import type { Kind } from '../../shared/fields/kinds/kind';
import { isRounded, roundedAs } from '../../shared/fields/lostDigits';
import { isDateObject } from '../../shared/fields/times/dateTime';
import { isDeeperThan, isObject } from '../../shared/json/objects';
import { plainText, textOf } from '../../shared/json/text';

/** The most levels of a JSON field: code that reads it later, here and at the service, may be recursive. */
const DEEPEST = 100;

/**
 * @cause The JSON has lists or objects within each other, a hundred levels deep or more.
 * @cure Give a flatter value; most likely a whole response was put into the field.
 */
const TOO_DEEP = `is nested more than ${DEEPEST} levels deep`;

/**
 * @cause The text is not written as JSON.
 * @cure Check quotes, commas and brackets. `{{ JSON.stringify($json.answers) }}` writes a value as JSON.
 */
const NO_JSON = 'is not valid JSON. Check quotes, commas and brackets, e.g. {"key": "value"}';

/** The same JSON with texts that can be sent; of a limited depth. */
function sendable(value: unknown): unknown {
	if (typeof value === 'string') return cleaned(value);
	if (Array.isArray(value)) return value.map(sendable);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleaned(key), sendable(inner)]));
}

/** The texts, numbers, dates and so on in a value; of a limited depth. */
function leavesOf(value: unknown): unknown[] {
	const isOuter = typeof value === 'object' && value !== null && !isDateObject(value);
	return isOuter ? Object.values(value).flatMap(leavesOf) : [value];
}

/** What JSON holds of a value: dates become texts, functions are left out. Undefined for what JSON cannot hold. */
function asJson(text: () => string): unknown {
	try {
		return JSON.parse(text().trim()) as unknown;
	} catch {
		return undefined;
	}
}

/** What programs write where there is nothing. */
const BARE = /^(?:false|0)?$/i;

/**
 * Whether a JSON value names nothing. `false` and `0` are no event and no ID; in a property of another name they may say
 * something. Of a limited depth.
 */
function isBare(value: unknown, isId = true): boolean {
	if (Array.isArray(value)) return value.every((one) => isBare(one, isId));
	if (typeof value === 'object' && value !== null && !isDateObject(value))
		return Object.entries(value).every(([name, inner]) => isBare(inner, /id$/i.test(name)));
	const text = textOf(value).trim();
	return text === '' || (isId && BARE.test(text));
}

/** What JSON may be in a field. */
interface Form {
	/** What the editor begins with. */
	empty: string;
	/** How it is written, if not just anything is taken. */
	format?: string;
	fits(value: unknown): boolean;
	wrong: string;
	/** Whether there is nothing in it that could be sent. */
	isNothing(value: unknown): boolean;
}

/** From here on JavaScript writes a number with an exponent: nobody has such an ID. */
const LONGEST_WRITTEN_OUT = 1e21;

/** What is damaged in a text, a number or a date within JSON. */
function damageInJson(value: unknown): string | undefined {
	if (typeof value === 'string' || Number.isNaN(value) || isDateObject(value)) {
		const text = `${value as string}`;
		return damageInText(text) ?? markAlone(text)?.replace(/^is (.*?) instead of a value/, 'holds $1');
	}
	if (!isRounded(value)) return undefined;
	const size = Math.abs(value);
	// JSON has no infinity: 1e400 would go out as null.
	return size < LONGEST_WRITTEN_OUT || size === Infinity ? `holds ${roundedAs(value)}` : undefined;
}

const jsonOf = (form: Form): Kind<OwnField> => ({
	isWords: true,
	takesBooleans: true,
	control: () => ({ type: 'json', default: form.empty }),
	format: () => form.format,
	read(raw, _field, { pieces }) {
		if (isDeeperThan(raw, DEEPEST)) return { wrong: TOO_DEEP };
		const value = asJson(() => (typeof raw === 'string' ? raw : JSON.stringify(raw)));
		if (value === undefined) return { wrong: NO_JSON };
		if (isDeeperThan(value, DEEPEST)) return { wrong: TOO_DEEP };
		if (!form.fits(value)) return { wrong: form.wrong };
		// Written as JSON, NaN, Infinity and a date that could not be read become null.
		const wrong = [raw, value]
			.flatMap(leavesOf)
			.map(damageInJson)
			.find((found) => found !== undefined);
		if (wrong !== undefined) return { wrong };
		if (form.isNothing(value)) return {};
		return {
			value: sendable(value) as IDataObject,
			remark: gapIn(pieces(), plainText(raw), { isEmptyTaken: true }),
		};
	},
});

/** An object. */
export const json = jsonOf({
	empty: '{}',
	format: 'A JSON object such as {"key": "value"}.',
	fits: isObject,
	/**
	 * @cause The JSON is something other than an object.
	 * @cure Write an object, in curly brackets.
	 */
	wrong: 'must be a JSON object, e.g. {"key": "value"}',
	isNothing: (value) => isObject(value) && Object.keys(value).length === 0,
});

/** A list of objects, which may be empty. */
export const jsonList = jsonOf({
	empty: '[]',
	format: 'A JSON list of objects such as [{"key": "value"}].',
	fits: (value) => Array.isArray(value) && value.every(isObject),
	/**
	 * @cause The JSON is something other than a list of objects.
	 * @cure Write a list in square brackets, with an object in curly brackets for each entry.
	 */
	wrong: 'must be a JSON list of objects, e.g. [{"key": "value"}]',
	isNothing: () => false,
});

/** Anything, where the service does not say what it takes. */
export const anyJson = jsonOf({
	empty: '',
	fits: (value) => value === null || !isBare(value),
	/**
	 * @cause The JSON is an empty list, an empty object, an empty text, false or 0, or has nothing but those in it.
	 * @cure Fill it in, or remove the field.
	 */
	wrong: 'holds nothing but empty values, false or 0. Fill it in, or remove the field',
	isNothing: (value) => value === null,
});
