import type { IDataObject } from 'n8n-workflow';

import { isDeeperThan } from '../../json/depth';
import { cleaned } from '../cleaned';
import { damageInJson, gapIn } from '../damage';
import type { JsonField } from '../field';
import type { Kind } from './kind';

/** The most levels of a JSON field: code that reads it later, here and at the service, may be recursive. */
const DEEPEST = 100;

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
		return JSON.parse(text()) as unknown;
	} catch {
		return undefined;
	}
}

export const json: Kind<JsonField> = {
	control: () => ({ type: 'json', default: '{}' }),
	read(raw, _field, { pieces = () => [] }) {
		if (isDeeperThan(raw, DEEPEST)) return { wrong: `is nested more than ${DEEPEST} levels deep` };
		const value = asJson(() => (typeof raw === 'string' ? raw : JSON.stringify(raw)));
		if (value === undefined) return { wrong: NO_JSON };
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return { wrong: 'must be a JSON object, e.g. {"key": "value"}' };
		}
		if (isDeeperThan(value, DEEPEST)) return { wrong: `is nested more than ${DEEPEST} levels deep` };
		const wrong = leavesOf(value)
			.map(damageInJson)
			.find((found) => found !== undefined);
		if (wrong !== undefined) return { wrong };
		if (Object.keys(value).length === 0) return {};
		return { value: sendable(value) as IDataObject, remark: gapIn(pieces()) };
	},
};
