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
export interface Proof {
	shows: Shown;
	/** Why it shows that. */
	reason: string;
	/** Who says so. */
	source: string;
	/** The same request may succeed soon. */
	passing?: true;
	/** Nobody waits for the request any more, and the service may still be at work on it. */
	mayGoOn?: true;
	/**
	 * By the standard it is a definite no, but some servers answer like this after they carried the request out. A request
	 * that must not arrive twice is in doubt.
	 */
	uncertain?: true;
}

const RFC_9110 = 'RFC 9110, HTTP Semantics';

/** The rows for replies with a status. The first range that holds the status counts. */
const BY_STATUS: Array<[from: number, to: number, proof: Proof]> = [
	[
		200,
		299,
		{ shows: 'done', reason: 'The service says that it carried the request out.', source: RFC_9110 },
	],
	[
		303,
		303,
		{
			shows: 'unknown',
			reason: 'The result of the request is to be read elsewhere, so there may be one.',
			source: `${RFC_9110}, 15.4.4`,
		},
	],
	[
		302,
		302,
		{
			shows: 'refused',
			reason: 'The request is to be sent elsewhere, so it was not carried out here. Web applications also redirect like this after they did what was asked.',
			source: `${RFC_9110}, 15.4.3`,
			uncertain: true,
		},
	],
	[
		300,
		399,
		{
			shows: 'refused',
			reason: 'The same request is to be sent elsewhere, so it was not carried out here. Most often the address is not that of the service.',
			source: `${RFC_9110}, 15.4`,
		},
	],
	[
		408,
		408,
		{
			shows: 'unknown',
			reason: 'Some server gave up waiting. It does not say that no server behind it has the request.',
			source: `${RFC_9110}, 15.5.9, and gateways that answer 408 for a slow service`,
			passing: true,
			mayGoOn: true,
		},
	],
	[
		425,
		425,
		{
			shows: 'refused',
			reason: 'The server did not want to carry out a request that may be a replay.',
			source: 'RFC 8470, 5.2',
			passing: true,
		},
	],
	[
		429,
		429,
		{
			shows: 'didNotHappen',
			reason: 'The rate limit turned the request away before anything was done.',
			source: 'RFC 6585, 4, and the rate limiting pages of both services',
			passing: true,
		},
	],
	[
		499,
		499,
		{
			shows: 'unknown',
			reason: 'A proxy says that its client hung up. The service behind it may have the request.',
			source: 'nginx, which writes this status of its own into its log',
			mayGoOn: true,
		},
	],
	[400, 498, { shows: 'refused', reason: 'The service says no.', source: `${RFC_9110}, 15.5` }],
	[
		500,
		501,
		{
			shows: 'unknown',
			reason: 'The service failed at some point. It may have been after the request was carried out.',
			source: `${RFC_9110}, 15.6.1`,
			passing: true,
		},
	],
	[
		503,
		503,
		{
			shows: 'unknown',
			reason: 'The service does not take requests for now. It is not at work on this one, and nobody says that it never was.',
			source: `${RFC_9110}, 15.6.4`,
			passing: true,
		},
	],
];

/** For all other 5xx, a final 1xx, and statuses that no standard knows. */
const BROKEN: Proof = {
	shows: 'unknown',
	reason: 'A gateway before the service gave up, or failed. The service behind it may have the request, and be at work on it.',
	source: `${RFC_9110}, 15.6`,
	passing: true,
	mayGoOn: true,
};

const UNREADABLE: Proof = {
	shows: 'unknown',
	reason: 'A success whose body is damaged, too large or no JSON may be of a page that stands before the service.',
	source: 'Sign-in pages and proxies answer 200 with a page of their own',
};

const LOST: Proof = {
	shows: 'unknown',
	reason: 'The request was sent, or may have been, and no reply came.',
	source: 'What Node.js tells of the connection',
	mayGoOn: true,
};

const NOT_SENT: Proof = {
	shows: 'didNotHappen',
	reason: 'The connection failed before the request could go out.',
	source: 'What Node.js tells of the connection: no address, no connection, a certificate that is not trusted',
};

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
	const [, , proof = BROKEN] = BY_STATUS.find(([from, to]) => status >= from && status <= to) ?? [];
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

/** How a request ended, in words that complete "Item 3 …: ". */
export function becauseOf({ name }: Service, exchange: Exchange): string {
	if (exchange.kind !== 'replied') return exchange.because;
	const { status, unreadable } = exchange;
	// A failure needs no body to be understood; a success does.
	const what = isSuccess(exchange) && unreadable !== undefined ? ` with ${unreadable}` : '';
	return `${name} answered HTTP ${status}${what}`;
}
