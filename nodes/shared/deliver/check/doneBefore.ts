import { inOrder } from '../../process/order';
import type { Outcome } from '../../report/outcome';
import { Claim } from '../send/claim';
import { claimedAs, peekedKeysOf, peekedState } from '../claimed';
import type { EventKey } from '../eventKey';
import { ownKeyOf } from '../eventKey';
import { nameOf } from '../keys/peek';
import type { InputItem } from '../items';
import { refusedLaterOf } from '../refusedLater';
import type { Run } from '../run';

/** How many items ask about their keys at the same time: they share their calls on the store. */
const AT_ONCE = 200;

/** An item with a key. */
type Keyed = InputItem & { key: EventKey };

/**
 * Finds the items whose event is done, before anything is asked of the service for them: their lead may be gone by now, and
 * nothing needs to be known of it. All other items go on, and claim their keys when they are sent.
 *
 * Only items for which the service would be asked something are looked at. Most of their keys were never met before: one call
 * on the store shows that for all of them.
 *
 * @param items those without problems
 * @param signal fires when the execution is stopped: no further item is looked at
 * @returns the outcomes of the items that are done
 */
export async function doneBefore(
	run: Run,
	items: InputItem[],
	signal: AbortSignal,
): Promise<Map<InputItem, Outcome>> {
	const isAsked = ({ read, connection }: InputItem) =>
		Object.keys(read.sought).length > 0 || (connection && run.write.asks?.(read, connection));
	const keyed = items.filter((item): item is Keyed => item.key !== undefined && isAsked(item) === true);
	const previewed = keyed.filter(({ isPreview }) => isPreview);
	const sent = keyed.filter(({ isPreview }) => !isPreview);
	return new Map([...(await doneInPreview(run, previewed)), ...(await doneInRun(run, sent, signal))]);
}

async function doneInRun(
	run: Run,
	items: Keyed[],
	signal: AbortSignal,
): Promise<Array<[InputItem, Outcome]>> {
	if (items.length === 0) return [];
	// Without a store, no item is sent: that is told when it asks for its claim.
	const met = await run.keys.metBefore(items.map(({ key }) => key.key)).catch(() => new Set<string>());
	const asked = items.filter((item) => met.has(item.key.key));
	const done: Array<[InputItem, Outcome]> = [];
	await inOrder(
		asked.map(({ key }) => key.key),
		AT_ONCE,
		async (index) => {
			const item = signal.aborted ? undefined : asked[index];
			const outcome = item && (await skippedIfDone(run, item));
			if (outcome) done.push([item, outcome]);
		},
	);
	return done;
}

/** No key is claimed for a preview. */
async function doneInPreview(run: Run, items: Keyed[]): Promise<Array<[InputItem, Outcome]>> {
	const keys = items.length > 0 ? await peekedKeysOf(run, items) : undefined;
	const doneThere = async (item: Keyed): Promise<Array<[InputItem, Outcome]>> => {
		const { key, options } = item;
		const stateOf = (name: string) => keys?.get(nameOf(name, key.event))?.state ?? 'free';
		const own = ownKeyOf(key, options);
		const isOwnDone = own !== undefined && stateOf(own) === 'done';
		const claimed = claimedAs(stateOf(key.key), key.key, { key, options });
		if (!isOwnDone && claimed.is !== 'done') return [];
		const refused = await refusedLaterOf(
			run,
			item,
			async (name, event) => await peekedState(run, item, name, event),
		);
		if (refused?.sends !== undefined) return [];
		const isOther = !isOwnDone && claimed.is === 'done' && claimed.isOther;
		return [[item, { state: 'skipped', key: key.key, isOther }]];
	};
	return (await Promise.all(items.map(doneThere))).flat();
}

/**
 * The outcome of an item whose key is done; undefined for any other, also if the key is in use. It is asked by a claim that is
 * given back at once: a look without a claim adds and removes an entry of the key, which another process may need for its own
 * claim at that moment.
 */
async function skippedIfDone(run: Run, item: Keyed): Promise<Outcome | undefined> {
	const { key } = item.key;
	const release = await run.keys.holdSoon(key);
	if (!release) return undefined;
	const claim = new Claim(run, item);
	try {
		const claimed = await claim.take();
		if (claimed.is !== 'done') return undefined;
		return { state: 'skipped', key, isRefused: claimed.isRefused, isOther: claimed.isOther };
	} finally {
		// The store may take a while; the next item need not wait for it.
		void claim.end().finally(release);
	}
}
