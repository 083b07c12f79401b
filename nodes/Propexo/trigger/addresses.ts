/** Whether two addresses are the same, however they are written. */
export const sameUrl = (a: unknown, b: string): boolean =>
	a === b ||
	(typeof a === 'string' && URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href);

/**
 * Whether two addresses belong to the same webhook although n8n's address has changed. A copy of the workflow has
 * another path.
 */
export function samePath(before: string | undefined, now: string): boolean {
	if (before === undefined || !URL.canParse(before)) return false;
	const [one, other] = [new URL(before).pathname, new URL(now).pathname];
	return one.endsWith(other) || other.endsWith(one);
}
