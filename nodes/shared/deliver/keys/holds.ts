import { untilAbort } from '../../process/untilAbort';

/** The keys under way in this process: one item at a time holds a key, the others wait until it lets it go. */
export class Holds {
	/** Each key that is held, with a promise that settles when it is let go. */
	private readonly held = new Map<string, Promise<void>>();

	/**
	 * Waits until no other item holds the key, and holds it. Call the function returned to let it go.
	 *
	 * @param signal ends the wait at once; the key is then not held
	 */
	async hold(key: string, signal: AbortSignal): Promise<() => void> {
		return (await this.holdSoon(key, signal)) ?? (() => {});
	}

	/** As `hold`, but gives undefined if the key is not held. */
	async holdSoon(key: string, signal: AbortSignal): Promise<(() => void) | undefined> {
		for (let other = this.held.get(key); other; other = this.held.get(key)) {
			if (signal.aborted) return undefined;
			await untilAbort(other, signal).catch(() => undefined);
		}
		return this.begin(key);
	}

	private begin(key: string): () => void {
		let end = () => {};
		this.held.set(
			key,
			new Promise((resolve) => {
				end = () => {
					this.held.delete(key);
					resolve();
				};
			}),
		);
		return end;
	}
}
