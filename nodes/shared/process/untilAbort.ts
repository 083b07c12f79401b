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
		const ended =
			<Value>(settle: (value: Value) => void) =>
			(value: Value) => {
				signal.removeEventListener('abort', end);
				settle(value);
			};
		work.then(ended(resolve), ended(reject));
	});
}
