import type { IWebhookFunctions } from 'n8n-workflow';

import { BoundedMap } from '../process/boundedMap';

/** How many deliveries of one trigger this process remembers, and how many of them n8n stores with the workflow. */
const KEPT_IN_PROCESS = 20_000;
const KEPT_IN_STORE = 2_000;
/**
 * How often deliveries of a burst are stored, in ms: not with each one, because n8n then writes the static data of the
 * whole workflow before it answers.
 */
const STORED_EVERY_MS = 1_000;

/** A delivery as it is remembered. */
export interface Seen {
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

/** Now by the machine's clock, which other processes know. */
export const epochSeconds = (): number => Math.floor(Date.now() / 1_000);
const keyOf = ({ id, state, begins }: Seen) => `${id}:${state}:${begins}`;

/** A delivery for which n8n is starting a run, with the answer that it has not given yet. */
interface Starting {
	delivery: Seen;
	response: Response;
}

/** The deliveries to one trigger, by their hashes. */
export class Deliveries {
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
