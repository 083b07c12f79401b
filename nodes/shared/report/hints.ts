import type { IExecuteFunctions } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';
import { grouped } from '../json/objects';
import { itemsNamed, withItemName } from './itemName';
import type { FailedOutcome, Outcome } from './outcome';
import { isNotSent } from './outcome';

/*
 * What a run tells besides its output. A person reads it in n8n's hints. An agent is not shown these, so its answer
 * repeats them (`agent.ts`).
 */

/** What an agent is told of a run. */
export interface ToldToAgent {
	remarks: string[];
	/** Whether it is still open what the service makes of an item. */
	isOpen: boolean;
	/** The items that the service took and refused later, by index: their keys are used up. */
	refusedLater: number[];
	/** How the previewed items that would not be sent would end in a run, by index. */
	wouldFail: Map<number, FailedOutcome>;
}

const told = new WeakMap<IExecuteFunctions, ToldToAgent>();

/** What an agent is told of a run, to be read and to be added to. */
export function toldIn(ctx: IExecuteFunctions): ToldToAgent {
	const known = told.get(ctx) ?? { remarks: [], isOpen: false, refusedLater: [], wouldFail: new Map() };
	told.set(ctx, known);
	return known;
}

/** Tells a person something about the workflow. An agent can do nothing about it, and is not told. */
export function hintAtWorkflow(
	ctx: IExecuteFunctions,
	message: string,
	type: 'info' | 'warning' = 'warning',
): void {
	ctx.addExecutionHints({ message, type, location: 'outputPane' });
}

/**
 * Tells a person or an agent something about the items.
 *
 * @param isOpen it says that the service may still refuse an item
 */
export function hint(
	ctx: IExecuteFunctions,
	message: string,
	isOpen = false,
	type?: 'info' | 'warning',
): void {
	hintAtWorkflow(ctx, message, type);
	const all = toldIn(ctx);
	all.remarks.push(message);
	all.isOpen ||= isOpen;
}

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
			`Left out, because the expression found nothing (webhook data is under $json.body): ${emptied.join(', ')}.`,
		);
	}
	const remarks = gathered(
		told.flatMap(({ remarks: all, index }) => {
			const texts = all.map(({ label, remark, ahead }) => {
				const said = outcomes[index]?.state === 'previewed' ? (ahead ?? remark) : remark;
				return `'${label}' ${said}.`;
			});
			// What an item names may have been found twice.
			return [...new Set(texts)].map((text) => ({ text, index }));
		}),
	);
	for (const { text, indexes } of remarks) hint(ctx, withItemName(itemsNamed(indexes, reads.length), text));
}
