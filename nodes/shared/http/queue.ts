/** There will be no slot soon: 429 is the only answer, or the service asks for a longer wait than `patienceMs`. */
export class NoSlot extends Error {}

interface Waiting<Given> {
	give(given: Given): void;
	/** Left out for a request that waits as long as it takes. */
	sendBack?(): void;
	sendAway(): void;
}

/**
 * Calls functions when a signal fires. All items of a run wait with the same signal: a listener each would take longer
 * the more there are, because a signal compares a new listener with all it has.
 */
class Listeners {
	private readonly bySignal = new Map<AbortSignal, Set<() => void>>();
	private readonly fired = ({ target }: Event): void => {
		for (const end of this.bySignal.get(target as AbortSignal) ?? []) end();
	};

	add(signal: AbortSignal, end: () => void): void {
		const ends = this.bySignal.get(signal) ?? new Set();
		if (ends.size === 0) signal.addEventListener('abort', this.fired);
		this.bySignal.set(signal, ends.add(end));
	}

	remove(signal: AbortSignal, end: () => void): void {
		const ends = this.bySignal.get(signal);
		ends?.delete(end);
		if (ends?.size !== 0) return;
		this.bySignal.delete(signal);
		signal.removeEventListener('abort', this.fired);
	}
}

/** Requests that wait, first come first served. */
export class Queue<Given> {
	private waiting: Array<Waiting<Given>> = [];
	private readonly listeners = new Listeners();

	get length(): number {
		return this.waiting.length;
	}

	/**
	 * @param left is called when the signal has ended the wait
	 * @param mayBeSentBack it gives undefined if it would have to wait long; otherwise it waits as long as it takes
	 */
	async wait(signal: AbortSignal, left: () => void): Promise<Given>;
	async wait(signal: AbortSignal, left: () => void, mayBeSentBack: true): Promise<Given | undefined>;
	async wait(signal: AbortSignal, left: () => void, mayBeSentBack?: true): Promise<Given | undefined> {
		return await new Promise((resolve, reject) => {
			const stop = () => {
				this.listeners.remove(signal, stop);
				this.waiting.splice(this.waiting.indexOf(one), 1);
				left();
				reject(signal.reason);
			};
			const end = (given?: Given) => {
				this.listeners.remove(signal, stop);
				resolve(given);
			};
			const one: Waiting<Given> = {
				give: end,
				...(mayBeSentBack && { sendBack: () => end() }),
				sendAway: () => {
					this.listeners.remove(signal, stop);
					reject(new NoSlot());
				},
			};
			this.listeners.add(signal, stop);
			this.waiting.push(one);
		});
	}

	/** Ends the wait of the one that came first; nothing happens if nobody waits. */
	giveNext(given: Given): void {
		this.waiting.shift()?.give(given);
	}

	/** Ends the waits that must not take long. */
	sendBack(): void {
		const all = this.waiting;
		this.waiting = all.filter((one) => !one.sendBack);
		for (const one of all) one.sendBack?.();
	}

	/** Ends all waits: each rejects with `NoSlot`. */
	sendAllAway(): void {
		for (const one of this.waiting.splice(0)) one.sendAway();
	}
}
