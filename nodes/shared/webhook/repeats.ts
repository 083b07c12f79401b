import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { hash } from '../json/hash';
import { BoundedMap } from '../process/boundedMap';
import { nodeIdOf } from '../process/nodeId';
import { IGNORED, reject } from './incoming';

/** How many triggers this process remembers deliveries of. One n8n hardly has more. */
const MOST_NODES = 1_000;
/** How many deliveries of one trigger this process remembers, and how many of them n8n stores with the workflow. */
const KEPT_IN_PROCESS = 20_000;
const KEPT_IN_STORE = 2_000;
/**
 * How often deliveries of a burst are stored, in ms: not with each one, because n8n then writes the static data of the
 * whole workflow before it answers.
 */
const STORED_EVERY_MS = 1_000;
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

/** A delivery as it is remembered. */
interface Seen {
	/** Hash of what tells it from others. */
	id: string;
	/** Hash of the state; '' where there is none. */
	state: string;
	/** Until when the sender may repeat it, in epoch seconds. */
	until: number;
	/** Whether this delivery or an earlier one told how the thing began. */
	begins: boolean;
	/** How many deliveries to the trigger had come by then; not stored. */
	place: number;
}

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

const epochSeconds = (): number => Math.floor(Date.now() / 1_000);
const keyOf = ({ id, state, begins }: Seen) => `${id}:${state}:${begins}`;

/** A delivery for which n8n is starting a run, with the answer that it has not given yet. */
interface Starting {
	delivery: Seen;
	response: Response;
}

/** The deliveries to one trigger, by their hashes. */
class Deliveries {
	/** Deliveries that have started a run; of those with states, the last one. */
	private readonly seen = new BoundedMap<Seen>({
		most: KEPT_IN_PROCESS,
		isOver: ({ until }) => until <= epochSeconds(),
	});
	private readonly starting = new Map<string, Starting>();
	/** How many deliveries have come. */
	place = 0;
	/** Hashes of the latest deliveries. More than are stored, so that the list is not cut with each delivery. */
	private latest: string[] = [];
	/** The texts that were stored last and read last, and when the first one was stored (epoch ms by the machine's clock). */
	private stored = '';
	private known = '';
	private storedAt = 0;

	/** Nothing that was delivered to this trigger can be repeated any more. */
	isIdle(): boolean {
		this.seen.dropOver();
		return this.seen.size === 0 && !this.isStartingAny();
	}

	/**
	 * Whether n8n is starting a run for a delivery. Where n8n has answered without starting one, the delivery is
	 * forgotten, so that the next attempt of the sender counts as the first. Only the answer itself shows that.
	 */
	isStartingAny(): boolean {
		for (const [key, { response }] of this.starting) {
			if (response.writableEnded) this.starting.delete(key);
		}
		return this.starting.size > 0;
	}

	/**
	 * Whether a delivery came before. How a thing began comes once. A state is repeated if it is the last one, and n8n is
	 * not starting a run for another one at this moment.
	 */
	has({ id, state, begins }: Seen): boolean {
		const last = this.seen.get(id);
		if (begins || last?.state !== state) return begins && last?.begins === true;
		return !this.startingOf(id).some((other) => !other.begins && other.state !== state);
	}

	/** The deliveries about one thing for which n8n is starting a run. */
	private startingOf(id: string): Seen[] {
		if (!this.isStartingAny()) return [];
		return [...this.starting.values()].flatMap(({ delivery }) => (delivery.id === id ? [delivery] : []));
	}

	/** Adds what was delivered now. How a thing began changes nothing about a state that it was in later. */
	private deliver(delivery: Seen): void {
		const last = this.seen.get(delivery.id);
		this.add({
			...((delivery.begins && last) || delivery),
			begins: delivery.begins || last?.begins === true,
		});
	}

	private add(delivery: Seen): void {
		this.seen.set(delivery.id, delivery);
		this.latest.push(delivery.id);
		if (this.latest.length > 2 * KEPT_IN_STORE) this.latest = this.latest.slice(-KEPT_IN_STORE);
	}

	/**
	 * Notes the state of something as the last one, if an earlier state was delivered, or n8n is starting its run.
	 *
	 * @param isFirst notes it also if no state was delivered before
	 * @returns whether that is news
	 */
	pass(delivery: Seen, isFirst: boolean): boolean {
		const isKnown = this.seen.get(delivery.id) !== undefined || this.startingOf(delivery.id).length > 0;
		const isNews = !this.has(delivery) && (isFirst || isKnown);
		if (isNews) this.deliver(delivery);
		return isNews;
	}

	/** Whether n8n is starting a run for the same delivery, or for the beginning of a thing that is still in that state. */
	isStarting(delivery: Seen): boolean {
		const same = [delivery, { ...delivery, begins: true }];
		return this.isStartingAny() && same.some((one) => this.starting.has(keyOf(one)));
	}

	start(delivery: Seen, response: Response): void {
		this.starting.set(keyOf(delivery), { delivery, response });
	}

	/** Its run has begun. If a later state of the same thing was noted meanwhile, that one stays the last. */
	started(delivery: Seen): void {
		if (!this.starting.delete(keyOf(delivery))) return;
		const now = this.seen.get(delivery.id);
		if (delivery.begins || !now || now.until < delivery.until || now.place < delivery.place)
			this.deliver(delivery);
	}

	/** Adds what was stored before this process began, or by another process. */
	read(text: unknown): void {
		if (typeof text !== 'string' || text === this.stored || text === this.known) return;
		this.known = text;
		const now = epochSeconds();
		for (const entry of text.split(' ')) {
			const [id = '', time = '', state = '', begins] = entry.split(':');
			const until = Number.parseInt(time, 36);
			const known = this.seen.get(id);
			const hasBegun = begins !== undefined || known?.begins === true;
			// Of two states, the later one counts.
			if (id !== '' && until > (known?.until ?? now))
				this.add({ id, state, until, begins: hasBegun, place: this.place });
			else if (known) known.begins = hasBegun;
		}
	}

	/** Whether they should be stored now. In a burst, a later delivery stores the earlier ones too. */
	get isDue(): boolean {
		return !this.isStartingAny() || Date.now() - this.storedAt >= STORED_EVERY_MS;
	}

	/** The latest deliveries as one text: n8n wraps each value of an object, which takes far longer. */
	write(): string {
		const entries = new Set(this.latest.slice(-KEPT_IN_STORE));
		this.storedAt = Date.now();
		this.stored = [...entries]
			.flatMap((id) => this.seen.get(id) ?? [])
			.map(
				({ id, until, state, begins }) =>
					`${id}:${until.toString(36)}${state && `:${state}`}${begins ? ':' : ''}`,
			)
			.join(' ');
		return this.stored;
	}
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
