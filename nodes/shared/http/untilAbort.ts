/** The signal fired before the work had ended. */
export class Aborted extends Error {}

/**
 * Settles with the work, or rejects with `Aborted` as soon as the signal fires. The work then goes on by itself, and
 * its later failure is ignored.
 */
export async function untilAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const end = () => reject(new Aborted());
		if (signal.aborted) end();
		signal.addEventListener('abort', end, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
	});
}
