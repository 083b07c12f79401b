import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { labelsOf } from '../fields/names';
import type { Connection } from '../http/connection';
import { cancelSignalOf, connectItems } from '../http/connection';
import { MOST_PLACES } from '../http/limiter';
import { grouped } from '../json/objects';
import { inOrder, joined } from '../process/order';
import { goesOnAfterErrors } from '../report/agentCall';
import { afterFollowUp, followAll } from '../report/followUp';
import type { Outcome } from '../report/outcome';
import { isFailed } from '../report/outcome';
import { outputOf, throwFirst } from '../report/output';
import { tellRemarks } from '../report/remarks';
import { named, summary } from '../report/summary';
import { deliverOne } from './attempt';
import { Claim } from './claim';
import { detailsOf, outcomeOf } from './details';
import { asCreated } from './endings';
import { markOfRefusal } from './eventKey';
import { tellKeyless } from './keyless';
import { Keys } from './keys/keys';
import { offersKeys } from './keyField';
import { Memory } from './memory';
import { isToldOfEach } from './options';
import type { Prepared } from './prepare';
import { prepareAll, previewed } from './prepare';
import { rowFormOf } from './outputRows';
import { Progress } from './progress';
import { readItems } from './readItems';
import type { ReadyItem, Run } from './run';
import { Halt } from './run';
import { tellPreview } from './tellPreview';
import type { Write } from './write';

/**
 * Creates one record per input item: once, in order, within the rate, each item with its own credential. See
 * `docs/reliability.md` for what is promised.
 *
 * @returns the node's output in input order, each row linked to its item; items that failed give `{ error, details }`
 * @throws a NodeApiError or NodeOperationError about the first failing item, unless the node continues on error
 */
export async function deliver(ctx: IExecuteFunctions, write: Write): Promise<INodeExecutionData[][]> {
	const node = ctx.getNode();
	const goOn = goesOnAfterErrors(ctx);
	const { length: count } = ctx.getInputData();
	const connections = await connectItems(ctx, write.service, count, () => isToldOfEach(ctx, goOn));
	const run: Run = { ctx, write, keys: Keys.of(ctx, write.claimSilenceMs), labelOf: labelsOf(write) };
	const usable = connections.flatMap((one) => ('connection' in one ? [one.connection] : []));
	const asked = sentBefore(usable);
	const cancelled = cancelSignalOf(ctx);
	const memory = new Memory(ctx, node, usable);
	const items = await readItems(run, connections, memory, cancelled, goOn);
	const stop = new AbortController();
	const plans = {
		ofRun: items.every(({ isPreview }) => isPreview) ? undefined : write.plan?.(ctx, false),
		ofPreview: items.some(({ isPreview }) => isPreview) ? write.plan?.(ctx, true) : undefined,
	};
	const stopping = AbortSignal.any([cancelled, stop.signal]);
	const prepared = await previewed(run, items, prepareAll(run, items, memory, plans, stopping));
	const sent = await sendAll(run, prepared, stop, goOn);

	// A run that ends with an error waits for no results: they are pending. One that goes on waits, even if it is halted.
	const waits = goOn || !sent.some(isFailed);
	const outcomes = await followed(run, prepared, sent, waits ? cancelled : AbortSignal.abort());
	plans.ofRun?.settle(outcomes);
	await confirmKeys(run);
	const readyAt = (index: number) => readyOf(prepared[index]);
	const doneAs = (index: number) => {
		const outcome = outcomes[index];
		const [row = {}] = outcome?.state === 'created' ? outcome.rows : [];
		return outcome ? outcomeOf(run, outcome, row, readyAt(index)) : '';
	};
	const hasKeys = offersKeys(write);
	if (!goOn) {
		const earlier = memory.earlier('created').length;
		throwFirst(node, outcomes, () => summary(write.noun, outcomes, doneAs, earlier, hasKeys));
	}
	tellPreview(
		ctx,
		outcomes,
		items.map(({ connection }) => connection),
		asked(),
	);
	if (hasKeys) tellKeyless(ctx, items, outcomes);
	tellRemarks(
		ctx,
		items.map(({ read }) => read),
		outcomes,
	);
	return [
		outcomes.flatMap((outcome, index) => {
			const item = items[index];
			if (!item) return outputOf(outcome, index);
			return outputOf(outcome, index, {
				details: detailsOf(run, item, outcome, index, readyAt(index)),
				form: rowFormOf(run, item, outcome, readyAt(index)),
			});
		}),
	];
}

