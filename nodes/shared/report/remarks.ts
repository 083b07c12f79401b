import type { IExecuteFunctions } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';
import { grouped } from '../json/objects';
import { hint, hintAtWorkflow } from './hints';
import { itemsNamed, withItemName } from './itemName';
import type { Outcome } from './outcome';
import { isNotSent } from './outcome';

/** Gathers item indexes by what is said of them. */
function gathered(said: Array<{ text: string; index: number }>): Array<{ text: string; indexes: number[] }> {
	const groups = grouped(said, ({ text }) => text);
	return [...groups].map(([text, group]) => ({ text, indexes: group.map(({ index }) => index) }));
}

/**
 * Tells the user in hints what may be a mistake but stops nothing: expressions that found nothing, and unusual values.
 * Items that were not sent are left out: their error says what is wrong.
 *
 * @param reads the items as they were read; undefined for one that was not right
 * @param outcomes how the items ended, in the same order
 */
export function tellRemarks(
	ctx: IExecuteFunctions,
	reads: Array<ReadItem | undefined>,
	outcomes: Outcome[],
): void {
	const told = reads.flatMap((read, index) =>
		read === undefined || isNotSent(outcomes[index]) ? [] : [{ ...read, index }],
	);
	const emptied = gathered(
		told.flatMap(({ emptied: labels, index }) => labels.map((text) => ({ text, index }))),
	).map(({ text, indexes }) => {
		const which = itemsNamed(indexes, reads.length);
		return which === '' ? `'${text}'` : `'${text}' (${which})`;
	});
	if (emptied.length > 0) {
		/**
		 * @cause A hint: optional fields are expressions that found nothing in these items. The items were sent without
		 * them.
		 * @cure Check the expressions. Webhook data is under `$json.body`.
		 */
		hintAtWorkflow(
			ctx,
			`Left out, because the expression found nothing: ${emptied.join(', ')}. Check these expressions; webhook data is under $json.body.`,
		);
	}
	const remarks = gathered(
		told.flatMap(({ remarks: all, index }) =>
			all.map(({ label, remark, ahead }) => {
				const said = outcomes[index]?.state === 'previewed' ? (ahead ?? remark) : remark;
				return { text: `'${label}' ${said}.`, index };
			}),
		),
	);
	for (const { text, indexes } of remarks) hint(ctx, withItemName(itemsNamed(indexes, reads.length), text));
}
