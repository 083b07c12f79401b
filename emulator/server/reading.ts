import type { JsonObject } from '../json.ts';
import type { Schema } from './route.ts';

/** A body as it was read: parsed JSON, or the text itself and why it could not be parsed. */
export interface ReadBody {
	value: unknown;
	/** Empty where it could be read. */
	unreadable: string;
}

/**
 * Reads a body by its content type. A body that is not JSON stays a text, so that the ledger shows it.
 * @param type the header `Content-Type`
 */
export function readBody(type: string, text: string): ReadBody {
	if (text === '') return { value: undefined, unreadable: '' };
	if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
		return { value: text, unreadable: `Unsupported content type ${type || '(none)'}` };
	}
	try {
		return { value: JSON.parse(text) as unknown, unreadable: '' };
	} catch (error) {
		return { value: text, unreadable: error instanceof Error ? error.message : String(error) };
	}
}

/** Query texts as the numbers, booleans and lists that the schemas require; a text that is none of them stays a text. */
export function readQuery(query: JsonObject, parameters: Record<string, Schema>): JsonObject {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name,
			readParameter(value, parameters[name]?.['type']),
		]),
	);
}

function readParameter(value: unknown, type: unknown): unknown {
	const types: unknown[] = Array.isArray(type) ? type : [type];
	if (types.includes('array')) return Array.isArray(value) ? value : [value];
	if (typeof value !== 'string') return value;
	if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(value))
		return Number(value);
	if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
	return value;
}

/** Whether a text anywhere in `value` holds a NUL, which no text column of PostgreSQL takes. */
export function holdsNul(value: unknown): boolean {
	if (typeof value === 'string') return value.includes('\0');
	return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul);
}
