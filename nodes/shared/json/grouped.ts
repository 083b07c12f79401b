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