/** The item as it was ready to be sent; undefined for one that was not. */
const readyOf = (one?: Prepared): ReadyItem | undefined => (one && 'ready' in one ? one.ready : undefined);

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

/** Tells how many requests each account has sent since it was called. */
function sentBefore(connections: Connection[]): () => Map<Connection, number> {
	const before = new Map(connections.map((connection) => [connection, connection.limiter.sent]));
	return () =>
		new Map([...before].map(([connection, sent]) => [connection, connection.limiter.sent - sent]));
}

/**
 * Brings every item to its outcome. Accounts do not wait for each other.
 *
 * @param stop ends it for all items that have not been sent
 * @param goOn whether the others are sent although one failed
 */
async function sendAll(
	run: Run,
	prepared: Prepared[],
	stop: AbortController,
	goOn: boolean,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const conclude = (index: number, outcome: Outcome) => {
		outcomes[index] = outcome;
		if (isFailed(outcome) && !goOn) stop.abort(stopped(index));
	};
	const toSend = prepared.flatMap((one, index) => ('ready' in one ? [{ ...one, index }] : []));
	const progress = new Progress(
		run,
		toSend.map(({ ready }) => ready),
		prepared.flatMap((one) => ('outcome' in one ? [one.outcome] : [])),
	);
	prepared.forEach((one, index) => {
		if ('outcome' in one) conclude(index, one.outcome);
	});
	const send = async (group: typeof toSend) => {
		const orders = joined(group.map((one) => one.orders));
		await inOrder(orders, MOST_PLACES, async (position) => {
			const one = group[position];
			if (!one) return;
			const outcome = await deliverOne(run, one.ready);
			conclude(one.index, outcome);
			progress.ended(one.ready, outcome);
		});
	};
	await Promise.all([...grouped(toSend, ({ ready }) => ready.account).values()].map(send));
	progress.end(outcomes);
	return outcomes;
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

/** The outcomes after the follow-up; what it found out is remembered for a further try. */
async function followed(
	run: Run,
	prepared: Prepared[],
	outcomes: Outcome[],
	signal: AbortSignal,
): Promise<Outcome[]> {
	const { ctx, write } = run;
	const found = await followAll(write.followUp, { ctx, signal }, outcomes, (index) => {
		const ready = readyOf(prepared[index]);
		if (!ready) return undefined;
		const { name, account, options, sent, known } = ready;
		return { name, connection: account.connection, options, sent, known };
	});
	const refused = prepared.flatMap((one, index) => (found[index]?.failed ? (readyOf(one) ?? []) : []));
	await Promise.all(refused.map(async (ready) => await new Claim(run, ready).markRefused()));
	// Other items may have been skipped because of these, before the refusals were known. They tell of the refusal too.
	const marks = new Set(refused.flatMap((ready) => markOfRefusal(ready) ?? []));
	return outcomes.map((outcome, index) => {
		const ready = readyOf(prepared[index]);
		const end = found[index];
		if (ready && end) ready.memory.keep(asCreated(ready, end.rows));
		const isOfRefused = ready && outcome.state === 'skipped' && marks.has(markOfRefusal(ready) ?? '');
		return isOfRefused ? { ...outcome, isRefused: true } : afterFollowUp(outcome, end);
	});
}
