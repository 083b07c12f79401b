import type { IExecuteFunctions } from 'n8n-workflow';

import { hintAtWorkflow } from '../report/hints';
import { itemsNamed } from '../report/itemName';
import { isFailed } from '../report/outcome';
import type { EndedItem } from './items';

/**
 * A run that continues on error is a success for n8n: names the items that failed, and says what running all of them again does.
 *
 * @param hasKeys whether the items may have keys
 */
export function tellFailed(ctx: IExecuteFunctions, items: EndedItem[], hasKeys: boolean): void {
	const failed = items.flatMap(({ outcome }, index) => (isFailed(outcome) ? [index] : []));
	if (failed.length === 0 || items.length === 1) return;
	const others = items.filter(({ outcome }) => outcome.state === 'created' || outcome.state === 'skipped');
	const isAnyKeyless = others.some(({ item }) => item.key === undefined);
	/** @noMessage It ends the hint below. */
	const again = isAnyKeyless
		? " Running all items again would send again what has no 'Event ID in Your System'."
		: ' Running all items again skips the others.';
	/**
	 * @example Item 212 of 300 ended with an error, which says what to do. Running all items again skips the others.
	 * @cause A hint: these items failed and the others went on, because _On Error_ is set to continue. n8n shows such a run as a success.
	 * @cure Do what their errors say. Where nothing has an _Event ID in Your System_, run only these items again.
	 */
	const message = `${itemsNamed(failed, items.length)} ended with ${failed.length === 1 ? 'an error, which says' : 'errors, which say'} what to do.`;
	hintAtWorkflow(ctx, hasKeys && others.length > 0 ? message + again : message);
}
