import { hash } from '../json/hash';
import { Claim } from './claim';
import type { Remembered } from './memory';
import type { ReadyItem } from './items';
import type { Run } from './run';

/** Length of the hash of a key, in characters of 6 bits. It is compared with only one other hash, so a few are enough. */
const LENGTH = 7;

/**
 * A short hash of the key, kept with what is remembered of a created item: it shows a later try whether the item has the same
 * key. Undefined for an item without a key of its own.
 */
export const markOfKey = ({ key, again }: ReadyItem): string | undefined =>
	key && !again ? hash(key.key, LENGTH) : undefined;

/**
 * An earlier try created the item with another key or with none. Marks its present key as done, so that a redelivery with this
 * key is skipped. If the store fails, the item still counts as created: its record exists.
 */
export async function keepLaterKey(
	run: Run,
	item: ReadyItem,
	created: Extract<Remembered, { state: 'created' }>,
): Promise<void> {
	const { key, account } = item;
	if (!key || markOfKey(item) === undefined || markOfKey(item) === created.key) return;
	const release = await run.keys.hold(key.key, account.signal).catch(() => undefined);
	if (!release) return;
	const claim = new Claim(run, item);
	if ((await claim.take()).is === 'ours') await claim.finish(created.rows);
	await claim.end();
	release();
}
