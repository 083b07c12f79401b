import { request } from 'undici';

/** One attempt to deliver a webhook. */
export interface Delivery {
	/** Epoch ms. */
	at: number;
	url: string;
	/** ID of the registration; null for a receiver without one. */
	webhook: string | null;
	/** What it is about: Propexo's trigger, or RentEngine's table and action. */
	about: string;
	/** Whether its signature (or key) is the right one. */
	mark: Mark;
	/** 1 for the first attempt. */
	attempt: number;
	body: unknown;
	/** Status of the reply; 0 when there was none. */
	status: number;
	/** Why there was no reply. */
	error?: string;
}

/** How a delivery is signed: with the right secret, a wrong or an earlier one, or not at all. */
export type Mark = 'valid' | 'wrong' | 'old' | 'missing';

/** A delivery before it is sent. */
export interface Parcel extends Pick<Delivery, 'url' | 'webhook' | 'about' | 'mark'> {
	headers: Record<string, string>;
	/** The text as signed. */
	text: string;
}

/** How often a delivery that was not confirmed is repeated. */
export interface Repeats {
	/** From one attempt to the next. */
	everyMs: number;
	/** How many after the first one. */
	times: number;
}

const REPLY_TIMEOUT_MS = 10_000;

/** Delivers webhooks and keeps a list of the attempts. A 2xx confirms a delivery. */
export class Courier {
	readonly deliveries: Delivery[] = [];
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly underway = new Set<Promise<unknown>>();
	private readonly repeats: () => Repeats;
	private ending = new AbortController();

	/** @param repeats read again after every attempt that was not confirmed */
	constructor(repeats: () => Repeats) {
		this.repeats = repeats;
	}

	/**
	 * Delivers at once, and again later as long as nobody confirms.
	 * @returns the first attempt, when it is over
	 */
	send(parcel: Parcel): Promise<Delivery> {
		return this.track(this.attempt(parcel, 1));
	}

	/**
	 * Runs `action` after `delayMs`, unless the courier is stopped before. A timer counts from the start of the event
	 * loop's turn and may therefore be over some milliseconds before the clock shows it; it is then set once more.
	 */
	later(delayMs: number, action: () => void): void {
		const due = Date.now() + delayMs;
		const wait = (): void => {
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				if (Date.now() < due) wait();
				else action();
			}, due - Date.now());
			timer.unref();
			this.timers.add(timer);
		};
		wait();
	}

	/** Resolves when no attempt is under way (repeats that wait for their time do not count). */
	async idle(): Promise<void> {
		while (this.underway.size > 0) await Promise.all(this.underway);
	}

	/** Empties the list, breaks off deliveries that are under way and drops those still to come. */
	clear(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.ending.abort();
		this.ending = new AbortController();
		this.deliveries.length = 0;
	}

	private async attempt(parcel: Parcel, attempt: number): Promise<Delivery> {
		const { signal } = this.ending;
		const { url, webhook, about, mark } = parcel;
		const delivery: Delivery = {
			at: Date.now(),
			url,
			webhook,
			about,
			mark,
			attempt,
			body: JSON.parse(parcel.text),
			status: 0,
		};
		this.deliveries.push(delivery);
		try {
			const reply = await request(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...parcel.headers },
				body: parcel.text,
				headersTimeout: REPLY_TIMEOUT_MS,
				bodyTimeout: REPLY_TIMEOUT_MS,
				signal,
			});
			await reply.body.dump();
			delivery.status = reply.statusCode;
		} catch (error) {
			delivery.error = error instanceof Error ? error.message : String(error);
		}
		const { everyMs, times } = this.repeats();
		const confirmed = delivery.status >= 200 && delivery.status < 300;
		if (!confirmed && attempt <= times && !signal.aborted) {
			this.later(everyMs, () => void this.track(this.attempt(parcel, attempt + 1)));
		}
		return delivery;
	}

	private track<T>(work: Promise<T>): Promise<T> {
		this.underway.add(work);
		const done = (): void => void this.underway.delete(work);
		work.then(done, done);
		return work;
	}
}
