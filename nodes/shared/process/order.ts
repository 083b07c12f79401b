import { sleep } from 'n8n-workflow';

/**
 * One key for each item, from several: items that share any of theirs get the same one, also by way of a third item.
 *
 * @param keys of each item; at least one
 */
export function joined(keys: string[][]): string[] {
	const above = new Map<string, string>();
	const topOf = (key: string): string => {
		let top = key;
		const passed: string[] = [];
		for (let next = above.get(top); next !== undefined; next = above.get(top)) {
			passed.push(top);
			top = next;
		}
		// The next look is short: a chain of keys may be as long as the run.
		for (const one of passed) above.set(one, top);
		return top;
	};
	for (const [first = '', ...others] of keys)
		for (const other of others) {
			const [top, joining] = [topOf(first), topOf(other)];
			if (joining !== top) above.set(joining, top);
		}
	return keys.map(([first = '']) => topOf(first));
}

/**
 * How many items of an execution are asked about at the same time. Fewer than the limiter's `MAX_IN_FLIGHT`: other
 * executions send too.
 */
const AT_ONCE = 8;

/**
 * Works on all items, on at most `AT_ONCE` at the same time, whatever they are about.
 *
 * @param work must not reject
 */
export async function eachOf<One>(
	items: readonly One[],
	work: (item: One, index: number) => Promise<void>,
): Promise<void> {
	const keys = items.map((_, index) => `${index}`);
	await inOrder(keys, AT_ONCE, async (index) => await work(items[index] as One, index));
}

/**
 * Works on all items, on at most `limit` at the same time. Items about the same are worked on one after the other, in
 * input order; others do not wait for them.
 *
 * @param keys what each item is about
 * @param work must not reject
 */
export async function inOrder(
	keys: readonly string[],
	limit: number,
	work: (index: number) => Promise<void>,
): Promise<void> {
	const next = new Map<number, number>();
	const last = new Map<string, number>();
	const ready: number[] = [];
	keys.forEach((key, index) => {
		const before = last.get(key);
		if (before === undefined) ready.push(index);
		else next.set(before, index);
		last.set(key, index);
	});
	let head = 0;
	const followers: number[] = [];
	const worker = async () => {
		for (;;) {
			// An item that waited for another one goes first: it has waited longest.
			const index = followers.shift() ?? ready[head++];
			if (index === undefined) return;
			await work(index);
			const follower = next.get(index);
			if (follower !== undefined) followers.push(follower);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, ready.length) }, worker));
}

/** Lets what starts at the same moment start one after the other. */
class OneByOne {
	private free = Promise.resolve();

	/** Waits for the turn. The next one comes when the process has had time for other things. */
	async turn(): Promise<void> {
		const mine = this.free;
		this.free = mine.then(async () => await sleep(0));
		await mine;
	}
}

/**
 * The executions of this process. n8n works out expressions without a pause: many executions that start at once would all
 * read their items before the first request could leave, and before n8n could answer a webhook.
 */
export const executions = new OneByOne();
