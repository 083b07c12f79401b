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
