import type { Exchange, Reply } from './exchange';
import type { Service } from './service';

/**
 * What an exchange shows about its request:
 * - `done`: the service carried it out, and the reply can be read
 * - `refused`: a definite no, nothing was done
 * - `didNotHappen`: nothing was done, and it may be sent again
 * - `unknown`: it may or may not have been carried out; a request that must not arrive twice is in doubt
 */
export type Shown = 'done' | 'refused' | 'didNotHappen' | 'unknown';

/** One row of the table. */
interface Proof {
	shows: Shown;
	/** The same request may succeed soon. */
	passing?: true;
	/** Nobody waits for the request any more, and the service may still be at work on it. */
	mayGoOn?: true;
	/**
	 * By the standard it is a definite no, but some servers answer like this after they carried the request out. A request
	 * that must not arrive twice is in doubt.
	 */
	uncertain?: true;
	/**
	 * The service says no to what the request holds: it would say so at any time, if it complains about the form of values
	 * (`Complaint.ofForm`).
	 */
	always?: true;
}

/**
 * The rows for replies with a status. The first range that holds the status counts. Above each stands why, and
 * who says so (RFC 9110 is HTTP Semantics).
 */
const BY_STATUS: Array<[from: number, to: number, proof: Proof]> = [
	// The service says that it carried the request out (RFC 9110).
	[200, 299, { shows: 'done' }],
	// The result of the request is to be read elsewhere, so there may be one (RFC 9110, 15.4.4).
	[303, 303, { shows: 'unknown' }],
	// The request is to be sent elsewhere, so it was not carried out here. Web applications also redirect like this
	// after they did what was asked (RFC 9110, 15.4.3).
	[302, 302, { shows: 'refused', uncertain: true }],
	// The same request is to be sent elsewhere, so it was not carried out here. Most often the address is not that of
	// the service (RFC 9110, 15.4).
	[300, 399, { shows: 'refused' }],
	// Some server gave up waiting. It does not say that no server behind it has the request (RFC 9110, 15.5.9, and
	// gateways that answer 408 for a slow service).
	[408, 408, { shows: 'unknown', passing: true, mayGoOn: true }],
	// The server did not want to carry out a request that may be a replay (RFC 8470, 5.2).
	[425, 425, { shows: 'refused', passing: true }],
	// The rate limit turned the request away before anything was done (RFC 6585, 4, and the rate limiting pages of
	// both services).
	[429, 429, { shows: 'didNotHappen', passing: true }],
	// A proxy says that its client hung up. The service behind it may have the request (nginx, which writes this
	// status of its own into its log).
	[499, 499, { shows: 'unknown', mayGoOn: true }],
	// The service says no to what the request holds, and documents this status for it (RFC 9110, 15.5.1).
	[400, 400, { shows: 'refused', always: true }],
	// The service understands the request, and says no to what it holds (RFC 9110, 15.5.21).
	[422, 422, { shows: 'refused', always: true }],
	// The service says no (RFC 9110, 15.5).
	[400, 498, { shows: 'refused' }],
	// The service failed at some point. It may have been after the request was carried out (RFC 9110, 15.6.1).
	[500, 501, { shows: 'unknown', passing: true }],
	// The service does not take requests for now, or a router before it gave up waiting and lets the service go on (RFC
	// 9110, 15.6.4, and Heroku's router, whose error H12 is a 503 after 30 s).
	[503, 503, { shows: 'unknown', passing: true, mayGoOn: true }],
];

/**
 * For all other 5xx, a final 1xx, and statuses that no standard knows. A gateway before the service gave up, or failed. The
 * service behind it may have the request, and be at work on it (RFC 9110, 15.6).
 */
const BROKEN: Proof = { shows: 'unknown', passing: true, mayGoOn: true };

/**
 * A success whose body is damaged, too large, without an end or no JSON may be of a page that stands before the service, which
 * may still be at work on it (sign-in pages and proxies answer 200 with a page of their own).
 */
const UNREADABLE: Proof = { shows: 'unknown', mayGoOn: true };

/** The request was sent, or may have been, and no reply came (what Node.js tells of the connection). */
const LOST: Proof = { shows: 'unknown', mayGoOn: true };

/**
 * The connection failed before the request could go out (what Node.js tells of the connection: no address, no connection,
 * a certificate that is not trusted).
 */
const NOT_SENT: Proof = { shows: 'didNotHappen' };

/** What a status shows by itself. */
export function proofOfStatus(status: number): Proof {
	const [, , proof = BROKEN] = BY_STATUS.find(([from, to]) => status >= from && status <= to) ?? [];
	return proof;
}

/** Statuses of replies without a body: there is nothing to read. */
const WITHOUT_BODY = new Set([204, 205]);

/**
 * What an exchange shows about its request. This is the one place that decides it, for writes, reads, look-ups, polling
 * and the registration of triggers.
 *
 * A caller that needs something in the body (an ID) looks for it itself: `done` without it is as good as `unknown`.
 */
export function proofOf(exchange: Exchange): Proof {
	if (exchange.kind !== 'replied') {
		const proof = exchange.kind === 'notSent' ? NOT_SENT : LOST;
		return exchange.passing ? { ...proof, passing: true } : proof;
	}
	const { status, unreadable } = exchange;
	const proof = proofOfStatus(status);
	const isUnreadable = unreadable !== undefined && !WITHOUT_BODY.has(status);
	return proof.shows === 'done' && isUnreadable ? UNREADABLE : proof;
}

/** The reply of a request that was carried out; undefined for every other exchange. */
export function replyIfDone(exchange: Exchange): Reply | undefined {
	return exchange.kind === 'replied' && proofOf(exchange).shows === 'done' ? exchange : undefined;
}

/** Whether a reply says that the request was carried out, whether or not its body can be read. */
export const isSuccess = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** Whether the service has no record at the path that was asked for. */
export const isAbsent = (exchange: Exchange): boolean =>
	exchange.kind === 'replied' && exchange.status === 404;

/** Whether the service takes no more requests for now. */
export const isOverLimit = (exchange: Exchange): boolean =>
	exchange.kind === 'replied' ? exchange.status === 429 : exchange.limited === true;

/** How a request ended, in words that complete "Item 3 …: ". */
export function becauseOf({ name }: Service, exchange: Exchange): string {
	if (exchange.kind !== 'replied') return exchange.because;
	const { status, unreadable } = exchange;
	// A failure needs no body to be understood; a success does.
	const what = isSuccess(exchange) && unreadable !== undefined ? ` with ${unreadable}` : '';
	return `${name} answered HTTP ${status}${what}`;
}
