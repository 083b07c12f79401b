import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { cancelSignalOf, connectItems } from '../http/connection';
import { MOST_PLACES } from '../http/limiter';
import { grouped } from '../json/objects';
import { inOrder, joined } from '../process/order';
import { goesOnAfterErrors } from '../report/agentCall';
import { named } from '../report/summary';
import { deliverOne } from './send/deliverOne';
import { checkItems } from './check/checkItems';
import { followUp } from './followUp';
import { keysOf } from './eventKey';
import type { EndedItem } from './items';
import { stopsRun } from './items';
import { Keys } from './keys/keys';
import { isTriedAgain, Memory } from './memory/memory';
import { isToldOfEach } from './options';
import type { Prepared } from './prepare';
import { prepareAll } from './prepare';
import { previewAll } from './preview/preview';
import { outputRows } from './tell/outputRows';
import { Progress } from './send/progress';
import { readItems } from './input/readItems';
import type { Run } from './run';
import { accountsOf, Halt, takeFor } from './run';
import { tellEnded } from './tell/tellRun';
import type { Plan, Write } from './write';

/**
 * Writes one record per input item: once, in order, within the rate, each item with its own credential. See
 * `docs/reliability.md` for what is promised, `docs/delivery.md` for how, and `items.ts` for the way of one item.
 *
 * @returns the node's output in input order, each row linked to its item; items that failed give `{ error, details }`
 * @throws a NodeApiError or NodeOperationError about the first failing item, unless the node continues on error
 */
export async function deliver(ctx: IExecuteFunctions, write: Write): Promise<INodeExecutionData[]> {
	const goOn = goesOnAfterErrors(ctx);
	const connections = await connectItems(
		ctx,
		write.service,
		() => isTriedAgain(ctx) || isToldOfEach(ctx, goOn),
	);
	const keys = Keys.of(ctx, write.claimSilenceMs);
	const run: Run = { ctx, write, keys, goOn };
	const usable = [...new Set(connections.flatMap(({ connection }) => connection ?? []))];
	const sentBefore = new Map(usable.map((connection) => [connection, connection.limiter.sent]));
	const cancelled = cancelSignalOf(ctx);
	const memory = new Memory(ctx, usable);

	const read = readItems(run, connections, memory);
	const checked = await checkItems(run, read, memory, cancelled);
	const plans = {
		ofRun: checked.every(({ isPreview }) => isPreview) ? undefined : write.plan?.(ctx, false),
		ofPreview: checked.some(({ isPreview }) => isPreview) ? write.plan?.(ctx, true) : undefined,
	};
	const stop = new AbortController();
	const accounts = accountsOf(usable, AbortSignal.any([cancelled, stop.signal]));
	for (const account of accounts.values()) takeFor(account, write, memory.createdIn(account.connection));
	const prepared = await previewAll(run, prepareAll({ run, memory, plans, accounts }, checked));
	const sent = await sendAll(run, prepared, plans.ofRun, stop);
	const ended = await followUp(run, sent, cancelled);

	plans.ofRun?.settle?.(ended.map(({ outcome }) => outcome));
	await confirmKeys(run);
	tellEnded(run, ended, { memory, sentBefore, isStopped: cancelled.aborted });
	return ended.flatMap((one, index) => outputRows(run, one, index));
}

/** Waits until it is sure that what the run has claimed stays in the store. */
async function confirmKeys({ ctx, keys }: Run): Promise<void> {
	await keys.confirm().catch((cause: Error) => {
		/**
		 * @cause In n8n's log: n8n's database did not answer when the node checked at the end of the run that it holds the IDs.
		 * @cure Nothing, unless it comes often: then have the administrator of n8n look at its database.
		 */
		ctx.logger.warn(
			`The values of 'Event ID in Your System' could not be checked in n8n's database: ${cause.message}`,
		);
	});
}

/**
 * Brings every item to its outcome. Accounts do not wait for each other.
 *
 * @param stop ends it for all items that have not been sent
 */
async function sendAll(
	run: Run,
	prepared: Prepared[],
	plan: Plan | undefined,
	stop: AbortController,
): Promise<EndedItem[]> {
	const ended: EndedItem[] = [];
	const conclude = (index: number, one: EndedItem) => {
		ended[index] = one;
		if (!run.goOn && stopsRun(one)) stop.abort(stopped(index));
	};
	const toSend = prepared.flatMap((one, index) => ('outcome' in one ? [] : [{ ...one, index }]));
	const progress = new Progress(run, prepared);
	prepared.forEach((one, index) => {
		if ('outcome' in one) conclude(index, one);
	});
	const send = async (group: typeof toSend) => {
		const orders = joined(
			group.map(({ item }) => [
				run.write.order(item.read),
				...(plan?.order?.(item.read) ?? []),
				...keysOf(item),
			]),
		);
		await inOrder(orders, MOST_PLACES, async (position) => {
			const one = group[position];
			if (!one) return;
			const { index, item } = one;
			const outcome = await deliverOne(run, item);
			conclude(index, { item, outcome });
			progress.ended(item, outcome);
		});
	};
	await Promise.all([...grouped(toSend, ({ item }) => item.account).values()].map(send));
	progress.end();
	return ended;
}

/** Why everything after a failing item is not sent in *Stop* mode. */
function stopped(index: number): Halt {
	/**
	 * @cause _On Error_ is _Stop Workflow_, and another item failed first.
	 * @cure Fix the item it names, and run it again.
	 */
	const because = `it was not sent, because ${named([index])} stopped the run`;
	return new Halt({ because, description: '', details: {} }, true);
}
