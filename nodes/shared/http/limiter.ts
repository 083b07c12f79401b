import { sleep } from 'n8n-workflow';

import { BoundedMap } from '../process/boundedMap';
import { steadyNow, wallTimeOf } from '../process/steadyNow';
import { NoSlot, Queue } from './queue';
import type { CountedReply } from './rateBudget';
import { RateBudget } from './rateBudget';
import type { Rate } from './service';

/** Requests one token may have under way at the same time. */
export const MAX_IN_FLIGHT = 10;

/** How many requests may have a place at a time. They get ready together: one call claims the keys of all. */
export const MOST_PLACES = 250;
/** A place is given when a slot is this near, in ms: longer than making a claim takes, shorter than a claim lasts. */
const NEAR_MS = 2_000;
/**
 * How long a request is assumed to take until one was measured, in ms, and the weight of the latest one, from 0 to 1.
 */
const FIRST_GUESS_MS = 100;
const WEIGHT_OF_LAST = 0.2;

/**
 * How long an unused limiter is kept: longer than any window, and than an execution pauses between two requests, such as before a
 * look-up.
 */
const FORGOTTEN_AFTER_MS = 600_000;

/** The right to send one request. Only the first of these calls counts. */
export interface Slot {
	/** A request was sent: it counts against the rate, whether a reply came or not. */
	count(reply?: CountedReply): void;
	/** No request was sent: the next one in the queue gets the slot. */
	giveBack(): void;
	/** The request is not ready after all: it goes back to its place, and the next one in the queue gets the slot. */
	backToPlace(): Place;
}

/** A request that will get a slot soon: time to get ready for it. It holds nobody up. */
export interface Place {
	/**
	 * Waits for the slot, and leaves the place for it.
	 *
	 * @param signal ends the wait at once; the promise then rejects with the signal's reason
	 * @throws NoSlot when waiting is of no use
	 */
	slot(signal: AbortSignal): Promise<Slot>;
	/** As `slot`, but gives undefined if no slot comes soon after all, such as after a 429. The place is lost then. */
	slotIfSoon(signal: AbortSignal): Promise<Slot | undefined>;
	/** Nothing will be sent. */
	leave(): void;
}

/**
 * Keeps all requests made with one token below the service's rate, first come first served. A request waits for a place
 * first, and gets one when a slot is near; with the place it waits for the slot.
 */
export class Limiter {
	private readonly forPlaces = new Queue<Place>();
	private readonly forSlots = new Queue<Slot>();
	private readonly budget: RateBudget;
	private inFlight = 0;
	/** Requests that have a place and do not wait for their slot yet. */
	private held = 0;
	/** How long a request takes, in ms; the latest ones count most. */
	private takes = FIRST_GUESS_MS;
	/** Ends the sleep until something can be given out. */
	private alarm?: AbortController;
	/** How many requests have been sent in all. */
	sent = 0;
	/** As `steadyNow` counts, like all times here. */
	lastUsed = steadyNow();

	constructor(private readonly rate: Rate) {
		this.budget = new RateBudget(rate, MAX_IN_FLIGHT);
	}

	/** Requests that have a place and no slot yet. */
	private get places(): number {
		return this.held + this.forSlots.length;
	}

	/** Requests that are not sent yet. */
	private get waiting(): number {
		return this.forPlaces.length + this.places;
	}

	private get isUnused(): boolean {
		return this.inFlight + this.waiting === 0;
	}

	/** True when it can be forgotten: nothing waits or is under way, and what it has learned is out of date. */
	isIdle(): boolean {
		const quietFor = steadyNow() - Math.max(this.lastUsed, this.budget.blockedUntil);
		return this.isUnused && quietFor > FORGOTTEN_AFTER_MS;
	}

	/** True when requests wait or are under way, or the service has asked to wait. */
	isBusy(): boolean {
		return !this.isUnused || this.budget.blockedUntil > steadyNow();
	}

	/** Until when a 429 has asked to send nothing, epoch ms by the machine's clock; past when nothing asks for it. */
	get blockedUntil(): number {
		return wallTimeOf(this.budget.blockedUntil);
	}

	/** The rate as it is known now: from the service's replies, or the published one. */
	get rateNow(): { limit: number; windowMs: number } {
		return { limit: this.budget.limit, windowMs: this.rate.windowMs };
	}

	/** How many requests the rate has left, with those that still wait counted as sent. */
	get unused(): number {
		const { room } = this.budget.roomAt(steadyNow(), this.inFlight);
		return Math.max(0, room - this.waiting);
	}

	/**
	 * How long it takes, in ms, until so many further requests are answered: an estimate, for people. It counts the
	 * requests that wait already, and takes the rate as it is known now.
	 */
	takesMs(count: number): number {
		const now = steadyNow();
		const all = count + this.waiting;
		const { room } = this.budget.roomAt(now, this.inFlight);
		const windows = Math.ceil(Math.max(0, all - room) / this.budget.limit);
		const asFastAsAnswered = (all / MAX_IN_FLIGHT) * this.takes;
		return (
			Math.max(0, this.budget.blockedUntil - now) +
			Math.max(windows * this.rate.windowMs, asFastAsAnswered)
		);
	}

	/** True while the service asks for a longer wait than `patienceMs`. */
	isClosed(): boolean {
		return this.budget.isClosed();
	}

