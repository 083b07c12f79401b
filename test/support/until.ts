/**
 * Waits until something is true.
 *
 * @param what is waited for, for the message
 * @param seconds how long to wait
 * @throws when it is not true in time
 */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
	seconds = 120,
	everyMs = 200,
): Promise<void> {
	const giveUp = Date.now() + seconds * 1_000;
	while (!(await holds())) {
		if (Date.now() > giveUp) throw new Error(`Waited ${seconds} s in vain for ${what}`);
		await pause(everyMs);
	}
}

/** Repeats a check until it passes; after a minute it fails with the check's own error. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
	const giveUp = Date.now() + 60_000;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > giveUp) throw error;
			await pause(100);
		}
	}
}

/** Waits so many ms. */
export const pause = async (ms: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, ms));
