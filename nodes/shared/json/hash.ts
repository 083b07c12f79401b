import { createHash } from 'node:crypto';

/** Base64url characters of a hash: 132 bits, far more than what is ever compared needs. */
const LENGTH = 22;

/**
 * A short text that is the same for equal texts or JSON values, and does not give them away.
 *
 * @param characters length of the text, 6 bits each; shorter where it is stored many times
 */
export function hash(value: unknown, characters = LENGTH): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
	return createHash('sha256').update(text).digest('base64url').slice(0, characters);
}
