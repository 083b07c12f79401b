import type { KeyedEvent } from '../../../../../../nodes/shared/deliver/keys/entries';
import type { ItemKey, KeyState } from '../../../../../../nodes/shared/deliver/keys/itemKey';
import type { Process } from './world.ts';
import { World } from './world.ts';

/*
 * Two processes with one store of keys, and what their items do with a key.
 */

export const TIMEOUT_MS = 30_000;
export const SAME: KeyedEvent = { event: 'event', request: 'request' };
export const OTHER_NOTES: KeyedEvent = { event: 'event', request: 'another' };
export const OTHER_EVENT: KeyedEvent = { event: 'another', request: 'another' };
/** That it was seen, and its event. */
export const ENTRIES_OF_DONE = 2;
export const never = new AbortController().signal;

/** The world of one test, and two processes in it. */
export let world: World;
export let here: Process;
export let there: Process;

/** Begins again, before each test. */
export function begin(): void {
	beginWith(1);
}

/** @param seed of the random numbers */
export function beginWith(seed: number): void {
	world = new World(seed);
	here = world.process();
	there = world.process();
}

/** What is in the store for keys, without the marks that the processes leave for themselves. */
export const entries = () => [...world.database.entries].filter((entry) => !entry.startsWith('mark\n'));
export const itemOf = (process: Process, key: string, about = SAME) =>
	process.keys().keyOf(key, about, TIMEOUT_MS);
export const claim = async (item: ItemKey): Promise<KeyState> => await world.until(item.claim());

/** Claims a key and sends its event. No reply has come yet. */
export async function send(process: Process, key: string, about = SAME): Promise<ItemKey> {
	const item = itemOf(process, key, about);
	const state = await claim(item);
	// A test that sends ten thousand would spend most of its time on expectations.
	if (state !== 'free' || !item.maySend()) throw new Error(`${key} may not be sent: it is ${state}`);
	return item;
}

/** Ends an item, and waits until that is sure to stay. */
export async function end(...items: ItemKey[]): Promise<void> {
	await world.until(Promise.all(items.map(async (item) => await item.end())));
	await world.until(Promise.all(items.map(async (item) => await item.confirmed())));
}

/** Brings a key to its end. */
export async function deliver(process: Process, key: string, about = SAME): Promise<void> {
	const item = await send(process, key, about);
	item.finish();
	await end(item);
}

/** Asks which keys items have come with before. */
export const meet = async (process: Process, keys: string[]): Promise<Set<string>> =>
	await world.until(process.keys().metBefore(keys));

/** Leaves a key in doubt. */
export async function leave(process: Process, key: string, about = SAME): Promise<void> {
	await end(await send(process, key, about));
}

/** What a redelivery finds, which sends nothing. */
export async function found(process: Process, key: string, about = SAME): Promise<KeyState> {
	const item = itemOf(process, key, about);
	const state = await claim(item);
	await end(item);
	return state;
}
