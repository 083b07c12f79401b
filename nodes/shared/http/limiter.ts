import { sleep } from 'n8n-workflow';

import { readRateHeaders } from './rateHeaders';
import type { Rate } from './service';

/** Requests one token may have under way at the same time. */
export const MAX_IN_FLIGHT = 10;

/** First pause after a 429 that does not say how long to wait; each further one doubles it. */
const FIRST_PAUSE_MS = 1_000;

/** How long an unused limiter is kept: longer than an execution pauses between two requests, such as before a look-up. */
const FORGOTTEN_AFTER_MS = 600_000;

/** The part of a reply that tells about the rate. */
export interface CountedReply {
	status: number;
	/** Header names in lower case. */
	headers: Record<string, unknown>;
}

/** The right to send one request. Only the first of these calls counts. */
export interface Slot {
	/** A request was sent: it counts against the rate, whether a reply came or not. */
	count(reply?: CountedReply): void;
	/** No request was sent: the next one in the queue gets the slot. */
	giveBack(): void;
}

/** There will be no slot soon: 429 is the only answer, or the service asks for a longer wait than `patienceMs`. */
export class NoSlot extends Error {}

/** A request in the queue. */
interface Waiting {
	give(slot: Slot): void;
	sendAway(): void;
}

/**
 * Keeps all requests made with one token below the service's rate, first come first served.
 *
 * It starts with the published rate, counted over a sliding window: the service's own window may begin at any moment.
 * The headers of replies overrule it. They tell the limit, what is left of it for everybody who shares the token, and
 * when it is reset. A 429 stops all requests for as long as it asks.
 */
export class Limiter {
	private readonly queue: Waiting[] = [];
	private inFlight = 0;
	/** When each counted request of the last window ended, oldest first from `oldest` on. */
	private ended: number[] = [];
	private oldest = 0;
	private limit: number;
	/** How many requests the service said are left, and until when (epoch ms) that holds. */
	private remaining?: number;
	private resetAt = 0;
	/** The service itself named the end of its window. */
	private resetNamed = false;
	/** No request before this time, since the 429 at `blockedAt` (both epoch ms). */
	private blockedUntil = 0;
	private blockedAt = 0;
	/** How many 429s in a row named no time to wait. */
	private pauses = 0;
	/** Since when 429 is the only answer, epoch ms. */
	private refusedSince?: number;
	/** Ends the sleep until the next slot. */
	private alarm?: AbortController;
	/** Epoch ms. */
	lastUsed = Date.now();

	constructor(private readonly rate: Rate) {
		this.limit = rate.requests;
	}

	/** True when it can be forgotten: nothing waits or is under way, and what it has learned is out of date. */
	isIdle(now: number): boolean {
		const quietFor = now - Math.max(this.lastUsed, this.blockedUntil);
		const matters = Math.max(this.rate.windowMs, FORGOTTEN_AFTER_MS);
		return this.inFlight === 0 && this.queue.length === 0 && quietFor > matters;
	}

	/** True when requests wait or are under way, or the service has asked to wait. */
	isBusy(): boolean {
		return this.inFlight > 0 || this.queue.length > 0 || this.blockedUntil > Date.now();
	}

	/** True while the service asks for a longer wait than `patienceMs`. */
	isClosed(): boolean {
		return this.blockedUntil - Date.now() > this.rate.patienceMs;
	}

	/** True when 429 has been the only answer for longer than `patienceMs`. */
	isRefusing(): boolean {
		return this.refusedSince !== undefined && Date.now() - this.refusedSince > this.rate.patienceMs;
	}

	/**
	 * Waits for a slot.
	 *
	 * @param signal ends the wait at once; the promise then rejects with the signal's reason
	 * @throws NoSlot when waiting is of no use
	 */
	async slot(signal: AbortSignal): Promise<Slot> {
		signal.throwIfAborted();
		if (this.isClosed()) throw new NoSlot();
		return await new Promise<Slot>((resolve, reject) => {
			const waiting: Waiting = {
				give: (slot) => {
					signal.removeEventListener('abort', leave);
					resolve(slot);
				},
				sendAway: () => {
					signal.removeEventListener('abort', leave);
					reject(new NoSlot());
				},
			};
			const leave = () => {
				this.queue.splice(this.queue.indexOf(waiting), 1);
				if (this.queue.length === 0) this.alarm?.abort();
				reject(signal.reason);
			};
			signal.addEventListener('abort', leave, { once: true });
			this.queue.push(waiting);
			this.giveSlots();
		});
	}

	private giveSlots(): void {
		while (this.queue.length > 0) {
			const now = Date.now();
			const wait = this.waitMs(now);
			// Only a reply can change that: its `count` calls this again.
			if (wait === Infinity) return;
			if (wait > 0) return this.wakeIn(wait);
			this.queue.shift()?.give(this.begin(now));
		}
	}

