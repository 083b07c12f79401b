import type { Claiming } from '../eventKey';
import { allKeysOf, askedOf } from '../eventKey';
import type { KeyState } from '../keys/itemKey';
import type { KeyAsked } from '../keys/peek';
import { nameOf } from '../keys/peek';
import type { Run } from '../run';

/** A key of one event, and its state. */
export interface PeekedKey {
	key: string;
	event: string;
	state: KeyState;
}

/** What a preview knows of the keys of its items, by `nameOf`; undefined if n8n has no store. */
export async function peekedKeysOf(
	{ keys }: Run,
	items: Claiming[],
): Promise<Map<string, PeekedKey> | undefined> {
	const asked = new Map<string, KeyAsked>();
	for (const item of items)
		for (const name of allKeysOf(item)) {
			const one = askedOf(item, name);
			asked.set(nameOf(name, one.about.event), one);
		}
	const states = await keys.peekAt([...asked.values()]).catch(() => undefined);
	return (
		states &&
		new Map(
			[...asked].map(([name, { key, about }], index) => {
				const state = states[index] ?? 'new';
				return [name, { key, event: about.event, state }];
			}),
		)
	);
}
