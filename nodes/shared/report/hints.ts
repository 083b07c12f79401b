import type { IExecuteFunctions } from 'n8n-workflow';

import type { FailedOutcome } from './outcome';

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
	{ type, isOpen = false }: { type?: 'info' | 'warning'; isOpen?: boolean } = {},
): void {
	hintAtWorkflow(ctx, message, type);
	const all = toldIn(ctx);
	all.remarks.push(message);
	all.isOpen ||= isOpen;
}
