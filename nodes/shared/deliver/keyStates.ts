import type { Claiming } from './claim';
import { askedOf } from './claim';
import { allKeysOf } from './eventKey';
import type { KeyState } from './keys/itemKey';
import type { KeyAsked } from './keys/peek';
import type { Run } from './run';

/*
 * What a preview knows of the keys of its items.
 */

/** Names a key as the key of one event. */
export const nameOf = (key: string, event: string): string => `${event}\n${key}`;

/** The states of the keys of all items, by `nameOf`; undefined if n8n has no store. */
export async function keyStatesOf(
	{ keys }: Run,
	items: Claiming[],
): Promise<Map<string, KeyState> | undefined> {
	const asked = new Map<string, KeyAsked>();
	for (const item of items)
		for (const name of allKeysOf(item)) {
			const one = askedOf(item, name);
			asked.set(nameOf(name, one.about.event), one);
		}
	try {
		const states = await keys.peekAt([...asked.values()]);
		return new Map([...asked.keys()].map((name, index) => [name, states[index] ?? 'new']));
	} catch {
		return undefined;
	}
}
