/** Whether two addresses are the same, however they are written. */
export const sameUrl = (a: unknown, b: string): boolean =>
	a === b ||
	(typeof a === 'string' && URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href);

/**
 * Whether two addresses are of the same webhook, one of them from before n8n moved. A copy of the workflow has a path
 * of its own.
 */
export function samePath(before: string | undefined, now: string): boolean {
	if (before === undefined || !URL.canParse(before)) return false;
	const [one, other] = [new URL(before).pathname, new URL(now).pathname];
	return one.endsWith(other) || other.endsWith(one);
}