	private wakeIn(ms: number): void {
		this.alarm?.abort();
		const alarm = new AbortController();
		this.alarm = alarm;
		sleep(Math.ceil(ms), alarm.signal).then(
			() => this.giveSlots(),
			() => undefined, // replaced by a later alarm, or nobody waits any more
		);
	}

	/** How long the next request has to wait, in ms; Infinity: until a request under way has its reply. */
	private waitMs(now: number): number {
		if (this.inFlight >= MAX_IN_FLIGHT) return Infinity;
		if (this.blockedUntil > now) return this.blockedUntil - now;
		// After a 429 that named no time, a single request tries whether the service is open again.
		if (this.pauses > 0 && this.inFlight > 0) return Infinity;
		if (this.remaining !== undefined && this.resetAt <= now) this.openWindow();
		if (this.remaining !== undefined && this.remaining - this.inFlight <= 0) {
			return this.inFlight > 0 ? Infinity : this.resetAt - now;
		}
		this.forgetBefore(now - this.rate.windowMs);
		if (this.ended.length - this.oldest + this.inFlight < this.limit) return 0;
		const first = this.ended[this.oldest];
		return first === undefined ? Infinity : first + this.rate.windowMs - now;
	}

	private openWindow(): void {
		this.remaining = undefined;
		// Where the service names the end of its window, what was sent in it no longer counts.
		if (this.resetNamed) this.oldest = this.ended.length;
	}

	private forgetBefore(time: number): void {
		while ((this.ended[this.oldest] ?? Infinity) <= time) this.oldest++;
		if (this.oldest > 1_000 && this.oldest * 2 > this.ended.length) {
			this.ended = this.ended.slice(this.oldest);
			this.oldest = 0;
		}
	}

	private begin(sentAt: number): Slot {
		this.inFlight++;
		this.lastUsed = sentAt;
		let open = true;
		const end = (counted: boolean, reply?: CountedReply) => {
			if (!open) return;
			open = false;
			const now = Date.now();
			this.inFlight--;
			this.lastUsed = now;
			if (counted) this.ended.push(now);
			if (reply) this.learn(reply, sentAt, now);
			this.giveSlots();
		};
		return { count: (reply) => end(true, reply), giveBack: () => end(false) };
	}

	private learn({ status, headers }: CountedReply, sentAt: number, now: number): void {
		const { limit, remaining, resetMs, retryAfterMs } = readRateHeaders(headers, now);
		if (limit !== undefined && limit > 0) this.limit = limit;
		if (remaining !== undefined) this.learnRemaining(remaining, resetMs, sentAt, now);
		if (status === 429) {
			this.pause(retryAfterMs ?? resetMs, sentAt, now);
			if (this.isClosed() || this.isRefusing()) this.sendAllAway();
		} else if (sentAt >= this.blockedAt) {
			this.pauses = 0;
			this.refusedSince = undefined;
		}
	}

	private learnRemaining(remaining: number, reset: number | undefined, sentAt: number, now: number): void {
		const newWindow =
			this.remaining === undefined || now >= this.resetAt || remaining > this.remaining + MAX_IN_FLIGHT;
		this.resetNamed = reset !== undefined;
		if (reset !== undefined) {
			// However long it says, after `patienceMs` a request finds out anew.
			this.resetAt = now + Math.min(reset, this.rate.patienceMs);
		} else if (newWindow) {
			// A new window began with this request at the latest.
			this.resetAt = sentAt + this.rate.windowMs;
		}
		// Replies overtake each other: within a window the smallest number is the newest.
		this.remaining = newWindow ? remaining : Math.min(this.remaining ?? remaining, remaining);
	}

	private sendAllAway(): void {
		this.alarm?.abort();
		for (const waiting of this.queue.splice(0)) waiting.sendAway();
	}

	private pause(asked: number | undefined, sentAt: number, now: number): void {
		// Refusals that lie so far apart do not belong together.
		if (now - this.blockedAt > this.rate.patienceMs) this.refusedSince = undefined;
		this.refusedSince ??= now;
		// "Try again in 0 seconds" names no time.
		if (asked !== undefined && asked > 0) {
			this.blockedUntil = Math.max(this.blockedUntil, now + asked);
		} else if (sentAt >= this.blockedAt) {
			// Several requests that were under way together may all get a 429: that counts as one.
			const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.pauses, this.rate.windowMs);
			this.pauses++;
			// Workers that share the token must not all come back in the same moment.
			this.blockedUntil = now + pause * (1 + Math.random() / 10);
		}
		this.blockedAt = now;
	}
}
