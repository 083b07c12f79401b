/**
 * The hosts of this machine, as a part of a pattern. Names below `.localhost` do not count: not every resolver keeps them on
 * this machine.
 */
export const OWN_HOST = String.raw`(localhost|127(\.\d{1,3}){3}|\[::1\])`;
const LOOPBACK = new RegExp(`^${OWN_HOST}$`);

/** Addresses that only work on one machine or in one network, and names without a domain. */
const PRIVATE = [
	LOOPBACK,
	/^(0|10)(\.\d{1,3}){3}$/,
	/^(169\.254|192\.168)(\.\d{1,3}){2}$/,
	/^172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}$/,
	/^\[(::|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*)\]$/,
	/\.(localhost|local|internal|lan|home|test|invalid)$/,
	/^[^.[]+$/,
];

/** Whether an address is on this machine. */
export function isLoopback(address: string): boolean {
	return URL.canParse(address) && LOOPBACK.test(new URL(address).hostname);
}

/** Whether a service on the internet may be able to deliver webhooks to an address, going by the address alone. */
export function isPublic(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname } = new URL(address);
	return protocol === 'https:' && !PRIVATE.some((pattern) => pattern.test(hostname));
}
