/**
 * Levels of what is taken in, replies and webhooks; a record has a handful. What goes through far more of them by
 * recursion, here and in n8n, overflows the stack.
 */
export const DEEPEST_READ = 200;

const isOuter = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Whether lists and objects lie in each other deeper than so many levels, or in themselves. Level by level: a recursion
 * would itself overflow the stack.
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
	let level = new Set([value].filter(isOuter));
	for (let depth = 0; level.size > 0; depth++) {
		if (depth === levels) return true;
		level = new Set([...level].flatMap((outer) => Object.values(outer) as unknown[]).filter(isOuter));
	}
	return false;
}
