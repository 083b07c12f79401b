import type { IDataObject } from 'n8n-workflow';

import { isDeeperThan } from '../../json/depth';
import type { JsonField } from '../field';
import type { Kind } from './kind';

/** Levels of a JSON field; what reads it later, here and at the service, may go through it by recursion. */
const DEEPEST = 100;

export const json: Kind<JsonField> = {
	control: () => ({ type: 'json', default: '{}' }),
	read(raw) {
		let value = raw;
		if (typeof raw === 'string') {
			try {
				value = JSON.parse(raw) as unknown;
			} catch {
				return {
					wrong: 'is not valid JSON. Check quotes, commas and brackets, e.g. {"key": "value"}',
				};
			}
		}
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return { wrong: 'must be a JSON object, e.g. {"key": "value"}' };
		}
		if (isDeeperThan(value, DEEPEST)) return { wrong: `is nested more than ${DEEPEST} levels deep` };
		return Object.keys(value).length === 0 ? {} : { value: value as IDataObject };
	},
};
