import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { hintAtWorkflow, tellRemarks } from '../../report/hints';
import { itemsNamed } from '../../report/itemName';
import { isFailed, isNotSent } from '../../report/outcome';
import { throwFirst } from '../../report/output';
import { counted, summary } from '../../report/summary';
import type { EndedItem } from '../items';
import { offersKeys } from '../keyField';
import type { Memory } from '../memory/memory';
import { isLookedUp } from '../options';
import { outcomeOf } from './outputRows';
import { isKeyAskedFor, isKeyNewEachTime } from '../input/readKey';
import type { Run } from '../run';
import { tellPreview } from '../preview/tellPreview';

/*
 * What a run says once it has ended: in its error, in hints and in n8n's log.
 */

/**
 * @cause A hint, or said below an error: the node runs in a sub-workflow, which remembers nothing from one call to the next.
 * @cure Set _Event ID in Your System_. Without it, send again only what was not done.
 */
const IN_SUB_WORKFLOW =
	"This is a sub-workflow: when its caller is tried again, everything is created again. Set 'Event ID in Your System' to the event's own ID.";

/** The items that were sent with a key that is another one when the same event comes again. */
const withNewKeys = (ctx: IExecuteFunctions, items: EndedItem[]): EndedItem[] =>
	items.filter(
		({ item, outcome }, index) =>
			item.key !== undefined && !isNotSent(outcome) && isKeyNewEachTime(ctx, index),
	);

/** What is said of such items. */
function newEachTime(some: number, all: number): string {
	/** @noMessage A part of the hint below. */
	const which = some === all ? '' : ` of ${some} of ${all} items`;
	/**
	 * @cause A hint: the expression of _Event ID in Your System_ gives another value each time the workflow runs, such as the
	 * ID of the execution, the present time or a random number, alone or beside others. For some of the items, if only those
	 * without an ID get such a value, as in `{{ $json.id ?? $now }}`.
	 * @cure Use the ID that the event has where it comes from, such as `{{ $json.body.event_id }}`.
	 */
	return `'Event ID in Your System'${which} changes with each run, so an event that is delivered again is created again. Use the event's own ID.`;
}

/** What is said of a sub-workflow, if an item has no key. */
const ofSubWorkflow = (ctx: IExecuteFunctions, items: EndedItem[]): string | undefined =>
	ctx.getMode() === 'integrated' && items.some(({ item }) => item.key === undefined)
		? IN_SUB_WORKFLOW
		: undefined;

/**
 * Tells the user of items that went out without protection although they need it: the field of the key is filled in and
 * its expression found nothing, or the node runs in a sub-workflow, which remembers nothing from call to call.
 */
function tellKeyless(ctx: IExecuteFunctions, items: EndedItem[]): void {
	const keyless = items.flatMap(({ item, outcome }) =>
		isNotSent(outcome) || item.key !== undefined ? [] : [item],
	);
	if (keyless.length === 0) return;
	const isAskedFor = isKeyAskedFor(
		ctx,
		keyless.map(({ options }) => options),
	);
	/** @noMessage It begins the hint below. */
	const which = items.length === 1 ? 'The item' : `${keyless.length} of ${items.length} items`;
	/**
	 * @cause A hint: the expression of _Event ID in Your System_ found nothing in these items, or has only a fixed text for them, as
	 * `{{ $json.uid || 'A' }}` without `uid`. They were sent, and nothing keeps them from being created again.
	 * @cure Check the expression. The option _Items Without ID_ can refuse such items.
	 */
	const askedFor = `${which} had no 'Event ID in Your System': if the event comes again, it is created again. Check the expression; webhook data is under $json.body. The option 'Items Without ID' can refuse such items.`;
	const ofSub = ofSubWorkflow(ctx, items);
	if (isAskedFor) hintAtWorkflow(ctx, askedFor);
	else if (ofSub !== undefined) hintAtWorkflow(ctx, ofSub);
}

/**
 * A run that continues on error is a success for n8n: names the items that failed, and says what running all of them again does.
 *
 * @param isTold whether it is known what that does: only where items may have keys, and none is new each time
 */
function tellFailed(ctx: IExecuteFunctions, items: EndedItem[], isTold: boolean): void {
	const failed = items.flatMap(({ outcome }, index) => (isFailed(outcome) ? [index] : []));
	if (failed.length === 0 || items.length === 1) return;
	const others = items.filter(({ outcome }) => ['created', 'skipped'].includes(outcome.state));
	/** @noMessage It ends the hint below. */
	const again = others.every(({ item }) => item.key)
		? ' Running all items again skips the others.'
		: " Running all items again would send again what has no 'Event ID in Your System'.";
	/**
	 * @example Item 212 of 300 ended with an error: 'error' says why, 'details' what to do. Running all items again skips the others.
	 * @cause A hint: these items failed and the others went on, because _On Error_ is set to continue. n8n shows such a run as a success.
	 * @cure Do what their errors say. Where nothing has an _Event ID in Your System_, run only these items again.
	 */
	const message = `${itemsNamed(failed, items.length)} ended with an error: 'error' says why, 'details' what to do.`;
	hintAtWorkflow(ctx, isTold && others.length > 0 ? message + again : message);
}

/** Whether a further try finds out nothing about an item in doubt: neither its option nor what was decided looks for its record. */
const isLeftUnknown = ({ item: { options, decision }, outcome }: EndedItem): boolean =>
	outcome.state === 'unknown' && !isLookedUp(options) && !decision.claim && !decision.exists;

/** What is told of a run besides its items. */
interface About {
	memory: Memory;
	/** How many requests each account had sent before it. */
	sentBefore: Map<Connection, number>;
	/** The execution was stopped. */
	isStopped: boolean;
}

/**
 * Tells how the items of a run ended.
 *
 * @throws a NodeApiError or NodeOperationError about the first failing item, unless the node continues on error
 */
export function tellEnded(run: Run, ended: EndedItem[], { memory, sentBefore, isStopped }: About): void {
	const { ctx, write, goOn } = run;
	const outcomes = ended.map(({ outcome }) => outcome);
	const hasKeys = offersKeys(write);
	const words = () => ended.map((one) => outcomeOf(run, one));
	/**
	 * @cause In n8n's log: somebody stopped the execution, or its timeout was over. n8n keeps nothing of what the node gives out then.
	 * @cure Run the workflow again for what was not sent. For what is unknown, look in the service first.
	 */
	if (isStopped && ended.some(({ item }) => !item.isPreview))
		ctx.logger.warn(
			`Execution ${ctx.getExecutionId()} was stopped. ${counted(write.noun, outcomes, words())}`,
		);
	if (!goOn)
		throwFirst(ctx.getNode(), outcomes, () => {
			const earlier = memory.earlier('created').length;
			const ofSub = hasKeys ? ofSubWorkflow(ctx, ended) : undefined;
			const staysUnknown = ended.some(isLeftUnknown);
			return summary(write.noun, outcomes, { words: words(), earlier, hasKeys, ofSub, staysUnknown });
		});
	const changing = hasKeys ? withNewKeys(ctx, ended) : [];
	tellFailed(ctx, ended, hasKeys && changing.length === 0);
	tellPreview(ctx, ended, sentBefore);
	if (changing.length > 0) hintAtWorkflow(ctx, newEachTime(changing.length, ended.length));
	if (hasKeys) tellKeyless(ctx, ended);
	tellRemarks(
		ctx,
		ended.map(({ item }) => item.read),
		outcomes,
	);
}
