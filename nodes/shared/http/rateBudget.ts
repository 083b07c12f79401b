import { steadyNow } from '../process/steadyNow';
import { readRateHeaders } from './rateHeaders';
import type { Rate } from './service';

/** First pause after a 429 that does not say how long to wait; each further one doubles it. */
const FIRST_PAUSE_MS = 1_000;
/** Two refusals belong together if the second request was made this long after the wait for the first one, in ms, or two windows. */
const IDLE_MS = 60_000;

/** The part of a reply that tells about the rate. */
export interface CountedReply {
	status: number;
	/** Header names in lower case. */
	headers: Record<string, unknown>;
}

/**
 * What is known of the rate of one account, and how many requests it lets begin.
 *
 * It starts with the published rate, counted over a sliding window: the service's own window may begin at any moment.
 * The headers of replies overrule it. They tell the limit, what is left of it for everybody who shares the token, and
 * when it is reset. A 429 stops all requests for as long as it asks. All times are as `steadyNow` counts.
 */
export class RateBudget {
	/** When each counted request of the last window ended, oldest first. */
	private ended: number[] = [];
	/** How many requests the service takes in a window: the published number, until its headers tell another. */
	limit: number;
	/** How many requests the service said are left, and until when that holds. */
	private remaining?: number;
	private resetAt = 0;
	/** The service itself named the end of its window. */
	private resetNamed = false;
	/** No request before this time, since the 429 at `blockedAt`. */
	blockedUntil = 0;
	private blockedAt = 0;
	/** How many 429s in a row named no time to wait. */
	private pauses = 0;
	/** Since when 429 is the only answer. */
	private refusedSince?: number;

	/** @param mostInFlight how many requests may be under way: as many replies may overtake each other */
	constructor(
		private readonly rate: Rate,
		private readonly mostInFlight: number,
	) {
		this.limit = rate.requests;
	}

	/** True while the service asks for a longer wait than `patienceMs`. */
	isClosed(): boolean {
		return this.blockedUntil - steadyNow() > this.rate.patienceMs;
	}

	/** True when 429 has been the only answer for longer than `patienceMs`. */
	isRefusing(): boolean {
		return this.refusedSince !== undefined && steadyNow() - this.refusedSince > this.rate.patienceMs;
	}

	/** How long the next request has to wait, in ms; Infinity: until a request under way has its reply. */
	waitMs(now: number, inFlight: number): number {
		if (this.blockedUntil > now) return this.blockedUntil - now;
		// After a 429 that named no time, a single request tries whether the service is open again.
		if (this.pauses > 0 && inFlight > 0) return Infinity;
		if (this.remaining !== undefined && this.resetAt <= now) this.openWindow();
		if (this.remaining !== undefined && this.remaining - inFlight <= 0) {
			return inFlight > 0 ? Infinity : this.resetAt - now;
		}
		this.ended.splice(0, this.goneAt(now));
		return this.ended.length + inFlight < this.limit ? 0 : this.leavesAt(0) - now;
	}

	/**
	 * How many more requests could begin at a time that is near, if nobody else uses the rate until then, and the next
	 * time from which on there may be more of them (Infinity: only a reply can change that).
	 */
	roomAt(time: number, inFlight: number): { room: number; moreAt: number } {
		if (this.blockedUntil > time) return { room: 0, moreAt: this.blockedUntil };
		if (this.pauses > 0) return { room: inFlight > 0 ? 0 : 1, moreAt: Infinity };
		const isReset = this.remaining !== undefined && this.resetAt <= time;
		if (this.remaining !== undefined && !isReset) {
			return { room: this.remaining - inFlight, moreAt: this.resetAt };
		}
		if (isReset && this.resetNamed) return { room: this.limit - inFlight, moreAt: Infinity };
		const gone = this.goneAt(time);
		return { room: this.limit - (this.ended.length - gone) - inFlight, moreAt: this.leavesAt(gone) };
	}

	/** A request has ended that counts against the rate. */
	count(now: number): void {
		this.ended.push(now);
	}

	/** Learns what a reply says about the rate. */
	learn({ status, headers }: CountedReply, sentAt: number, now: number): void {
		const { limit, remaining, resetMs, retryAfterMs } = readRateHeaders(headers, Date.now());
		if (limit !== undefined && limit > 0) this.limit = limit;
		if (remaining !== undefined) this.learnRemaining(remaining, resetMs, sentAt, now);
		if (status === 429) this.pause(retryAfterMs ?? resetMs, sentAt, now);
		else if (sentAt >= this.blockedAt) {
			this.pauses = 0;
			this.refusedSince = undefined;
		}
	}

	private openWindow(): void {
		this.remaining = undefined;
		// Where the service names the end of its window, what was sent in it no longer counts.
		if (this.resetNamed) this.ended = [];
	}

	/** How many counted requests a window that ends at this time does not hold any more: the first ones. */
	private goneAt(time: number): number {
		const gone = this.ended.findIndex((at) => at > time - this.rate.windowMs);
		return gone < 0 ? this.ended.length : gone;
	}

	/** When this one of the counted requests leaves the window; Infinity if there is none. */
	private leavesAt(index: number): number {
		return (this.ended[index] ?? Infinity) + this.rate.windowMs;
	}

	private learnRemaining(remaining: number, reset: number | undefined, sentAt: number, now: number): void {
		const newWindow =
			this.remaining === undefined ||
			now >= this.resetAt ||
			remaining > this.remaining + this.mostInFlight;
		this.resetNamed = reset !== undefined;
		if (reset !== undefined) {
			// However long it says, a request tries again after `patienceMs`.
			this.resetAt = now + Math.min(reset, this.rate.patienceMs);
		} else if (newWindow) {
			// A new window began with this request at the latest.
			this.resetAt = sentAt + this.rate.windowMs;
		}
		// Replies overtake each other: within a window the smallest number is the newest.
		this.remaining = newWindow ? remaining : Math.min(this.remaining ?? remaining, remaining);
	}

	private pause(asked: number | undefined, sentAt: number, now: number): void {
		// Nobody has asked for long since the last refusal was over: what the service would have said then is not known.
		const idle = sentAt - Math.max(this.blockedAt, this.blockedUntil);
		if (idle > Math.max(IDLE_MS, 2 * this.rate.windowMs)) this.refusedSince = undefined;
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
