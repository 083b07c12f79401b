import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ReadyItem, Run } from './attempt';
import { deliverOne, Halt } from './attempt';
import { cancelSignalOf, connect } from './connect';
import type { Field } from './fields';
import { apiName } from './fields';
import { Keys } from './keys';
import { Memory } from './memory';
import { inOrder } from './order';
import type { FailedOutcome, Outcome } from './outcome';
import { isFailed } from './outcome';
import { MAX_IN_FLIGHT } from './pacing';
import type { Reading } from './reading';
import { readItems } from './reading';
import { invalid, itemName, outputOf, throwFirst } from './results';
import type { Created, Plan, Write } from './write';

/** An item that can be sent, or what kept it from being so. */
type Prepared = { ready: ReadyItem; order: string } | { outcome: FailedOutcome };

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
	const plan = await write.plan?.(ctx);
	const memory = new Memory(ctx, node, connection.baseUrl);
	const prepared = readings.map((reading, index) => prepare(run, memory, reading, index, plan));
	for (const item of prepared) if ('ready' in item) takeRemembered(run, item.ready);
	const outcomes: Outcome[] = [];
	const firstInvalid = prepared.findIndex((item) => 'outcome' in item);
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
		await write.followUp({ ...run, signal: cancelled }, followed(run, prepared, outcomes));
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
	return [outcomes.flatMap(outputOf)];
}

/** What an earlier try created is not to be found again by the look-up of another item. */
function takeRemembered(run: Run, { memory: { found } }: ReadyItem): void {
	if (found?.state !== 'created') return;
	for (const row of found.rows) run.taken.add(run.write.idOf(row));
}

/** The created items with what a follow-up may do to them. */
function followed({ token }: Run, prepared: Prepared[], outcomes: Outcome[]): Created[] {
	return prepared.flatMap((item, index) => {
		const outcome = outcomes[index];
		if (!('ready' in item) || outcome?.state !== 'created') return [];
		const { name, options, request } = item.ready;
		const become = (other: Outcome) => {
			outcomes[index] = other;
		};
		return [{ name, options, rows: outcome.rows, sent: [request.body, token], become }];
	});
}

function labelsOf(write: Write): (apiName: string) => string | undefined {
	const fields = [...write.fields, ...write.collections.flatMap((collection) => collection.fields)];
	const labels = new Map(fields.map((field: Field) => [apiName(field), field.label]));
	return (name) => labels.get(name);
}

function prepare(
	{ write }: Run,
	memory: Memory,
	{ name, input, read, options }: Reading,
	index: number,
	plan?: Plan,
): Prepared {
	const problems = [...read.problems];
	if (problems.length === 0 && plan) problems.push(...plan.complete(read, index, options));
	if (problems.length > 0) return { outcome: invalid(name, problems) };
	const request = write.request(read, options);
	return {
		ready: { name, request, options, memory: memory.of(index, request, input) },
		order: write.order(read),
	};
}

/** Why everything after a failing item is not sent in *Stop* mode. */
function stopped(index: number, count: number): Halt {
	const because = `it was not sent, because ${itemName(index, count)} stopped the run`;
	return new Halt({ because, description: '', details: {} }, true);
}
