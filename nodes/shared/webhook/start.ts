import type { IHookFunctions } from 'n8n-workflow';

import { BoundedMap } from '../process/boundedMap';
import { nodeIdOf } from '../process/nodeId';
import { steadyNow } from '../process/steadyNow';
import { warn } from './incoming';

/*
 * n8n switches a trigger on when its workflow is published. Without its publication service (on by default in n8n 2.41), it
 * does so again whenever n8n itself starts or another of its processes takes the lead. If one trigger of the workflow
 * fails then, n8n calls `delete` of all of them, as if the workflow had been unpublished, and tries again later. A
 * registration that is removed in such a moment takes the deliveries with it that the service still owes.
 */

/** Whether a trigger that was on before is switched on again by n8n itself. */
const isStart = (ctx: IHookFunctions): boolean =>
	['init', 'leadershipChange'].includes(ctx.getActivationMode());

/**
 * Does a check of a trigger. Where n8n has been started again, a failure is no reason to switch the trigger off: n8n's
 * log tells it.
 *
 * @returns what the check gives; true where it failed while n8n starts
 * @throws what the check throws, when a user publishes the workflow
 */
export async function staysOn<Result>(
	ctx: IHookFunctions,
	check: () => Promise<Result>,
): Promise<Result | true> {
	if (!isStart(ctx)) return await check();
	return await check().catch((failed: Error) => {
		/**
		 * @cause In n8n's log: n8n was started again, and the trigger could not be checked. It takes webhooks as before.
		 * @cure If the reason is still there, fix it, and publish the workflow again.
		 */
		warn(
			ctx,
			`The trigger could not be checked when n8n started, and stays on as it was. ${failed.message}`,
		);
		return true as const;
	});
}

/** How long n8n may take to switch all triggers of a workflow on when it starts, in ms. */
const START_WITHIN_MS = 5 * 60_000;
/** Of how many triggers this process remembers how they were switched on. More are hardly published in one n8n. */
const MOST_TRIGGERS = 1_000;

/** How a trigger was last switched on. */
interface SwitchedOn {
	/** When n8n began to switch it on again, epoch ms; 0 if a user published it, or that start has failed since. */
	begun: number;
	/** When n8n must be through with that, as this process counts (`steadyNow`). */
	until: number;
}

const triggers = new BoundedMap<SwitchedOn>({ most: MOST_TRIGGERS });

function note(node: string, begun: number): void {
	triggers.set(node, { begun, until: steadyNow() + START_WITHIN_MS });
}

const savedStart = (ctx: IHookFunctions): number => Number(ctx.getWorkflowStaticData('node').startedAt) || 0;

/**
 * Notes that n8n switches a trigger on. Where it does so because it starts, n8n saves the note once all triggers of the
 * workflow that have a webhook are on. A further attempt of a start that got so far notes nothing: n8n gives it the data
 * of the first one, which may be days old, and would save that.
 */
export function noteSwitchingOn(ctx: IHookFunctions): void {
	const mode = ctx.getActivationMode();
	if (mode === 'manual') return;
	const node = nodeIdOf(ctx);
	if (!isStart(ctx)) return note(node, 0);
	if (mode === 'init' && (triggers.get(node)?.begun ?? 0) > 0) return;
	const begun = Math.max(Date.now(), savedStart(ctx) + 1);
	note(node, begun);
	ctx.getWorkflowStaticData('node').startedAt = begun;
}

/**
 * Takes a call of `delete` for the end of a failed start, once for each start: n8n calls it too where another trigger of the
 * workflow fails, and not only for a user who unpublishes the workflow. n8n does not say so, but after a failure the note of
 * the start was not saved. Without a note it is the user's wish: n8n's publication service does not switch triggers on again
 * when n8n starts.
 *
 * @param madeAt when the registration was made that n8n wants to be removed, epoch ms; one of that start is removed
 */
export function takeFailedStart(ctx: IHookFunctions, madeAt: number): boolean {
	const node = nodeIdOf(ctx);
	const { begun = 0, until = 0 } = triggers.get(node) ?? {};
	// 0 is before everything that was made.
	if (madeAt >= begun || savedStart(ctx) >= begun || steadyNow() >= until) return false;
	note(node, 0);
	return true;
}
