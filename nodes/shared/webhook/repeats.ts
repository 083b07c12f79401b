import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { hash } from '../json/hash';
import { BoundedMap } from '../process/boundedMap';
import { nodeIdOf } from '../process/nodeId';
import type { Seen } from './deliveries';
import { Deliveries, epochSeconds } from './deliveries';
import { IGNORED, reject } from './incoming';

/** How many triggers this process remembers deliveries of. One n8n hardly has more. */
const MOST_NODES = 1_000;
/** Characters kept of a hash: 96 bits. */
const HASH_LENGTH = 16;

const STARTING = {
	status: 503,
	/**
	 * @cause The same webhook came twice at the same moment.
	 * @cure Nothing: the service sends it again.
	 */
	message: 'A run for the same webhook is being started. Send it again later.',
};

/** What makes two deliveries the same. */
export interface Identity {
	/** What tells them from others, such as their canonical JSON. */
	content: string;
	/**
	 * The state that it tells, for something that changes and may change back: only the last state counts as delivered.
	 */
	state?: string;
	/** It tells how the thing began. That happens once, so it counts as repeated after a later state too. */
	begins?: boolean;
	/** For how long the same delivery counts as repeated. */
	withinMs: number;
}

/*
 * Why not n8n's deduplication store: n8n-core offers it only to `execute`, and by then a run has started. It also
 * knows no time, so that a sync that ends today like yesterday would count as repeated. So hashes of the deliveries are
 * kept in the node's static data, which n8n saves once the run has begun.
 *
 * n8n reads static data before each webhook and writes all of it back afterwards, so deliveries that overlap undo each
 * other's entries. This process therefore remembers them all, and adds those that are missing with the next delivery.
 * One gap stays: a restart, or another process that takes webhooks, may not know some of the deliveries that came in
 * the same moment. In a burst that moment is a second: what was delivered is stored once for all of it.
 */
const nodes = new BoundedMap<Deliveries>({
	most: MOST_NODES,
	isOver: (deliveries) => deliveries.isIdle(),
	isInUse: (deliveries) => deliveries.isStartingAny(),
});

/** A delivery, and what is remembered of its trigger. */
function recall(ctx: IWebhookFunctions, { content, state, begins = false, withinMs }: Identity) {
	const deliveries = nodes.getOrAdd(nodeIdOf(ctx), () => new Deliveries());
	const data = ctx.getWorkflowStaticData('node');
	deliveries.read(data.seen);
	const delivery: Seen = {
		id: hash(content, HASH_LENGTH),
		state: state === undefined ? '' : hash(state, HASH_LENGTH),
		until: epochSeconds() + Math.ceil(withinMs / 1_000),
		begins,
		place: ++deliveries.place,
	};
	return { deliveries, data, delivery, isRepeat: deliveries.has(delivery) };
}

/**
 * Starts a run for a delivery, unless the same delivery has started one before. While n8n is starting a run, it may
 * still fail: a repeat is then answered with 503, so that the sender tries again.
 *
 * The test URL takes a single delivery, so each one starts a run there.
 *
 * @param json what the run is started with
 */
export function startOnce(
	ctx: IWebhookFunctions,
	identity: Identity,
	json: IDataObject,
): IWebhookResponseData {
	const workflowData = [[{ json }]];
	if (ctx.getMode() === 'manual') return { workflowData };
	const { deliveries, data, delivery, isRepeat } = recall(ctx, identity);
	if (isRepeat) return IGNORED;
	if (deliveries.isStarting(delivery)) return reject(ctx, STARTING);
	deliveries.start(delivery, ctx.getResponseObject());
	return {
		workflowData,
		// n8n asks for the answer once the run has begun, right before it saves static data that has changed. An
		// earlier change would not be saved: n8n wraps the same data again when it starts the run.
		get webhookResponse() {
			deliveries.started(delivery);
			if (deliveries.isDue) data.seen = deliveries.write();
			/**
			 * @cause The answer to the service once its webhook has started the workflow.
			 * @cure Nothing.
			 */
			return { message: 'Workflow was started' };
		},
	};
}

/**
 * Notes a delivery that starts no run because the user did not ask for it. Its state is now the last one, so that the
 * state before it starts a run when it comes again. n8n saves static data also where it starts no run.
 *
 * @param isFirst the delivery may be the first that tells of a thing whose later states are wanted
 */
export function passOver(ctx: IWebhookFunctions, identity: Identity, isFirst = false): IWebhookResponseData {
	if (ctx.getMode() === 'manual') return IGNORED;
	const { deliveries, data, delivery } = recall(ctx, identity);
	if (deliveries.pass(delivery, isFirst) && deliveries.isDue) data.seen = deliveries.write();
	return IGNORED;
}
