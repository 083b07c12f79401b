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
	/** The items that the service took and refused later, by index. */
	refusedLater: number[];
	/** How the previewed items that would not be sent would end in a run, by index. */
	wouldFail: ReadonlyMap<number, FailedOutcome>;
}

const NOTHING: ToldToAgent = { remarks: [], isOpen: false, refusedLater: [], wouldFail: new Map() };

const told = new WeakMap<IExecuteFunctions, ToldToAgent>();

/** What was told of a run so far. */
export const toldIn = (ctx: IExecuteFunctions): ToldToAgent => told.get(ctx) ?? NOTHING;

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
	const before = toldIn(ctx);
	told.set(ctx, { ...before, remarks: [...before.remarks, message], isOpen: before.isOpen || isOpen });
}

/** Notes for an agent that the service took an item and refused it later: its key is used up. */
export function noteRefusedLater(ctx: IExecuteFunctions, index: number): void {
	const before = toldIn(ctx);
	told.set(ctx, { ...before, refusedLater: [...before.refusedLater, index] });
}

/** Notes for an agent how a previewed item that would not be sent would end in a run. */
export function noteWouldFail(ctx: IExecuteFunctions, index: number, outcome: FailedOutcome): void {
	const before = toldIn(ctx);
	told.set(ctx, { ...before, wouldFail: new Map([...before.wouldFail, [index, outcome]]) });
}
