import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inPanelWords, labelsOf } from '../fields/field';
import type { ReadItem } from '../fields/item';
import { privateValues } from '../fields/item';
import { tellResolved } from '../find/resolved';
import type { ItemConnection } from '../http/connection';
import { cancelSignalOf, connectItems } from '../http/connection';
import { MOST_PLACES } from '../http/limiter';
import { goesOnAfterErrors } from '../report/agent';
import { afterFollowUp, followAll } from '../report/followUp';
import type { Outcome } from '../report/outcome';
import { isFailed } from '../report/outcome';
import { itemName } from '../report/itemName';
import { invalid, outputOf, throwFirst } from '../report/output';
import { tellRemarks } from '../report/remarks';
import { deliverOne } from './attempt';
import { detailsOf } from './details';
import { tellKeyless } from './keyless';
import { Keys } from './keys/keys';
import type { ItemMemory, Remembered } from './memory';
import { Memory } from './memory';
import { inOrder, joined } from '../process/order';
import { areAllPreviews, offersKeys } from './options';
import type { Reading } from './readItems';
import { readItems } from './readItems';
import { doubtOf, mayExist } from './messages';
import { previewAll } from './preview';
import { tellPreview } from './tellPreview';
import type { Account, ReadyItem, Run } from './run';
import { accountsOf, Halt } from './run';
import { asCreated } from './endings';
import type { Decision, Plan, Write } from './write';

/** An item that can be sent, or the outcome of one that cannot. */
type Prepared = { ready: ReadyItem; orders: string[] } | { outcome: Outcome };

/** How a run completes its items, and how a preview does. */
type Plans = Record<'ofRun' | 'ofPreview', Plan | undefined>;

/** The items of one account. */
type Group = Array<{ index: number; ready: ReadyItem; orders: string[] }>;

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
	const connections = await connectItems(
		ctx,
		write.service,
		count,
		areAllPreviews(ctx) ? 'tells' : 'stops',
	);
	const run: Run = { ctx, write, keys: Keys.of(ctx, write.claimSilenceMs), labelOf: labelsOf(write) };
	const cancelled = cancelSignalOf(ctx);
	const readings = await readItems(ctx, write, connections, cancelled, goOn);
	const stop = new AbortController();
	const plans = {
		ofRun: readings.every(({ isPreview }) => isPreview) ? undefined : write.plan?.(ctx, false),
		ofPreview: readings.some(({ isPreview }) => isPreview) ? write.plan?.(ctx, true) : undefined,
	};
	const prepared = await previewed(
		run,
		readings,
		prepareAll(run, readings, connections, plans, stop.signal),
	);

	const cancel = () => stop.abort();
	if (cancelled.aborted) cancel();
	cancelled.addEventListener('abort', cancel, { once: true });
	const sent = await sendAll(run, prepared, stop, goOn);
	cancelled.removeEventListener('abort', cancel);

	// A run that ends with an error gives no results. One that goes on has some, even if it is halted.
	const hasResults = goOn || !sent.some(isFailed);
	const outcomes = hasResults && !cancelled.aborted ? await followed(run, prepared, sent, cancelled) : sent;
	plans.ofRun?.settle(outcomes);
	await run.keys.confirm().catch((cause: Error) => {
		ctx.logger.warn(`Deduplication keys could not be confirmed: ${cause.message}`);
	});
	if (!goOn) throwFirst(node, write.noun, outcomes);
	tellPreview(
		ctx,
		outcomes,
		readings.map(({ connection }) => connection),
	);
	if (offersKeys(write)) tellKeyless(ctx, readings, outcomes);
	tellRemarks(
		ctx,
		readings.map(({ read }) => read),
		outcomes,
	);
	return [
		outcomes.flatMap((outcome, index) => {
			const reading = readings[index];
			const one = prepared[index];
			const ready = one && 'ready' in one ? one.ready : undefined;
			return outputOf(outcome, index, reading && detailsOf(run, reading, outcome, index, ready));
		}),
	];
}

/** The items, with their previews for those that are only previewed. */
async function previewed(run: Run, readings: Reading[], prepared: Prepared[]): Promise<Prepared[]> {
	const all = prepared.flatMap((one, index) => {
		const reading = readings[index];
		return reading?.isPreview ? [{ ...one, index, reading }] : [];
	});
	if (all.length === 0) return prepared;
	const outcomes = await previewAll(run, all);
	const previews = new Map(all.map(({ index }, position) => [index, outcomes[position]]));
	return prepared.map((one, index) => {
		const outcome = previews.get(index);
		return outcome ? { outcome } : one;
	});
}

/** Makes the requests, and reads from memory how earlier tries of the execution ended. */
function prepareAll(
	run: Run,
	readings: Reading[],
	connections: ItemConnection[],
	plans: Plans,
	stop: AbortSignal,
): Prepared[] {
	const usable = connections.flatMap((one) => ('connection' in one ? [one.connection] : []));
	const memory = new Memory(run.ctx, run.ctx.getNode(), usable);
	const accounts = accountsOf(usable, stop);
	return readings.map((reading, index) => {
		const account = reading.connection && accounts.get(reading.connection);
		const plan = reading.isPreview ? plans.ofPreview : plans.ofRun;
		return prepare(run, memory, reading, index, account, plan);
	});
}

