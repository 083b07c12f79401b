import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { allFields, apiName } from '../fields/field';
import { privateValues } from '../fields/item';
import type { Connection } from '../http/connect';
import { cancelSignalOf, connect } from '../http/connect';
import { MAX_IN_FLIGHT } from '../http/limiter';
import type { Created } from '../report/followUp';
import type { Outcome } from '../report/outcome';
import { isFailed } from '../report/outcome';
import { invalid, itemName, outputOf, throwFirst } from '../report/output';
import { deliverOne } from './attempt';
import { tellKeyless } from './keyless';
import { Keys } from './keys';
import type { Remembered } from './memory';
import { Memory } from './memory';
import { inOrder } from './order';
import type { Reading } from './readItems';
import { readItems } from './readItems';
import { doubtOf, mayExist } from './reasons';
import type { ReadyItem, Run } from './run';
import { Halt } from './run';
import type { Plan, Write } from './write';

/** An item that can be sent, or what kept it from being so. */
type Prepared = { ready: ReadyItem; order: string } | { outcome: Outcome };

/**
 * Creates one record per input item: once, in order, within the rate. See `docs/reliability.md` for what is promised.
 *
 * @returns the node's output in input order, each row linked to its item; items that failed give `{ error, details }`
 * @throws a NodeApiError or NodeOperationError about the first failing item, unless the node continues on error
 */
export async function deliver(ctx: IExecuteFunctions, write: Write): Promise<INodeExecutionData[][]> {
	const node = ctx.getNode();
	const items = ctx.getInputData();
	const goOn = ctx.continueOnFail();
	const connection = await connect(ctx, node, write.service);
	const halting = new AbortController();
	const run: Run = {
		...connection,
		ctx,
		write,
		keys: new Keys(ctx, node.id),
		labelOf: labelsOf(write),
		signal: halting.signal,
		halt: (because) => halting.abort(because),
		taken: new Set(),
	};
	const cancelled = cancelSignalOf(ctx);
	const cancel = () => halting.abort();
	if (cancelled.aborted) cancel();
	cancelled.addEventListener('abort', cancel, { once: true });
	const readings = await readItems(run, write, items, goOn);
	const plan = write.plan?.(run);
	const memory = new Memory(ctx, node, connection.baseUrl);
	const prepared = readings.map((reading, index) => prepare(run, memory, reading, index, plan));
	const outcomes: Outcome[] = [];
	const firstInvalid = prepared.findIndex((item) => 'outcome' in item && isFailed(item.outcome));
	if (firstInvalid >= 0 && !goOn) run.halt(stopped(firstInvalid, items.length));

	await inOrder(
		prepared.map((item) => ('ready' in item ? item.order : undefined)),
		MAX_IN_FLIGHT,
		async (index) => {
			const item = prepared[index];
			if (!item || !('ready' in item)) return;
			const outcome = await deliverOne(run, item.ready);
			outcomes[index] = outcome;
			if (isFailed(outcome) && !goOn) run.halt(stopped(index, items.length));
		},
	);
	// A run that ends with an error gives no results; one that goes on has some, although it may be halted.
	const hasResults = goOn || !run.signal.aborted;
	if (write.followUp && hasResults && !cancelled.aborted) {
		await write.followUp({ ctx, signal: cancelled }, followed(connection, prepared, outcomes));
	}
	cancelled.removeEventListener('abort', cancel);
	prepared.forEach((item, index) => {
		if ('outcome' in item) outcomes[index] = item.outcome;
	});
	plan?.settle(outcomes);
	await run.keys.confirm().catch((cause: Error) => {
		ctx.logger.warn(`Deduplication keys could not be confirmed: ${cause.message}`);
	});
	if (!goOn) throwFirst(node, write.noun, outcomes);
	tellKeyless(ctx, readings, outcomes);
	return [outcomes.flatMap(outputOf)];
}

/** What an earlier try created is not to be found again by the look-up of another item. */
function takeRemembered(run: Run, found?: Remembered): void {
	if (found?.state !== 'created') return;
	for (const row of found.rows) run.taken.add(run.write.idOf(row));
}

/** What an earlier try of an item came to whose fields do not pass this time, so that it has no request. */
function earlier(write: Write, name: string, options: IDataObject, found?: Remembered): Outcome | undefined {
	if (found?.state === 'created') return { state: 'created', rows: found.rows };
	if (found?.state !== 'begun') return undefined;
	return { state: 'unknown', report: mayExist(write, name, doubtOf(found), options) };
}

/** The created items with what a follow-up may do to them. */
function followed(connection: Connection, prepared: Prepared[], outcomes: Outcome[]): Created[] {
	return prepared.flatMap((item, index) => {
		const outcome = outcomes[index];
		if (!('ready' in item) || outcome?.state !== 'created') return [];
		const { name, options, sent } = item.ready;
		const become = (other: Outcome) => {
			outcomes[index] = other;
		};
		return [{ name, connection, options, rows: outcome.rows, sent, become }];
	});
}

function labelsOf(write: Write): (apiName: string) => string | undefined {
	const labels = new Map(allFields(write).map((field) => [apiName(field), field.label]));
	return (name) => labels.get(name);
}

function prepare(
	run: Run,
	memory: Memory,
	{ name, input, read, options }: Reading,
	index: number,
	plan?: Plan,
): Prepared {
	const { write } = run;
	const problems = [...read.problems];
	if (problems.length === 0 && plan) problems.push(...plan.complete(read, index, options));
	const request = problems.length === 0 ? write.request(read, options) : undefined;
	const remembered = memory.of(index, request, input);
	takeRemembered(run, remembered.found);
	if (!request)
		return { outcome: earlier(write, name, options, remembered.found) ?? invalid(name, problems) };
	const sent = [...privateValues(read, write), run.token];
	return { ready: { name, request, options, memory: remembered, sent }, order: write.order(read) };
}

/** Why everything after a failing item is not sent in *Stop* mode. */
function stopped(index: number, count: number): Halt {
	const because = `it was not sent, because ${itemName(index, count)} stopped the run`;
	return new Halt({ because, description: '', details: {} }, true);
}
