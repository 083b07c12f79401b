import { hash } from '../json/hash';
import { Claim } from './claim';
import type { Remembered } from './memory';
import type { ReadyItem, Run } from './run';

/** Characters of the hash of a key, 6 bits each. It is compared with one other. */
const LENGTH = 7;

/** By what the memory of a created item tells its key from another one; undefined for an item without a key of its own. */
export const markOfKey = ({ key, again }: ReadyItem): string | undefined =>
	key && !again ? hash(key.key, LENGTH) : undefined;

/**
 * Makes the key of an item done that an earlier try created without it: a redelivery with the key is the same event.
 * Nothing depends on how it ends, since the record exists.
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
