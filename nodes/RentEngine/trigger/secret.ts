import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The key with which two texts are hashed before they are compared. Each process makes its own. */
const COMPARISON_KEY = randomBytes(32);

/**
 * Whether a header holds a shared secret. Compared in constant time, whatever the two lengths; never throws.
 *
 * @param secret without one nothing matches
 */
export function isSecret(secret: string, given: unknown): boolean {
	if (secret === '' || typeof given !== 'string') return false;
	const hash = (text: string) => createHmac('sha256', COMPARISON_KEY).update(text).digest();
	return timingSafeEqual(hash(secret), hash(given));
}
