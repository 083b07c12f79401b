import type { IDataObject } from 'n8n-workflow';

import { isDeeperThan } from '../../json/depth';
import { isObject } from '../../json/objects';
import { cleaned } from '../cleaned';
import { damageInJson, gapIn } from '../damage';
import type { JsonField } from '../field';
import type { Kind } from './kind';

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

/** The texts, numbers and so on in a JSON value; of a limited depth. */
function leavesOf(value: unknown): unknown[] {
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [value];
}

/** What JSON holds of a value: dates become texts, functions are left out. Undefined for what JSON cannot hold. */
function asJson(text: () => string): unknown {
	try {
		return JSON.parse(text().trim()) as unknown;
	} catch {
		return undefined;
	}
}

/** Whether a JSON value names anything. Of a limited depth. */
const isBare = (value: unknown): boolean => leavesOf(value).every((leaf) => leaf === null || leaf === '');

/**
 * @cause The JSON is an empty list, an empty object or an empty text, or has nothing but those in it.
 * @cure Fill it in, or remove the field.
 */
const BARE = 'holds nothing. Fill it in, or remove the field';

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

/** What JSON is in a field, by `holds`. */
const FORMS: Record<NonNullable<JsonField['holds']> | 'object', Form> = {
	object: {
		empty: '{}',
		format: 'A JSON object such as {"key": "value"}.',
		fits: isObject,
		/**
		 * @cause The JSON is something other than an object.
		 * @cure Write an object, in curly brackets.
		 */
		wrong: 'must be a JSON object, e.g. {"key": "value"}',
		isNothing: (value) => isObject(value) && Object.keys(value).length === 0,
	},
	list: {
		empty: '[]',
		format: 'A JSON list of objects such as [{"key": "value"}].',
		fits: (value) => Array.isArray(value) && value.every(isObject),
		/**
		 * @cause The JSON is something other than a list of objects.
		 * @cure Write a list in square brackets, with an object in curly brackets for each entry.
		 */
		wrong: 'must be a JSON list of objects, e.g. [{"key": "value"}]',
		isNothing: () => false,
	},
	anything: {
		empty: '',
		fits: (value) => value === null || !isBare(value),
		wrong: BARE,
		isNothing: (value) => value === null,
	},
};

const formOf = ({ holds }: JsonField): Form => FORMS[holds ?? 'object'];

export const json: Kind<JsonField> = {
	isWords: true,
	takesBooleans: true,
	control: (field) => ({ type: 'json', default: formOf(field).empty }),
	format: (field) => formOf(field).format,
	read(raw, field, { pieces }) {
		if (isDeeperThan(raw, DEEPEST)) return { wrong: TOO_DEEP };
		const value = asJson(() => (typeof raw === 'string' ? raw : JSON.stringify(raw)));
		if (value === undefined) return { wrong: NO_JSON };
		if (isDeeperThan(value, DEEPEST)) return { wrong: TOO_DEEP };
		const form = formOf(field);
		if (!form.fits(value)) return { wrong: form.wrong };
		// Written as JSON, NaN and Infinity become null.
		const numbers = leavesOf(raw).filter((leaf) => typeof leaf === 'number');
		const wrong = [...numbers, ...leavesOf(value)].map(damageInJson).find((found) => found !== undefined);
		if (wrong !== undefined) return { wrong };
		if (form.isNothing(value)) return {};
		return { value: sendable(value) as IDataObject, remark: gapIn(pieces()) };
	},
};
