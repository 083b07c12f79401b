import { isRead, type LedgerRequest } from './ledger.ts';

/** Which requests a fault hits. When empty: any request with the right token and within the limit. */
export interface FaultMatch {
	method?: string;
	/** Only requests that change something. */
	writes?: true;
	/** The whole path without the query, or its end; or an expression to find in it. */
	path?: string | RegExp;
	/** In-process only. */
	body?: (body: unknown) => boolean;
	/** A text to be found in the body's JSON (for other processes). */
	bodyIncludes?: string;
}

/**
 * Something that goes wrong on purpose.
 *
 * A fault with its own answer (`status`, `body`, `redirectTo`, `hugeBytes`, `hang`) replaces the real one; `write` says
 * whether the request is carried out first. A fault without its own answer (only `delayMs`, `headers`, `drip`) lets the
 * real one through: late, with other headers, or slowly. `delayMs` then waits before the request is carried out (and
 * drops it if the caller has left by then), or after it with `write: true`.
 */
export interface Fault {
	match?: FaultMatch;
	/** How many requests it hits (default 1; Infinity allowed). */
	times?: number;
	/** Matching requests it lets pass first (default 0). */
	after?: number;
	status?: number;
	/** Headers set on the answer; null takes one away. */
	headers?: Record<string, string | null>;
	/** An object is sent as JSON, a text as it is. */
	body?: unknown;
	delayMs?: number;
	/** Whether the event IS created before the fault shows (default false). */
	write?: boolean;
	/** The request is carried out this long after the fault shows, in ms, though nobody waits for it any more. */
	lateMs?: number;
	/** Destroys the socket: before the request is handled, or after the write, without a reply. */
	close?: 'before' | 'after';
	/** Answers with `Location` (302 unless `status` is given). */
	redirectTo?: string;
	/** Streams that many bytes as the body (of a 200 unless `status` is given). */
	hugeBytes?: number;
	/** Sends the answer slowly. */
	drip?: { everyMs: number; bytes: number };
	/** Never answers. */
	hang?: true;
}

/** An active fault, with its counts. */
export interface ActiveFault extends Fault {
	/** Matching requests met so far. */
	seen: number;
	/** Requests hit so far. */
	used: number;
}

/** Whether a fault answers in place of the service. */
const hasOwnAnswer = (fault: Fault): boolean =>
	fault.status !== undefined ||
	fault.body !== undefined ||
	fault.redirectTo !== undefined ||
	fault.hugeBytes !== undefined ||
	fault.hang === true;

/** Whether the request is carried out although the fault hits it. */
export const isCarriedOut = (fault: Fault): boolean =>
	fault.close === undefined ? fault.write === true || !hasOwnAnswer(fault) : fault.close === 'after';

/** Whether the fault's delay comes before the request is carried out; any other holds back the answer. */
export const delaysHandling = (fault: Fault): boolean =>
	fault.close === undefined && fault.write !== true && !hasOwnAnswer(fault) && (fault.delayMs ?? 0) > 0;

/** The faults of one service, taken in the order in which they were added. */
export class Faults {
	private active: ActiveFault[] = [];

	/** Adds a fault; the object returned shows how often it was met and used. */
	add(fault: Fault): ActiveFault {
		const active: ActiveFault = { ...fault, seen: 0, used: 0 };
		this.active.push(active);
		return active;
	}

	/** The faults that may still hit. */
	list(): readonly ActiveFault[] {
		return this.active;
	}

	/** Takes all faults away. */
	clear(): void {
		this.active = [];
	}

	/** The fault that hits this request, if any; counts it. */
	take(row: LedgerRequest): ActiveFault | undefined {
		if (this.active.length === 0) return undefined;
		let hit: ActiveFault | undefined;
		for (const fault of this.active) {
			if (!matches(fault.match, row)) continue;
			fault.seen++;
			if (hit || fault.seen <= (fault.after ?? 0)) continue;
			hit = fault;
			fault.used++;
		}
		if (hit && hit.used >= (hit.times ?? 1)) this.active = this.active.filter((fault) => fault !== hit);
		return hit;
	}
}

function matches(match: FaultMatch | undefined, row: LedgerRequest): boolean {
	if (!match) return true;
	if (match.writes === true && isRead(row)) return false;
	if (match.method !== undefined && match.method.toUpperCase() !== row.method) return false;
	if (typeof match.path === 'string' && !row.path.endsWith(match.path)) return false;
	if (match.path instanceof RegExp && row.path.search(match.path) === -1) return false;
	if (match.bodyIncludes !== undefined && !(JSON.stringify(row.body) ?? '').includes(match.bodyIncludes))
		return false;
	return match.body === undefined || match.body(row.body);
}
