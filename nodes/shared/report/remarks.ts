import type { IExecuteFunctions } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';
import { hint, hintAtWorkflow } from './hints';
import { saidOf } from './itemName';
import type { Outcome } from './outcome';
import { isNotSent } from './outcome';

/** How many items a hint names one by one. */
const MOST_NAMED = 10;

/** "Items 2, 5 and 9 of 300", "12 of 300 items": counted as a person counts rows. '' for the only item. */
function itemsNamed(indexes: number[], count: number): string {
	if (count === 1) return '';
	if (indexes.length > MOST_NAMED) return `${indexes.length} of ${count} items`;
	const numbers = indexes.map((index) => index + 1);
	const last = numbers.pop();
	return numbers.length === 0
		? `Item ${last} of ${count}`
		: `Items ${numbers.join(', ')} and ${last} of ${count}`;
}

/** Gathers item indexes by what is said of them. */
function gathered(said: Array<{ text: string; index: number }>): Array<{ text: string; indexes: number[] }> {
	const groups = new Map<string, number[]>();
	for (const { text, index } of said) {
		const group = groups.get(text) ?? [];
		groups.set(text, group);
		group.push(index);
	}
	return [...groups].map(([text, indexes]) => ({ text, indexes }));
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
		hintAtWorkflow(
			ctx,
			`Left out, because the expression found nothing: ${emptied.join(', ')}. Check these expressions; what a webhook brings is under $json.body.`,
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
	for (const { text, indexes } of remarks) hint(ctx, saidOf(itemsNamed(indexes, reads.length), text));
}
