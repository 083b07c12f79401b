import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ExpressionParser } from 'n8n-workflow';

import { markAlone } from '../fields/damage';
import type { Problem } from '../fields/item';
import { isObject } from '../json/objects';
import { plainText } from '../json/text';

export const KEY_LABEL = 'Deduplication Key';

/** The key of one item: none, one that stands for its event, or why it cannot be taken. */
export type ReadKey = { key: string } | { problem: Problem } | { none: true };

/** Longest piece of an expression that a message repeats, in characters. */
const LONGEST_CODE = 60;

/** What JavaScript writes for a value that is not there. */
const EMPTY_PART = /undefined|\[object |(?<![A-Za-z0-9])(null|NaN)(?![A-Za-z0-9])/;
/**
 * A number as a spreadsheet or JavaScript shortens it: `2.19E+26`, `3.1e9`. An ID such as `12e5` stays legal, it has
 * neither a point nor a plus.
 */
const SHORTENED_NUMBER = /(?<![\w.])\d(\.\d+[eE][+-]?|[eE]\+)\d+(?!\w)/;

/** The key option as the workflow holds it, before n8n evaluates it; undefined when it was not added. */
function writtenKey(ctx: IExecuteFunctions): unknown {
	const { options } = ctx.getNode().parameters as { options?: unknown };
	return isObject(options) ? options.deduplicationKey : undefined;
}

/** Whether the option *Deduplication Key* was added, so that items are meant to have one. */
export function isKeyAskedFor(ctx: IExecuteFunctions, options: IDataObject): boolean {
	return writtenKey(ctx) !== undefined || options.deduplicationKey !== undefined;
}

/** Whether an item is refused whose key another event has (*Same Key, Other Event*). */
export const isRefused = ({ sameKeyOtherEvent = 'refuse' }: IDataObject): boolean =>
	sameKeyOtherEvent === 'refuse';

/** The problem of an item whose key an earlier item of the run has for another event. */
export function sameKeyAs(earlier: string): Problem {
	return {
		label: KEY_LABEL,
		wrong: `is the same as that of ${earlier}, which is another event. Check where the key comes from; the option 'Same Key, Other Event' can skip or send such an item`,
	};
}

/**
 * Reads the key of one item. A key stands for one event, so one that would be the same for several events is refused: a
 * fixed text, an expression that found only a part of its values, a number that lost digits on its way.
 *
 * @param options the evaluated options of the item
 */
export function readKey(ctx: IExecuteFunctions, itemIndex: number, options: IDataObject): ReadKey {
	if (!isKeyAskedFor(ctx, options)) return { none: true };
	const value = plainText(options.deduplicationKey);
	const read: ReadKey = value === undefined ? { none: true } : checkedKey(ctx, itemIndex, value);
	if (!('none' in read) || options.itemsWithoutKey !== 'refuse') return read;
	return problem(
		"is empty, and 'Items Without Key' is set to Refuse. Check its expression; what a webhook brings is under $json.body",
	);
}

const problem = (wrong: string): ReadKey => ({ problem: { label: KEY_LABEL, wrong } });

function checkedKey(ctx: IExecuteFunctions, itemIndex: number, value: string): ReadKey {
	const written = writtenKey(ctx);
	const chunks = typeof written === 'string' ? ExpressionParser.splitExpression(written) : [];
	const codes = chunks.flatMap((chunk) => (chunk.type === 'code' ? [chunk.text] : []));
	if (written !== undefined && !isVariable(written, codes)) {
		return mayBringSeveral(ctx)
			? problem(
					"is a fixed text, so every event would have the same key and only the first one would be sent. Switch the option to 'Expression' and use the ID of the event, such as {{ $json.body.event_id }}",
				)
			: { key: value };
	}
	const parts = codes.map((code) => ({ code, value: evaluated(ctx, code, itemIndex) }));
	if (parts.length > 0 && parts.every((part) => isEmpty(part.value))) return { none: true };
	const wrong = parts.map((part) => wrongPart(part.code, part.value)).find((found) => found !== undefined);
	const wrongAtAll = wrong ?? wrongText(value);
	return wrongAtAll === undefined ? { key: value } : problem(wrongAtAll);
}

/** Whether the key can be another one for each item. An expression without a variable or a call is a fixed text too. */
function isVariable(written: unknown, codes: string[]): boolean {
	return typeof written === 'string' && written.startsWith('=') && codes.some((code) => /[$(]/.test(code));
}

/**
 * Whether more than one event can come with the key: several items now, or further executions of the workflow. Only a
 * run by hand on a single item has no more than one. An agent may call its tool again, and a loop the node.
 */
function mayBringSeveral(ctx: IExecuteFunctions): boolean {
	const isTool = 'isToolExecution' in ctx && ctx.isToolExecution();
	const isFirstRun = ctx.getWorkflowDataProxy(0).$runIndex === 0;
	return ctx.getMode() !== 'manual' || isTool || !isFirstRun || ctx.getInputData().length > 1;
}

/** The value of one `{{ … }}` of the key; n8n alone would join it with the text around it. */
function evaluated(ctx: IExecuteFunctions, code: string, itemIndex: number): unknown {
	try {
		return ctx.evaluateExpression(`{{${code}}}`, itemIndex);
	} catch {
		return undefined;
	}
}

function isEmpty(part: unknown): boolean {
	const isBlank = typeof part === 'string' && part.trim() === '';
	return part === undefined || part === null || isBlank || Number.isNaN(part);
}

/** What is wrong with one part of the key. An empty text is what an expression gives that allows for it: `?? ''`. */
function wrongPart(code: string, part: unknown): string | undefined {
	const shown = `{{${code.length > LONGEST_CODE ? `${code.slice(0, LONGEST_CODE)}…` : code}}}`;
	if (typeof part !== 'string' && isEmpty(part)) {
		return `is not complete: ${shown} found nothing. Check the expression; what a webhook brings is under $json.body`;
	}
	if (typeof part === 'number' && Number.isInteger(part) && !Number.isSafeInteger(part)) {
		return `holds a number of more than 15 digits (${shown}). Such numbers are rounded on their way, so that two events may come with the same one. Have the ID sent as a text, or use another ID`;
	}
	if (isPlainObject(part))
		return `holds a list or an object (${shown}) instead of a text. Use one of its fields`;
	return typeof part === 'string' ? markAlone(part) : undefined;
}

/** A list, or an object that is no date: `$now` and `Date` have a text. */
function isPlainObject(part: unknown): boolean {
	return typeof part === 'object' && part !== null && !('toISO' in part) && !(part instanceof Date);
}

/** The last look at the whole key, which an expression may also have put together by itself. */
function wrongText(key: string): string | undefined {
	if (EMPTY_PART.test(key)) {
		return "holds a part that found nothing ('undefined', 'null', 'NaN' or '[object Object]'). Check the expression; what a webhook brings is under $json.body";
	}
	if (SHORTENED_NUMBER.test(key)) {
		return 'holds a shortened number such as 2.19E+26: its last digits are lost, so that two events may come with the same one. Format the column as text where the file is made, or use another ID';
	}
	return undefined;
}
