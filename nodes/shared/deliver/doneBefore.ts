import { inOrder } from '../process/order';
import type { Outcome } from '../report/outcome';
import { Claim } from './claim';
import { keyStatesOf, nameOf } from './keyStates';
import type { Reading } from './reading';
import type { EventKey, Run } from './run';
import { ownKeyOf } from './run';

/** How many items ask about their keys at the same time: they share their calls on the store. */
const AT_ONCE = 200;

/** An item with a key. */
type Keyed = Reading & { key: EventKey };

/**
 * Finds the items whose event is done, before anything is asked of the service for them: their lead may be gone by now, and
 * nothing needs to be known of it. All other items go on, and claim their keys when they are sent.
 *
 * Only items for which the service would be asked something are looked at. Most of their keys were never met before: one call
 * on the store shows that for all of them.
 *
 * @param readings items without problems
 * @param signal fires when the execution is stopped: no further item is looked at
 * @returns the outcomes of the items that are done
 */
export async function doneBefore(
	run: Run,
	readings: Reading[],
	signal: AbortSignal,
): Promise<Map<Reading, Outcome>> {
	const isAsked = ({ read, connection }: Reading) =>
		Object.keys(read.sought).length > 0 || (connection && run.write.asks?.(read, connection));
	const keyed = readings.filter(
		(reading): reading is Keyed => reading.key !== undefined && isAsked(reading) === true,
	);
	const previewed = keyed.filter(({ isPreview }) => isPreview);
	const sent = keyed.filter(({ isPreview }) => !isPreview);
	return new Map([...(await doneInPreview(run, previewed)), ...(await doneInRun(run, sent, signal))]);
}

async function doneInRun(run: Run, items: Keyed[], signal: AbortSignal): Promise<Array<[Reading, Outcome]>> {
	if (items.length === 0) return [];
	const nameFor = ({ key, options }: Keyed) => ownKeyOf(key, options) ?? key.key;
	// Without a store, no item is sent: that is told when it asks for its claim.
	const met = await run.keys.metBefore(items.map(nameFor)).catch(() => new Set<string>());
	const asked = items.filter((item) => met.has(nameFor(item)));
	const done: Array<[Reading, Outcome]> = [];
	await inOrder(
		asked.map(({ key }) => key.key),
		AT_ONCE,
		async (index) => {
			const item = signal.aborted ? undefined : asked[index];
			const outcome = item && (await skipped(run, item));
			if (item && outcome) done.push([item, outcome]);
		},
	);
	return done;
}

/** The outcome of an item whose event is done; undefined for any other, also if its key is in use. */
async function skipped(run: Run, item: Keyed): Promise<Outcome | undefined> {
	const { key } = item.key;
	const release = await run.keys.holdSoon(key);
	if (!release) return undefined;
	const claim = new Claim(run, item);
	try {
		if ((await claim.take()).is !== 'done') return undefined;
		return { state: 'skipped', key, ...((await claim.isRefused()) && { isRefused: true }) };
	} finally {
		claim.giveBack();
		await claim.end();
		release();
	}
}

async function doneInPreview(run: Run, items: Keyed[]): Promise<Array<[Reading, Outcome]>> {
	const states = items.length > 0 ? await keyStatesOf(run, items) : undefined;
	const isDone = ({ key, options }: Keyed): boolean => {
		const state = states?.get(nameOf(key.key, key.event));
		const own = ownKeyOf(key, options);
		if (own !== undefined && states?.get(nameOf(own, key.event)) === 'done') return true;
		return state === 'done' || (state === 'doneOtherEvent' && options.sameKeyOtherEvent === 'skip');
	};
	return items.filter(isDone).map((item) => [item, { state: 'skipped', key: item.key.key }]);
}
