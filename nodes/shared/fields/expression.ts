import type { FromAIArgument, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { ExpressionParser, traverseNodeParameters } from 'n8n-workflow';

import { isObject } from '../json/objects';
import { BoundedMap } from '../process/boundedMap';

/** One value that an expression puts into a text. */
export interface Piece {
	/** What stands in the expression: `$json.agent`. */
	code: string;
	value: unknown;
	/** What the text shows of it. */
	shows: string;
}

/** Whether n8n evaluates a parameter for each item. */
export const isExpression = (written: unknown): written is string =>
	typeof written === 'string' && written.startsWith('=');

/**
 * A parameter as the workflow holds it, before n8n evaluates it; of a resource locator what stands in its box.
 * Undefined where nothing was filled in.
 *
 * @param parameters of the node
 */
export function writtenOf(parameters: INodeParameters, name: string, collection?: string): unknown {
	const place: unknown = collection === undefined ? parameters : parameters[collection];
	const written = isObject(place) ? place[name] : undefined;
	return isObject(written) && 'mode' in written ? written.value : written;
}

/**
 * The arguments of a tool through which the model of an agent fills in a parameter: the keys of its `$fromAI`.
 *
 * @param written the parameter before n8n evaluates it, or several in an object
 */
export function argumentsIn(written: unknown): string[] {
	const calls: FromAIArgument[] = [];
	traverseNodeParameters(written, calls);
	return [...new Set(calls.map(({ key }) => key))];
}

/** An expression, taken apart. */
interface Parts {
	/** Fixed texts, and codes in `{{ }}`. */
	chunks: ReturnType<typeof ExpressionParser.splitExpression>;
	/** The codes, without their braces. */
	codes: string[];
	/** What the codes put together to a text. */
	operands: string[];
}

/** How many expressions this process keeps the parts of. They are the same for each item, and each item needs them. */
const MOST_EXPRESSIONS = 500;

const takenApart = new BoundedMap<Parts>({ most: MOST_EXPRESSIONS });

/** The parts of an expression; a fixed value has none. */
function partsOf(written: unknown): Parts {
	const text = isExpression(written) ? written : '';
	return takenApart.getOrAdd(text, () => {
		const chunks = ExpressionParser.splitExpression(text.slice(1)).filter((chunk) => chunk.text !== '');
		const codes = chunks.flatMap((chunk) => (chunk.type === 'code' ? [chunk.text.trim()] : []));
		return { chunks, codes, operands: codes.flatMap(operandsOf) };
	});
}

/** The codes of an expression, without their braces. */
export const codesOf = (written: unknown): string[] => partsOf(written).codes;

/**
 * An expression as one piece of code: `$json.when`, or of several pieces `` `${$json.date} ${$json.time}` ``. Undefined for a
 * fixed value.
 */
export function codeOf(written: unknown): string | undefined {
	const { chunks, codes } = partsOf(written);
	if (codes.length === 0) return undefined;
	if (codes.length === 1 && chunks.every(({ type, text }) => type === 'code' || text.trim() === ''))
		return codes[0];
	const parts = chunks.map(({ type, text }) =>
		type === 'code' ? `\${${text.trim()}}` : text.replace(/[`\\]|\$(?=\{)/g, '\\$&'),
	);
	return `\`${parts.join('').trim()}\``;
}

/**
 * The values that an expression puts together to a text, evaluated one by one: n8n only gives the whole text, in which
 * the word `undefined` looks like any other word. None for an expression that gives its value as it is.
 *
 * @param written the parameter before n8n evaluates it
 */
export function piecesOf(
	ctx: Pick<IExecuteFunctions, 'evaluateExpression'>,
	written: unknown,
	itemIndex: number,
): Piece[] {
	const { chunks, codes, operands } = partsOf(written);
	const evaluate = (code: string): unknown => {
		try {
			return ctx.evaluateExpression(`{{ ${code} }}`, itemIndex);
		} catch {
			return undefined;
		}
	};
	const inner = operands.map((code): Piece => {
		const value = evaluate(code);
		return { code, value, shows: shown(value) };
	});
	if (chunks.length < 2) return inner;
	const outer = codes.map((code): Piece => {
		const value = evaluate(code);
		// Around an expression, n8n leaves out what is not there; within one, JavaScript writes a word for it.
		const isNothing = value === undefined || value === null || Number.isNaN(value);
		return { code, value, shows: isNothing ? '' : shown(value) };
	});
	return [...outer, ...inner];
}

/** The text that JavaScript makes of a value. A list is joined, and an object without a text of its own has none. */
function shown(value: unknown): string {
	try {
		return `${value as string}`;
	} catch {
		return '';
	}
}

const QUOTES = ["'", '"', '`'];
const OPENING = '([{';
const CLOSING = ')]}';
/** Operators that bind weaker than `+`: with one of them, not all parts of a code go into the text. */
const WEAKER = /[?&|,;=<>]/;

/**
 * The parts of a code that are not fixed texts: of `'Tour with ' + $json.agent` and `` `Tour with ${$json.agent}` ``
 * that is `$json.agent`. None unless the code does nothing but put a text together.
 */
function operandsOf(code: string): string[] {
	const template = /^`([^]*)`$/.exec(code);
	if (template) return placeholdersIn(template[1] ?? '');
	const parts = summandsOf(code);
	if (parts.length < 2 || !parts.some(isFixedText)) return [];
	return parts.filter((part) => !isFixedText(part));
}

const isFixedText = (part: string): boolean => /^(['"])[^]*\1$/.test(part);

/**
 * The parts between the plus signs that stand outside of brackets and quotes; none where another operator stands there.
 */
function summandsOf(code: string): string[] {
	const parts: string[] = [];
	let from = 0;
	let depth = 0;
	for (let at = 0; at < code.length; at++) {
		const sign = code.charAt(at);
		if (QUOTES.includes(sign)) at = endOfQuote(code, at);
		else if (OPENING.includes(sign)) depth++;
		else if (CLOSING.includes(sign)) depth--;
		else if (depth === 0 && sign === '?' && code.charAt(at + 1) === '.') at++;
		else if (depth === 0 && WEAKER.test(sign)) return [];
		else if (depth === 0 && sign === '+') {
			parts.push(code.slice(from, at));
			from = at + 1;
		}
	}
	return [...parts, code.slice(from)].map((part) => part.trim());
}

/** The place of the sign that ends the quote beginning here, or of the last sign. */
function endOfQuote(code: string, from: number): number {
	for (let at = from + 1; at < code.length; at++) {
		if (code.charAt(at) === '\\') at++;
		else if (code.charAt(at) === code.charAt(from)) return at;
	}
	return code.length - 1;
}

/** The codes in the `${…}` of a template; of nested ones, only the outer one. */
function placeholdersIn(template: string): string[] {
	const codes: string[] = [];
	for (let from = template.indexOf('${'); from >= 0; from = template.indexOf('${', from)) {
		let depth = 0;
		let at = from + 1;
		do {
			const sign = template.charAt(at);
			if (QUOTES.includes(sign)) at = endOfQuote(template, at);
			else if (sign === '{') depth++;
			else if (sign === '}') depth--;
			at++;
		} while (depth > 0 && at < template.length);
		codes.push(template.slice(from + 2, at - 1).trim());
		from = at;
	}
	return codes;
}