	/** True when 429 has been the only answer for longer than `patienceMs`. */
	isRefusing(): boolean {
		return this.budget.isRefusing();
	}

	/**
	 * Waits for a place.
	 *
	 * @param signal ends the wait at once; the promise then rejects with the signal's reason
	 * @throws NoSlot when waiting is of no use
	 */
	async place(signal: AbortSignal): Promise<Place> {
		signal.throwIfAborted();
		if (this.isClosed()) throw new NoSlot();
		const placed = this.forPlaces.wait(signal, () => this.giveOut());
		this.giveOut();
		return await placed;
	}

	/** Waits for a slot, where there is nothing to get ready. As `place`. */
	async slot(signal: AbortSignal): Promise<Slot> {
		const place = await this.place(signal);
		return await place.slot(signal);
	}

	private giveOut(): void {
		this.alarm?.abort();
		const now = steadyNow();
		const forSlot = this.giveSlots(now);
		const forPlace = this.givePlaces(now);
		const wait = Math.min(forSlot, forPlace);
		if (wait < Infinity) this.wakeIn(wait);
	}

	/** Gives how long to wait for the next slot, in ms; Infinity when nobody waits, or a reply has to come first. */
	private giveSlots(now: number): number {
		while (this.forSlots.length > 0) {
			if (this.inFlight >= MAX_IN_FLIGHT) return Infinity;
			const wait = this.budget.waitMs(now, this.inFlight);
			if (wait > NEAR_MS && wait < Infinity) this.forSlots.sendBack();
			if (wait > 0) return wait;
			this.forSlots.giveNext(this.begin(now));
		}
		return Infinity;
	}

	/** As `giveSlots`. */
	private givePlaces(now: number): number {
		if (this.forPlaces.length === 0) return Infinity;
		const { room, moreAt } = this.budget.roomAt(now + NEAR_MS, this.inFlight);
		const most = Math.min(room, this.sentSoon(), MOST_PLACES);
		while (this.forPlaces.length > 0 && this.places < most) this.forPlaces.giveNext(this.takePlace());
		return this.forPlaces.length > 0 && this.places >= room ? moreAt - NEAR_MS - now : Infinity;
	}

	/** How many requests could begin soon if there were no rate. */
	private sentSoon(): number {
		return MAX_IN_FLIGHT - this.inFlight + MAX_IN_FLIGHT * Math.floor(NEAR_MS / this.takes);
	}

	private wakeIn(ms: number): void {
		const alarm = new AbortController();
		this.alarm = alarm;
		sleep(Math.ceil(ms), alarm.signal).then(
			() => this.giveOut(),
			() => undefined, // replaced by a later alarm, or nobody waits any more
		);
	}

	private takePlace(): Place {
		this.held++;
		let open = true;
		const close = () => {
			if (open) this.held--;
			open = false;
		};
		const leave = () => {
			if (!open) return;
			close();
			this.giveOut();
		};
		/** Gives the place up for the queue of those that wait for a slot. */
		const wait = async <Given>(signal: AbortSignal, inQueue: () => Promise<Given>) => {
			if (this.isClosed() || signal.aborted) leave();
			signal.throwIfAborted();
			if (this.isClosed()) throw new NoSlot();
			close();
			const slot = inQueue();
			this.giveOut();
			return await slot;
		};
		const left = () => this.giveOut();
		return {
			slot: async (signal) => await wait(signal, async () => await this.forSlots.wait(signal, left)),
			slotIfSoon: async (signal) =>
				await wait(signal, async () => await this.forSlots.wait(signal, left, true)),
			leave,
		};
	}

	private begin(sentAt: number): Slot {
		this.inFlight++;
		let open = true;
		const end = (learn: (now: number) => void = () => {}) => {
			if (!open) return;
			open = false;
			const now = steadyNow();
			this.inFlight--;
			this.lastUsed = now;
			learn(now);
			this.giveOut();
		};
		return {
			count: (reply) => end((now) => this.counted(reply, sentAt, now)),
			giveBack: () => end(),
			backToPlace: () => {
				const place = this.takePlace();
				end();
				return place;
			},
		};
	}

	private counted(reply: CountedReply | undefined, sentAt: number, now: number): void {
		this.sent++;
		this.takes += WEIGHT_OF_LAST * (now - sentAt - this.takes);
		this.budget.count(now);
		if (!reply) return;
		this.budget.learn(reply, sentAt, now);
		if (reply.status === 429 && (this.isClosed() || this.isRefusing())) this.sendAllAway();
	}

	private sendAllAway(): void {
		this.forSlots.sendAllAway();
		this.forPlaces.sendAllAway();
	}
}

/** How many accounts a process may use within some minutes. The limiter of each takes a few kB at most. */
const MOST_LIMITERS = 5_000;

const limiters = new BoundedMap<Limiter>({
	most: MOST_LIMITERS,
	isOver: (limiter) => limiter.isIdle(),
	isInUse: (limiter) => limiter.isBusy(),
});

/**
 * The one limiter of this process for an account.
 *
 * @param account the `account` of a connection
 */
export function limiterFor(account: string, rate: Rate): Limiter {
	return limiters.getOrAdd(account, () => new Limiter(rate));
}
