import { metEntry } from './entries';
import type { KeyStore } from './store';
import { once } from './store';

/** How many keys one call looks at: n8n hashes each of them, and no other item can claim its key meanwhile. */
const MOST_AT_ONCE = 1_000;

/**
 * Tells which keys an item has come with before, and notes that items have come with all of them. That claims no key and
 * decides nothing: a key that was met may be done, in doubt or free.
 *
 * @throws when n8n has no store
 */
export async function metBefore(store: KeyStore, keys: string[]): Promise<Set<string>> {
	const met = new Set(keys.filter((key) => store.recent.get(key)?.step.at === 'done'));
	const others = [...new Set(keys)].filter((key) => !met.has(key));
	for (let from = 0; from < others.length; from += MOST_AT_ONCE) {
		const some = others.slice(from, from + MOST_AT_ONCE);
		const look = once(some.map(metEntry), ({ fresh }) => {
			for (const key of some) if (!fresh.has(metEntry(key))) met.add(key);
		});
		await store.ask(look);
	}
	return met;
}
