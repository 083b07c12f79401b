import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The key with which two texts are hashed before they are compared. Each process makes its own. */
const COMPARISON_KEY = randomBytes(32);

/**
 * Whether a request carries the HMAC-SHA256 of its body, in hex. Compared in constant time; never throws.
 *
 * @param secret shared with the sender; without one nothing is signed rightly
 * @param bytes the body as it came over the network, not what was parsed from it
 * @param given the header
 */
export function isSignedWith(secret: string, bytes: Uint8Array, given: unknown): boolean {
	if (secret === '' || typeof given !== 'string' || !/^[0-9a-f]{64}$/i.test(given)) return false;
	return timingSafeEqual(createHmac('sha256', secret).update(bytes).digest(), Buffer.from(given, 'hex'));
}

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
