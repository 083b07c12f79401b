import type { IDataObject } from 'n8n-workflow';

import { isDeeperThan } from '../json/depth';
import { plainText, textOf } from '../json/text';
import type { Checked } from './checked';
import { readDateTime, readTimeOfDay, readTimeZone } from './dateTimes';
import type { ChoicesField, Field, NumberField, RecordField, TextField } from './field';
import { isLocator } from './field';

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(\.[^\s@<>()[\]\\,;:".]+)+$/;
/** A UUID in any letter case. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const nothing = (raw: unknown): boolean =>
	raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');

/** The value that a resource locator holds; an expression may as well give the bare value. */
const located = (raw: unknown): unknown =>
	typeof raw === 'object' && raw !== null && 'mode' in raw && 'value' in raw ? raw.value : raw;

/** " from 0 to 86400", or nothing for a number without limits. */
function within({ min, max }: NumberField): string {
	if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
	if (min !== undefined) return ` of at least ${min}`;
	return max !== undefined ? ` of at most ${max}` : '';
}

function readNumber(raw: unknown, field: NumberField): Checked {
	const text = plainText(raw)?.trim();
	const number = text === undefined || !/^[+-]?\d+(\.\d+)?$/.test(text) ? Number.NaN : Number(text);
	const whole = field.kind === 'wholeNumber';
	const fits =
		Number.isFinite(number) &&
		(!whole || Number.isSafeInteger(number)) &&
		number >= (field.min ?? -Infinity) &&
		number <= (field.max ?? Infinity);
	return fits ? { value: number } : { wrong: `must be a ${whole ? 'whole ' : ''}number${within(field)}` };
}

function readBoolean(raw: unknown): Checked {
	const text = plainText(raw)?.trim().toLowerCase();
	if (text === 'true') return { value: true };
	if (text === 'false') return { value: false };
	return { wrong: 'must be true or false' };
}

function readUrl(text: string): Checked {
	try {
		const { protocol } = new URL(text);
		if (protocol === 'http:' || protocol === 'https:') return { value: text };
	} catch {
		// Not an address at all: told below, like an address of another kind.
	}
	return { wrong: 'must be a web address that begins with https:// or http://' };
}

function readUuids(raw: unknown): Checked {
	const entries = (Array.isArray(raw) ? raw : [raw])
		// A list that was written down as JSON is a list all the same.
		.flatMap((entry: unknown) => (plainText(entry) ?? '?').split(/[,;\s"[\]]+/))
		.filter((entry) => entry !== '');
	const ids = [...new Set(entries.map((entry) => entry.toLowerCase()))];
	if (ids.length === 0) return {};
	const strange = ids.findIndex((id) => !UUID.test(id));
	if (strange < 0) return { value: ids };
	const which = ids.length > 1 ? `its ${strange + 1}. entry is not` : 'it is not';
	return { wrong: `must hold user IDs such as 1259ef6e-61ee-42cb-b6bd-7fe547569d7c; ${which}` };
}

function readChoices(raw: unknown, field: ChoicesField): Checked {
	const values = field.options.map(({ value }) => textOf(value));
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
}

/** Levels of a JSON field; what reads it later, here and at the service, may go through it by recursion. */
const DEEPEST = 100;

function readJson(raw: unknown): Checked {
	let value = raw;
	if (typeof raw === 'string') {
		try {
			value = JSON.parse(raw) as unknown;
		} catch {
			return { wrong: 'is not valid JSON. Check quotes, commas and brackets, e.g. {"key": "value"}' };
		}
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return { wrong: 'must be a JSON object, e.g. {"key": "value"}' };
	}
	if (isDeeperThan(value, DEEPEST)) return { wrong: `is nested more than ${DEEPEST} levels deep` };
	return Object.keys(value).length === 0 ? {} : { value: value as IDataObject };
}

function readRecord(raw: unknown, field: RecordField): Checked {
	const text = plainText(raw)?.trim();
	const what = field.record;
	if (text === undefined) return { wrong: `must be ${what}` };
	if (!field.numeric) {
		return /[\s/\\\p{Cc}\p{Cs}]/u.test(text)
			? { wrong: `must be ${what}: a single one, without spaces, line breaks and slashes` }
			: { value: text };
	}
	const id = Number(text);
	if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return { value: id };
	return { wrong: `must be ${what}: a positive whole number such as 12345` };
}

function readText(text: string, { maxLength }: TextField): Checked {
	const { length } = [...text];
	if (maxLength === undefined || length <= maxLength) return { value: text };
	return { wrong: `is ${length} characters long and may have ${maxLength}. Shorten it` };
}

function readTexts(text: string, field: Field): Checked {
	if (field.kind === 'phone' && !/\d{3}/.test(text.replace(/[\s().+-]/g, '')))
		return { wrong: 'must be a phone number' };
	if (field.kind === 'email' && !EMAIL.test(text))
		return { wrong: 'must be one e-mail address such as nathan@example.com' };
	if (field.kind === 'emails' && !text.split(/[,;]/).every((one) => EMAIL.test(one.trim()))) {
		return { wrong: 'must be e-mail addresses such as nathan@example.com, separated by commas' };
	}
	if (field.kind === 'timeOfDay') return readTimeOfDay(text);
	if (field.kind === 'timeZone') return readTimeZone(text);
	return { value: text };
}

/**
 * Checks one raw parameter value against its field.
 *
 * The complaint completes "'Label' …" and never repeats the value: it may be the renter's.
 *
 * @param given what the editor or an expression gave
 * @param zone IANA zone in which date-times without an offset are read; they keep none while it is not known
 */
export function checkValue(field: Field, given: unknown, zone?: string): Checked {
	const raw = isLocator(field) ? located(given) : given;
	if (nothing(raw)) return {};
	switch (field.kind) {
		case 'dateTime':
			return readDateTime(raw, zone);
		case 'wholeNumber':
		case 'number':
			return readNumber(raw, field);
		case 'boolean':
			return readBoolean(raw);
		case 'choices':
			return readChoices(raw, field);
		case 'uuids':
			return readUuids(raw);
		case 'json':
			return readJson(raw);
		case 'record':
			return readRecord(raw, field);
	}
	const text = plainText(raw);
	if (text === undefined) return { wrong: 'must be a text, not a list or an object' };
	if (field.kind === 'text') return readText(text, field);
	if (field.kind === 'choice') {
		const values = field.options.map(({ value }) => textOf(value));
		return values.includes(text.trim())
			? { value: text.trim() }
			: { wrong: `must be one of: ${values.join(', ')}` };
	}
	if (field.kind === 'url') return readUrl(text.trim());
	const checked = readTexts(text.trim(), field);
	return 'wrong' in checked || field.kind !== 'phone' || !field.refine
		? checked
		: field.refine(text.trim());
}
