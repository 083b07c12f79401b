import { untilAbort } from '../../process/untilAbort';

/** How long an item that only asks about a key waits for another one of this process that works on it, in ms. */
export const PATIENCE_MS = 1_000;

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
		return (await this.takeSoon(key, signal)) ?? (() => {});
	}

	/** As `take`, but gives undefined if the turn was not taken. */
	async takeSoon(key: string, signal: AbortSignal): Promise<(() => void) | undefined> {
		for (let other = this.taken.get(key); other; other = this.taken.get(key)) {
			if (signal.aborted) return undefined;
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
		return end;
	}
}
