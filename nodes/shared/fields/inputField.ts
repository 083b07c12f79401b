import type { IDataObject } from 'n8n-workflow';
import { isSafeObjectProperty } from 'n8n-workflow';

import { isObject } from '../json/objects';
import { BoundedMap } from '../process/boundedMap';
import { isExpression } from './expression';

/*
 * Expressions that do nothing but name a field of the item: `={{ $json.contact.phone }}`. They are most of what people map,
 * and n8n builds a sandbox of some hundred names for each one and each item. What they give can be read from the item.
 */

const NAME = /[A-Za-z_]\w*/.source;
const POSITION = /0|[1-9]\d*/.source;
const IN_QUOTES = /"[^"\\{}\n]*"|'[^'\\{}\n]*'/.source;

/** `.contact`, `?.contact`, `["First name"]`, `[0]` */
const STEP = `\\??\\.(${NAME})|\\[(${POSITION}|${IN_QUOTES})\\]`;
const STEPS = new RegExp(STEP, 'g');
const ONE_FIELD = new RegExp(`^=\\{\\{\\s*\\$json((?:${STEP})+)\\s*\\}\\}$`);

/** How many expressions this process keeps the way of. */
const MOST_EXPRESSIONS = 500;

const ways = new BoundedMap<string[]>({ most: MOST_EXPRESSIONS });

/** The names that lead to the field; none for an expression that does anything else. */
const wayOf = (expression: string): string[] =>
	ways.getOrAdd(expression, () => {
		const [, steps = ''] = ONE_FIELD.exec(expression) ?? [];
		return [...steps.matchAll(STEPS)].map(
			([, name, inBrackets = '']) => name ?? inBrackets.replace(/^["']|["']$/g, ''),
		);
	});

type Plain = string | number | boolean;

const isPlain = (value: unknown): value is Plain => ['string', 'number', 'boolean'].includes(typeof value);

/** The value at the end of the way, if it is one that n8n gives as it is. */
function valueAt(json: IDataObject, way: string[]): Plain | undefined {
	let value: unknown = json;
	for (const name of way) {
		// Names that n8n forbids are left to n8n, which refuses them.
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
		if (!isSafeObjectProperty(name) || name in Object.prototype || /\bconstructor/.test(name))
			return undefined;
		value = (value as Record<string, unknown>)[name];
	}
	return isPlain(value) ? value : undefined;
}

/**
 * What n8n gives of a parameter whose expressions, if any, each name one field of the item.
 *
 * @param written the parameter before it is evaluated: a value, a list, a collection, a resource locator
 * @param json of the item
 * @returns undefined if n8n must evaluate it: an expression does more, or its field is missing, empty (null), a list or an
 * object
 */
export function fieldOfInput(written: unknown, json: IDataObject): unknown {
	if (isExpression(written)) {
		const way = wayOf(written);
		return way.length > 0 ? valueAt(json, way) : undefined;
	}
	if (Array.isArray(written)) {
		const values = written.map((one) => fieldOfInput(one, json));
		return values.includes(undefined) ? undefined : values;
	}
	if (!isObject(written)) return written;
	const values: Record<string, unknown> = {};
	for (const [name, one] of Object.entries(written)) {
		const value = fieldOfInput(one, json);
		if (value === undefined) return undefined;
		values[name] = value;
	}
	return values;
}
