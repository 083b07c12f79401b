import type { IDataObject } from 'n8n-workflow';

/** Tells an object from a list, null and everything else. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of an object that are wanted. */
export const picked = (object: object, isWanted: (name: string, value: unknown) => boolean): IDataObject =>
	Object.fromEntries(
		Object.entries(object).filter(([name, value]) => isWanted(name, value)),
	) as IDataObject;

/** The objects in a list; none in anything else. */
export const objectsIn = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? (value.filter(isObject) as IDataObject[]) : [];

/** A list of objects and nothing else; undefined for any other value. */
export const listOfObjects = (value: unknown): IDataObject[] | undefined =>
	Array.isArray(value) && value.every(isObject) ? (value as IDataObject[]) : undefined;

/**
 * Gathers those that have the same key, in the order in which the keys first come.
 *
 * @param keyOf undefined for one that is left out
 */
export function grouped<One, Key>(
	all: readonly One[],
	keyOf: (one: One) => Key | undefined,
): Map<Key, One[]> {
	const groups = new Map<Key, One[]>();
	for (const one of all) {
		const key = keyOf(one);
		if (key === undefined) continue;
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return groups;
}

/**
 * The most levels of a reply or a webhook; a record has a handful. Recursion through far more levels, here and in n8n,
 * overflows the stack.
 */
export const DEEPEST_READ = 200;

const isOuter = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Whether lists and objects are nested deeper than this many levels, or in themselves. Level by level: a recursion
 * would itself overflow the stack.
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
	let level = isOuter(value) ? [value] : [];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth === levels) return true;
		const inner = level.flatMap((outer) => (Object.values(outer) as unknown[]).filter(isOuter));
		// What stands in several places is looked through once.
		level = inner.length > 1 ? [...new Set(inner)] : inner;
	}
	return false;
}
