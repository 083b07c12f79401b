import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { gapIn, structureIn } from '../../fields/gaps';
import type { Piece } from '../../fields/expression';
import { codesOf, isSameForOthers, lacksInput, piecesOf } from '../../fields/expression';
import { isNewEachTime } from '../../fields/newEachTime';
import type { Problem } from '../../fields/problem';
import type { Parameters } from '../../fields/parameters';
import { isPlaceholderId } from '../../find/placeholders';
import { plainText } from '../../json/text';
import { isTool } from '../../report/agentCall';
import { givenKey, KEY_LABEL, keyField } from '../keyField';
import { CHANGES_WITH_RUNS } from './sameEvent';

/** The key of one item, or why it cannot be used; neither if there is none. */
export interface ReadKey {
	key?: string;
	problem?: Problem;
}

/** The key as the workflow holds it, before n8n evaluates it; undefined when the field was left empty. */
function writtenKey(ctx: Pick<IExecuteFunctions, 'getNode'>): unknown {
	const { [keyField.name]: written } = ctx.getNode().parameters;
	return written === '' ? undefined : written;
}

/**
 * Whether the field of the key was filled in, so that items are meant to have one.
 *
 * @param options the evaluated options of the items
 */
export function isKeyAskedFor(ctx: IExecuteFunctions, options: IDataObject[]): boolean {
	return writtenKey(ctx) !== undefined || options.some((one) => givenKey(one) !== undefined);
}

/** Whether the key of an item is another one whenever the same event comes again, so that it protects from nothing. */
export const isKeyNewEachTime = (
	ctx: Pick<IExecuteFunctions, 'getNode' | 'evaluateExpression'>,
	itemIndex: number,
): boolean => isNewEachTime(ctx, writtenKey(ctx), itemIndex);

/** What an agent gives its tool, by all of n8n's names for it: what its model wrote, and the ID of the call. */
const OF_AGENT = /\$(?:fromAI|json|data|input|thisItem|item|parameter|rawParameter|tool)\b/i;

/** Whether the call of a tool has no key because of a value that the workflow puts into it: no argument of the model helps. */
export const lacksPartOfKey = (ctx: Pick<IExecuteFunctions, 'getNode' | 'evaluateExpression'>): boolean =>
	lacksInput(ctx, writtenKey(ctx), (value) => isPlaceholderId(plainText(value) ?? ''));

/**
 * Whether two keys mean two events, for an item that meets one of an earlier run of the node. Not where the same event may
 * bring another key when it comes again.
 *
 * @param comesBack whether the item failed in an earlier run; then it may also stand at another place
 */
export function isKeyTelling(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ comesBack }: { comesBack: boolean },
): boolean {
	const isOfTool = isTool(ctx);
	if (!isOfTool && !comesBack) return !isKeyNewEachTime(ctx, itemIndex);
	const changing = isOfTool ? [OF_AGENT, CHANGES_WITH_RUNS] : [CHANGES_WITH_RUNS];
	return !codesOf(writtenKey(ctx)).some((code) => changing.some((pattern) => pattern.test(code)));
}

/**
 * The problem of an item whose key was already used by an earlier item of the run, for another event.
 *
 * @cause Two items of one run have the same ID and are different events.
 * @cure Check where the ID comes from. The option _Same ID, Other Event_ can skip or send such an item.
 */
export function sameKeyAs(earlier: string): Problem {
	return {
		label: KEY_LABEL,
		wrong: `was already used by ${earlier}, which is another event. Correct it, or set the option 'Same ID, Other Event'`,
	};
}

/**
 * Reads the key of one item. Each event needs its own key, so a key that would be the same for several events is
 * refused: a fixed text, or an expression that found only a part of its values. A placeholder such as `N/A` is no ID:
 * several events may have it. Damaged IDs were refused before.
 *
 * @param parameters those of the node, as `parametersOf` gives them
 * @param options the evaluated options of the item
 */
export function readKey(
	ctx: IExecuteFunctions,
	parameters: Parameters,
	itemIndex: number,
	options: IDataObject,
): ReadKey {
	const value = plainText(givenKey(options));
	const read = value === undefined ? {} : checkedKey(ctx, parameters, itemIndex, value);
	if (read.key !== undefined || read.problem || options.itemsWithoutKey !== 'refuse') return read;
	return problem(
		/**
		 * @cause The item has no ID, or a word in place of one such as N/A, and the option _Items Without ID_ is set to _Refuse_.
		 * @cure Fix the expression of _Event ID in Your System_, or set the option to _Send_.
		 */
		"holds no ID, and 'Items Without ID' is set to Refuse. Check its expression; webhook data is under $json.body",
	);
}

const problem = (wrong: string): ReadKey => ({ problem: { label: KEY_LABEL, wrong } });

function checkedKey(
	ctx: IExecuteFunctions,
	parameters: Parameters,
	itemIndex: number,
	value: string,
): ReadKey {
	const written = writtenKey(parameters);
	if (written !== undefined && !isVariable(written)) {
		/**
		 * @cause The ID is the same text for every event, so only the first one would be sent.
		 * @cure Switch the field to _Expression_, and use the event's own ID, such as `{{ $json.body.event_id }}`.
		 */
		return mayBringSeveral(ctx)
			? problem(
					"is a fixed text, so only the first event would be sent. Switch the field to 'Expression' and use the event's own ID, such as {{ $json.body.event_id }}",
				)
			: { key: value };
	}
	const pieces = piecesOf(parameters, written, itemIndex);
	const isNone = isPlaceholderId(value) || (pieces.length > 0 && pieces.every(isPlaceholder));
	// Of what the expression says for this item, nothing is the event's own.
	if (isNone || isSameForOthers(parameters, written, itemIndex)) return {};
	const wrong = gapIn(pieces, value, { isNone: isWord }) ?? structureIn(pieces);
	return wrong === undefined ? { key: value } : problem(wrong);
}

/** Whether a part of a key is empty, or a placeholder. A 0 may count something there. */
const isWord = (text: string): boolean => isPlaceholderId(text) && !/\d/.test(text);
const isPlaceholder = ({ shows }: Piece): boolean => isWord(shows);

/** Whether the key can be another one for each item. An expression without a variable or a call is a fixed text too. */
const isVariable = (written: unknown): boolean => codesOf(written).some((code) => /[$(]/.test(code));

/**
 * Whether more than one event can come with the key: from several items now, or from further executions of the workflow.
 * Only a run by hand on a single item has just one, unless an agent calls its tool again, or a loop the node.
 */
function mayBringSeveral(ctx: IExecuteFunctions): boolean {
	const isFirstRun = ctx.getWorkflowDataProxy(0).$runIndex === 0;
	return ctx.getMode() !== 'manual' || isTool(ctx) || !isFirstRun || ctx.getInputData().length > 1;
}
