import type { FromAIArgument, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { ExpressionParser, traverseNodeParameters } from 'n8n-workflow';

import { isObject } from '../json/objects';
import { BoundedMap } from '../process/boundedMap';
import type { Composed } from './composed';
import { composedOf, isOneForAll } from './composed';

/** One value that an expression puts into a text. */
export interface Piece {
	/** What stands in the expression: `$json.agent`. */
	code: string;
	value: unknown;
	/** What the text shows of it. */
	shows: string;
	/** The expression itself asks whether it is empty. */
	mayBeEmpty?: boolean;
	/** The expression itself takes away what stands there in place of a value. */
	mayBeTaken?: boolean;
	/** Where methods have left nothing of a value: the value. */
	from?: unknown;
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

/** A value that an expression takes from the workflow, and not from the model of an agent: `$('Webhook').first().json.body.id`. */
const OF_INPUT =
	/\$(?:\((?:'[^']*'|"[^"]*")\)|json|input)(?:\??\.\w+(?:\(\d*\))?|\[(?:'[^']*'|"[^"]*"|\d+)\])*/g;

/** What stands in place of a value that is missing. */
const STAND_IN = "'1a2b3c'";

/**
 * Whether an expression of a tool gives nothing because of a value of the workflow, and not of an argument of the model: with
 * any text in place of what is missing, it gives one.
 *
 * @param written the parameter before n8n evaluates it
 * @param isMissing whether a value is none
 */
export function lacksInput(
	ctx: Pick<IExecuteFunctions, 'evaluateExpression'>,
	written: unknown,
	isMissing: (value: unknown) => boolean,
): boolean {
	const lacks = (code: string): boolean => {
		try {
			return isMissing(ctx.evaluateExpression(`{{ ${code} }}`, 0));
		} catch {
			return true;
		}
	};
	return codesOf(written).some((code) => {
		const completed = code.replace(OF_INPUT, (found) => (lacks(found) ? STAND_IN : found));
		return completed !== code && !lacks(completed);
	});
}

/** An expression, taken apart. */
interface Parts {
	/** Fixed texts, and codes in `{{ }}`. */
	chunks: ReturnType<typeof ExpressionParser.splitExpression>;
	/** The codes, without their braces. */
	codes: string[];
	composed: Composed[];
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
		return { chunks, codes, composed: codes.map(composedOf) };
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

/** Whether a code names a word outside of another code in it: `'N/A'` in `$json.id.replace('N/A', '')`. */
function names(code: string, inner: string, word: string): boolean {
	const around = code.split(inner).join(' ');
	return around.split(/\W+/).includes(word) || (/\w\W+\w/.test(word) && around.includes(word));
}

/** Methods that leave a part of a text. */
const CUTTING = /^(?:slice|substr(?:ing)?|split)$/;

/** Fewer letters may be the end of any word. */
const SHORTEST_REST = 3;

/** Whether the end or the beginning of a text is the rest of a word that was cut. */
function holdsRest(text: string, word: string): boolean {
	for (let length = SHORTEST_REST; length <= word.length; length++)
		if (text.endsWith(word.slice(0, length)) || text.startsWith(word.slice(-length))) return true;
	return false;
}

/**
 * Whether an expression takes away the word that stands for a missing value, and may mean it: it names that word, as in
 * `String($json.unit).replace('undefined', '')`, or keeps only the beginning or the end of a longer text.
 *
 * @param text what the expression gives
 */
function isTakenBy({ code, parts, changedBy = [] }: Composed, piece: Piece, text: string): boolean {
	if (names(code, piece.code, piece.shows)) return true;
	const isAlone = parts.length === 1 && parts[0]?.made !== undefined;
	return !isAlone && changedBy.some((method) => CUTTING.test(method)) && !holdsRest(text, piece.shows);
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
	const { chunks, composed } = partsOf(written);
	const valueOf = (code: string): unknown => ctx.evaluateExpression(`{{ ${code} }}`, itemIndex);
	/** What methods have left nothing of, unless the expression takes away just that. */
	const emptied = ({ code, of }: Composed): Pick<Piece, 'from' | 'mayBeEmpty'> => {
		const from = of === undefined ? undefined : gives(of);
		const isNamed = of !== undefined && typeof from === 'string' && from !== '' && names(code, of, from);
		return { from, ...(isNamed && { mayBeEmpty: true }) };
	};
	const evaluated = (
		{ code, made = code, ...rest }: Composed,
		show: (value: unknown) => string,
	): Piece[] => {
		try {
			const value = valueOf(code);
			const text = made === code ? value : valueOf(made);
			// A list, an object or a boolean of which the expression itself makes a text is meant.
			const isMeant = (typeof value === 'object' && value !== null) || typeof value === 'boolean';
			const piece = { code, value: isMeant ? text : value, shows: show(text) };
			return [piece.value === '' ? { ...piece, ...emptied({ ...rest, code }) } : piece];
		} catch {
			return [];
		}
	};
	const gives = (code: string): unknown => {
		try {
			return valueOf(code);
		} catch {
			return undefined;
		}
	};
	const partsIn = (whole: Composed): Piece[] => {
		const { code, parts, isList } = whole;
		// A sum of fields may be a number, and `concat` of a list gives a list.
		const given = parts.length === 0 ? undefined : gives(code);
		if (typeof given !== 'string') return [];
		return parts.flatMap((part) => {
			if (part.when !== undefined && !gives(part.when)) return [];
			const inner = partsIn(part);
			const show = isList ? shownInList : shown;
			const pieces = inner.length > 0 ? inner : evaluated(part, show);
			// As in `$json.unit != null ? ' ' + $json.unit : ''`.
			const isAsked = (asked: string) =>
				part.when?.split(asked).some((rest, nth) => nth > 0 && !/^\w/.test(rest));
			return pieces.map((piece) => ({
				...piece,
				mayBeEmpty: piece.mayBeEmpty === true || isAsked(piece.code),
				mayBeTaken: piece.mayBeTaken === true || isTakenBy(whole, piece, given),
			}));
		});
	};
	return composed.flatMap((one) => {
		const inner = partsIn(one);
		// Around an expression, n8n leaves out what is not there; within one, JavaScript writes a word for it.
		const show = (value: unknown) => (Number.isNaN(value) ? '' : shownInList(value));
		return inner.length > 0 || chunks.length < 2 ? inner : evaluated(one, show);
	});
}

/** The text that JavaScript makes of a value. A list is joined, and an object without a text of its own has none. */
function shown(value: unknown): string {
	try {
		return `${value as string}`;
	} catch {
		return '';
	}
}

/** The same in a list that is joined: nothing for what is not there. */
const shownInList = (value: unknown): string => shown([value]);

/**
 * Whether an expression has nothing of the item in its text: fixed texts, the values of the workflow, or a condition whose
 * side for this item is such a text, as in `$json.id ? 'A-' + $json.id : 'A'`.
 *
 * @param written the parameter before n8n evaluates it
 */
export function isSameForOthers(
	ctx: Pick<IExecuteFunctions, 'evaluateExpression'>,
	written: unknown,
	itemIndex: number,
): boolean {
	const holds = ({ when }: Composed): boolean => {
		if (when === undefined) return true;
		try {
			return Boolean(ctx.evaluateExpression(`{{ ${when} }}`, itemIndex));
		} catch {
			return false;
		}
	};
	const isSame = ({ code, parts, sides }: Composed): boolean => {
		const side = sides?.find(holds);
		if (side) return isSame(side);
		if (parts.length > 0) return parts.filter(holds).every(isSame);
		return isOneForAll(code);
	};
	const { composed } = partsOf(written);
	return composed.length > 0 && composed.every(isSame);
}
