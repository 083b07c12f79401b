import type { Outcome } from '../../report/outcome';
import { keysOf } from '../eventKey';
import type { ReadyItem } from '../items';
import { unchanged } from '../prepare';
import type { Run } from '../run';
import { Attempt } from './attempt';
import { keepLaterKey } from './kept';
import type { Over } from './states';

/** Brings one item to its outcome. Never rejects for anything the network or the service does. */
export async function deliverOne(run: Run, item: ReadyItem): Promise<Outcome> {
	const { memory } = item;
	// These two ends are none of `Endings`: nothing is sent, so there is nothing to note or to take back.
	if (memory.found?.state === 'created') {
		Object.assign(item.trail, memory.found.trail);
		await keepLaterKey(run, item, memory.found);
		return { state: 'created', rows: memory.found.rows };
	}
	const request = (await item.decision.atLast?.(item.request)) ?? item.request;
	if (Array.isArray(request)) return unchanged(item.read, request);
	const releases: Array<() => void> = [];
	for (const name of keysOf(item)) releases.push(await run.keys.hold(name, item.account.signal));
	const attempt = new Attempt(run, { ...item, request });
	let end: Over;
	try {
		end = await attempt.toEnd();
	} finally {
		attempt.endTrouble?.();
		// The store may take a while; the next item need not wait for it.
		void attempt.claim.end().finally(() => {
			for (const release of releases) release();
		});
	}
	return end.at === 'ended' ? end.outcome : await deliverOne(run, end.item);
}
