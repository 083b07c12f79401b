import { createHmac, timingSafeEqual } from 'node:crypto';

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
