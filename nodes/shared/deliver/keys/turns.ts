import { untilAbort } from '../../http/untilAbort';

/** The keys under way in this process: one item at a time works on a key, the others wait for their turn. */
export class Turns {
	/** Each key with the end of its turn. */
	private readonly taken = new Map<string, Promise<void>>();

	/**
	 * Waits for the turn. Call the function returned to end it.
	 *
	 * @param signal ends the wait at once; the turn is then not taken
	 */
	async take(key: string, signal: AbortSignal): Promise<() => void> {
		for (let other = this.taken.get(key); other; other = this.taken.get(key)) {
			if (signal.aborted) return () => {};
			await untilAbort(other, signal).catch(() => undefined);
		}
		return this.begin(key);
	}

	private begin(key: string): () => void {
		let end = () => {};
		this.taken.set(
			key,
			new Promise((resolve) => {
				end = () => {
					this.taken.delete(key);
					resolve();
				};
			}),
		);
		return () => end();
	}
}
