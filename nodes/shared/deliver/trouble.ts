import { MAX_IN_FLIGHT } from '../http/limiter';
import { untilAbort } from '../http/untilAbort';

/**
 * The items of an account that their first request has not brought to an outcome: they are looked up, or tried again
 * because there was no connection. While there are as many as may be under way at a time, the service is hardly well, and
 * no further item is sent.
 */
export class Trouble {
	private count = 0;
	private waiting: Array<() => void> = [];

	get isMany(): boolean {
		return this.count >= MAX_IN_FLIGHT;
	}

	/** An item is in trouble, until the function returned is called. */
	begin(): () => void {
		this.count++;
		return () => {
			this.count--;
			if (this.isMany) return;
			for (const wake of this.waiting.splice(0)) wake();
		};
	}

	/**
	 * Waits until it is over for most items.
	 *
	 * @param signal ends the wait at once; the promise then rejects
	 */
	async isOver(signal: AbortSignal): Promise<void> {
		while (this.isMany) await untilAbort(new Promise<void>((wake) => this.waiting.push(wake)), signal);
	}
}
