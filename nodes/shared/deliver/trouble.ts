import { MAX_IN_FLIGHT } from '../http/limiter';
import { untilAbort } from '../http/untilAbort';

/**
 * The items of an account that are in trouble: they are looked up, or sent again because there was no connection. When
 * as many are in trouble as may be under way at a time, the service most likely has a failure, and no further item is
 * sent.
 */
export class Trouble {
	private count = 0;
	private waiting: Array<() => void> = [];

	get isMany(): boolean {
		return this.count >= MAX_IN_FLIGHT;
	}

	/** Counts an item in trouble, until the function returned is called. */
	begin(): () => void {
		this.count++;
		return () => {
			this.count--;
			if (this.isMany) return;
			for (const wake of this.waiting.splice(0)) wake();
		};
	}

	/**
	 * Waits until fewer items are in trouble.
	 *
	 * @param signal ends the wait at once; the promise then rejects
	 */
	async isOver(signal: AbortSignal): Promise<void> {
		while (this.isMany) await untilAbort(new Promise<void>((wake) => this.waiting.push(wake)), signal);
	}
}