function prepare(
	run: Run,
	memory: Memory,
	reading: Reading,
	index: number,
	account: Account | undefined,
	plan: Plan | undefined,
): Prepared {
	const { write } = run;
	const { name, input, options, connection, key } = reading;
	const isRight = connection !== undefined && reading.read.problems.length === 0;
	if (isRight && plan) reading.read = plan.complete(reading.read, index, options, connection);
	const { read } = reading;
	const { decision = {} } = reading;
	const isSent = isRight && read.problems.length === 0 && !decision.rows;
	const request = isSent ? write.request(read, options) : undefined;
	const about = [index, request, input, connection] as const;
	const place = reading.isPreview ? memory.look(...about) : memory.of(...about);
	const remembered = stillInDoubt(place, decision);
	if (account) takeRemembered(write, account, remembered.found);
	if (decision.rows && isRight && remembered.found?.state !== 'created') {
		return { outcome: { state: 'created', rows: tellResolved(read)(decision.rows) } };
	}
	if (!request || !account) {
		return { outcome: earlier(write, name, options, remembered.found) ?? invalid(name, read.problems) };
	}
	const sent = [...privateValues(read, write), account.connection.token];
	const ready = {
		...{ name, account, request, options, key, memory: remembered, sent, trail: { attempts: 0 } },
		known: { ...reading.known, inPanelWords: inPanelWords(write) },
		again: decision.claim?.again,
		complete: completed(write, read, decision),
	};
	return { ready, orders: [write.order(read), ...(decision.claim?.keys ?? [])] };
}

/** Adds to the output rows what the item says: the records that were found, and what is the operation's own. */
function completed(write: Write, read: ReadItem, { tell }: Decision): ReadyItem['complete'] {
	const resolved = tellResolved(read);
	return (rows) =>
		resolved(tell ? tell(rows) : rows).map((row) => ({
			...row,
			...read.tells,
			...write.tell?.(row, read),
		}));
}

/**
 * What is remembered of an item. That a request was in doubt does not matter any more once the record was found: the
 * item has been compared with it anew, and a change may be sent again.
 */
const stillInDoubt = (memory: ItemMemory, { exists, rows }: Decision): ItemMemory =>
	(exists || rows) && memory.found?.state === 'begun' ? { ...memory, found: undefined } : memory;

/** Notes what an earlier try created, so that the look-up of another item does not take it for its own. */
function takeRemembered(write: Write, account: Account, found?: Remembered): void {
	if (found?.state !== 'created') return;
	for (const row of found.rows) account.taken.add(write.idOf(row));
}

/** How an earlier try of an item ended, for an item whose fields have problems this time, so that it has no request. */
function earlier(write: Write, name: string, options: IDataObject, found?: Remembered): Outcome | undefined {
	if (found?.state === 'created') return { state: 'created', rows: found.rows };
	if (found?.state !== 'begun') return undefined;
	return { state: 'unknown', report: mayExist(write, name, doubtOf(found), options) };
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
	const count = prepared.length;
	const outcomes: Outcome[] = [];
	const conclude = (index: number, outcome: Outcome) => {
		outcomes[index] = outcome;
		if (isFailed(outcome) && !goOn) stop.abort(stopped(index, count));
	};
	const groups = new Map<Account, Group>();
	prepared.forEach((one, index) => {
		if ('outcome' in one) return conclude(index, one.outcome);
		const group = groups.get(one.ready.account) ?? [];
		groups.set(one.ready.account, group);
		group.push({ ...one, index });
	});
	const send = async (group: Group) => {
		const orders = joined(group.map((one) => one.orders));
		await inOrder(orders, MOST_PLACES, async (position) => {
			const one = group[position];
			if (one) conclude(one.index, await deliverOne(run, one.ready));
		});
	};
	await Promise.all([...groups.values()].map(send));
	return outcomes;
}

/** Why everything after a failing item is not sent in *Stop* mode. */
function stopped(index: number, count: number): Halt {
	const because = `it was not sent, because ${itemName(index, count)} stopped the run`;
	return new Halt({ because, description: '', details: {} }, true);
}

/** The outcomes after the follow-up; what it found out is remembered for a further try. */
async function followed(
	{ ctx, write }: Run,
	prepared: Prepared[],
	outcomes: Outcome[],
	signal: AbortSignal,
): Promise<Outcome[]> {
	const found = await followAll(write.followUp, { ctx, signal }, outcomes, (index) => {
		const one = prepared[index];
		if (!one || 'outcome' in one) return undefined;
		const { name, account, options, sent, known } = one.ready;
		return { name, connection: account.connection, options, sent, known };
	});
	return outcomes.map((outcome, index) => {
		const one = prepared[index];
		const end = found[index];
		if (end && one && 'ready' in one) one.ready.memory.keep(asCreated(one.ready, end.rows));
		return afterFollowUp(outcome, end);
	});
}
