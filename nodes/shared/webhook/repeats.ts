import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { hash } from '../json/hash';
import { BoundedMap } from '../process/boundedMap';
import { placeOf } from '../process/place';
import { IGNORED, reject } from './incoming';

/** How many nodes with webhooks this process remembers deliveries of: more are hardly published in one n8n. */
const MOST_NODES = 1_000;
/** How many deliveries of one node this process remembers, and how many of those n8n stores with the workflow. */
const KEPT_IN_PROCESS = 20_000;
const KEPT_IN_STORE = 2_000;
/** Characters kept of a hash: 96 bits. */
const HASH_LENGTH = 16;

const STARTING = { status: 503, message: 'The same webhook is just being taken. Send it again later.' };

/** What makes two deliveries the same. */
export interface Identity {
	/** E.g. their canonical JSON. */
	content: string;
	/** What it came with, where that changes and may change back: only the last one counts as seen. */
	state?: string;
}

/** A delivery as it is remembered. */
interface Mark {
	hash: string;
	/** Hash of the state; '' for what has none. */
	state: string;
	/** Until when the sender may repeat it, in epoch seconds. */
	until: number;
}

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

const epochSeconds = (): number => Math.floor(Date.now() / 1_000);
const keyOf = ({ hash, state }: Mark) => `${hash}:${state}`;

/** The deliveries of one node by their hashes, the oldest first. */
class Deliveries {
	/** What has started a run; of what has states, the last one. */
	private readonly seen = new BoundedMap<Mark>({
		most: KEPT_IN_PROCESS,
		isOver: ({ until }) => until <= epochSeconds(),
	});
	/** The answers that n8n owes to what it is starting runs for. */
	private readonly starting = new Map<string, Response>();
	/** The hashes of the latest ones; longer than what is stored, so that it is not cut each time. */
	private latest: string[] = [];
	/** What was stored last. */
	private text = '';

	/** Nothing of this node can be repeated any more. */
	isIdle(): boolean {
		this.seen.dropOver();
		return this.seen.size === 0 && !this.isStartingAny();
	}

	/**
	 * Whether n8n is starting a run for a delivery. What n8n has answered without a run is forgotten: the sender's next
	 * attempt counts as the first again. No event tells of such an answer when the sender has hung up before it.
	 */
	isStartingAny(): boolean {
		for (const [key, response] of this.starting) {
			if (response.writableEnded) this.starting.delete(key);
		}
		return this.starting.size > 0;
	}

	has({ hash, state }: Mark): boolean {
		return this.seen.get(hash)?.state === state;
	}

	add(mark: Mark): void {
		this.seen.set(mark.hash, mark);
		this.latest.push(mark.hash);
		if (this.latest.length > 2 * KEPT_IN_STORE) this.latest = this.latest.slice(-KEPT_IN_STORE);
	}

	/** Whatever was seen of the same, this state is its last one. */
	pass(mark: Mark): void {
		if (this.seen.get(mark.hash)) this.add(mark);
	}

	isStarting(mark: Mark): boolean {
		return this.isStartingAny() && this.starting.has(keyOf(mark));
	}

	start(mark: Mark, response: Response): void {
		this.starting.set(keyOf(mark), response);
	}

	started(mark: Mark): void {
		if (this.starting.delete(keyOf(mark))) this.add(mark);
	}

	/** Adds what was stored before this process began, or by another one. */
	read(text: unknown): void {
		if (typeof text !== 'string' || text === this.text) return;
		const now = epochSeconds();
		for (const entry of text.split(' ')) {
			const [hash = '', time = '', state = ''] = entry.split(':');
			const until = Number.parseInt(time, 36);
			// Of two states the younger one holds.
			const isNews = until > (this.seen.get(hash)?.until ?? now);
			if (hash !== '' && isNews) this.add({ hash, state, until });
		}
	}

	/** The latest ones as one text: n8n watches each value of an object by itself, which takes far longer. */
	write(): string {
		const entries = new Set(this.latest.slice(-KEPT_IN_STORE));
		this.text = [...entries]
			.flatMap((hash) => this.seen.get(hash) ?? [])
			.map(({ hash, until, state }) => `${hash}:${until.toString(36)}${state && `:${state}`}`)
			.join(' ');
		return this.text;
	}
}

/*
 * n8n's deduplication store is not open to webhooks (n8n-core offers it to `execute` alone, and by then there is a
 * run), and it knows no time, so that a sync ending today as it did yesterday would count as repeated. Hashes of
 * what was delivered are kept in the node's static data instead, which n8n saves once the run has begun.
 *
 * n8n reads static data before each webhook and writes it back whole afterwards, so deliveries that overlap undo
 * each other's entries. This process therefore keeps them all, and writes those that are missing again with the
 * next delivery. What is left: of deliveries in the same moment, some may be forgotten by a restart, or by another
 * process that takes webhooks.
 */
const nodes = new BoundedMap<Deliveries>({
	most: MOST_NODES,
	isOver: (deliveries) => deliveries.isIdle(),
	isInUse: (deliveries) => deliveries.isStartingAny(),
});

/** A delivery, and what is remembered of its node. */
function recall(ctx: IWebhookFunctions, { content, state }: Identity, withinMs: number) {
	const deliveries = nodes.getOrAdd(placeOf(ctx), () => new Deliveries());
	const data = ctx.getWorkflowStaticData('node');
	deliveries.read(data.seen);
	const mark: Mark = {
		hash: hash(content, HASH_LENGTH),
		state: state === undefined ? '' : hash(state, HASH_LENGTH),
		until: epochSeconds() + Math.ceil(withinMs / 1_000),
	};
	return { deliveries, data, mark, isRepeat: deliveries.has(mark) };
}

/**
 * Starts a run for a delivery, unless the same one has started one before. While n8n is starting one, nobody knows
 * whether it will: a repeat is then answered with 503, so that the sender tries again.
 *
 * The test URL takes a single delivery, so there every one is the first.
 *
 * @param withinMs for how long a sender may repeat a delivery
 * @param json what the run is started with
 */
export function startOnce(
	ctx: IWebhookFunctions,
	identity: Identity,
	withinMs: number,
	json: IDataObject,
): IWebhookResponseData {
	const workflowData = [[{ json }]];
	if (ctx.getMode() === 'manual') return { workflowData };
	const { deliveries, data, mark, isRepeat } = recall(ctx, identity, withinMs);
	if (isRepeat) return IGNORED;
	if (deliveries.isStarting(mark)) return reject(ctx, STARTING);
	deliveries.start(mark, ctx.getResponseObject());
	return {
		workflowData,
		// n8n asks for the answer once the run has begun, right before it saves what is new in the static data.
		// What was new earlier it no longer takes for new: on its way to the run it wraps the same data afresh.
		get webhookResponse() {
			deliveries.started(mark);
			data.seen = deliveries.write();
			return { message: 'Workflow was started' };
		},
	};
}

/**
 * Takes note of a delivery that starts no run because it was not asked for: what came before it is no longer the last
 * state, and may come again.
 *
 * @param withinMs for how long a sender may repeat a delivery
 */
export function passOver(ctx: IWebhookFunctions, identity: Identity, withinMs: number): IWebhookResponseData {
	const { deliveries, mark } = recall(ctx, identity, withinMs);
	deliveries.pass(mark);
	return IGNORED;
}
