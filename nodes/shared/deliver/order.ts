/**
 * Works through all items, at most `limit` at the same time. Items of the same order key are worked one after the
 * other in input order; others do not wait for them.
 *
 * @param keys one order key per item, or undefined for an item that is not to be worked
 * @param work must not reject
 */
export async function inOrder(
	keys: Array<string | undefined>,
	limit: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	const next = new Map<number, number>();
	const last = new Map<string, number>();
	const ready: number[] = [];
	keys.forEach((key, index) => {
		if (key === undefined) return;
		const before = last.get(key);
		if (before === undefined) ready.push(index);
		else next.set(before, index);
		last.set(key, index);
	});
	let head = 0;
	const followers: number[] = [];
	const worker = async () => {
		for (;;) {
			// Followers first: they come after an item that is done, the others after none.
			const index = followers.shift() ?? ready[head++];
			if (index === undefined) return;
			await work(index);
			const follower = next.get(index);
			if (follower !== undefined) followers.push(follower);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, ready.length) }, worker));
}
