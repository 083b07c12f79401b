/** The answer to a request as it was sent; only the newest requests keep it. */
export interface LedgerReply {
	headers: Record<string, string>;
	/** The text that was sent; long ones are cut. */
	body: string;
}

/** One request as it arrived. */
export interface LedgerRequest {
	seq: number;
	/** Arrival, epoch ms. */
	at: number;
	method: string;
	/** Path without the query. */
	path: string;
	query: Readonly<Record<string, unknown>>;
	/** Lower-case names; three stars replace the token. Equal rows share one object: do not change it. */
	headers: Readonly<Record<string, string>>;
	/** Whether it carried a right token. */
	authorized: boolean;
	/** Position of the account that the token belongs to; undefined with a wrong token. */
	account: number | undefined;
	/** Parsed JSON, or the raw text where it was none. */
	body: unknown;
	status: number | 'closed' | 'pending';
	/** IDs created by this request. */
	created: string[];
	reply?: LedgerReply;
}

/** The one path that is read with a POST: it asks for the free times of a calendar. */
const READ_BY_POST = '/appointment-availability/';

/** Whether a request only reads. */
export const isRead = ({ method, path }: Pick<LedgerRequest, 'method' | 'path'>): boolean =>
	method === 'GET' || path.endsWith(READ_BY_POST);

/** One thing that a request created. */
export interface LedgerCreation {
	/** Propexo: job ID. RentEngine: event ID. */
	id: string;
	at: number;
	/** The event as accepted. */
	body: unknown;
	/** `seq` of the request. */
	request: number;
	/** Position of the account in which it was created. */
	account: number | undefined;
	/** A new event, lead or appointment, the retry of a failed write, or the update of a record. */
	kind: 'event' | 'lead' | 'appointment' | 'showing' | 'retry' | 'update';
	/** The job retried or the record updated. */
	of?: string;
}

/** A ledger to read only. */
export interface LedgerView {
	readonly requests: readonly LedgerRequest[];
	readonly created: readonly LedgerCreation[];
}

/** How many of the newest requests keep their replies: a bench makes hundreds of thousands. */
const KEPT_REPLIES = 2_000;
/** Characters of a reply that are kept. */
const REPLY_TEXT_LIMIT = 16_000;
/** How many different sets of headers are kept to be shared. */
const ALIKE_LIMIT = 1_000;
const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

/**
 * All requests to a service and what they created. Rows are small (shared header objects, replies of the newest rows
 * only), so that hundreds of thousands of them fit into memory.
 */
export class Ledger {
	readonly requests: LedgerRequest[] = [];
	readonly created: LedgerCreation[] = [];
	/** Grows each time the ledger is emptied. */
	epoch = 0;
	private readonly headersSeen = new Map<string, Readonly<Record<string, string>>>();
	private readonly listeners = new Set<(row: LedgerRequest) => void>();

	/** Only the rows of one account, read again at each look. */
	of(account: number): LedgerView {
		const { requests, created } = this;
		return {
			get requests() {
				return requests.filter((row) => row.account === account);
			},
			get created() {
				return created.filter((row) => row.account === account);
			},
		};
	}

	/** Opens the row of a request that has just come in. */
	open(
		row: Pick<LedgerRequest, 'method' | 'path' | 'query'>,
		headers: NodeJS.Dict<string | string[]>,
	): LedgerRequest {
		const opened: LedgerRequest = {
			seq: this.requests.length + 1,
			at: Date.now(),
			method: row.method,
			path: row.path,
			query: Object.keys(row.query).length === 0 ? NOTHING : row.query,
			headers: this.shared(headers),
			authorized: false,
			account: undefined,
			body: undefined,
			status: 'pending',
			created: [],
			reply: undefined,
		};
		this.requests.push(opened);
		const faded = this.requests[this.requests.length - 1 - KEPT_REPLIES];
		if (faded) faded.reply = undefined;
		this.tell(opened);
		return opened;
	}

	/** Notes how a request ended. */
	close(row: LedgerRequest, status: number | 'closed', reply?: LedgerReply): void {
		row.status = status;
		if (reply) row.reply = { ...reply, body: reply.body.slice(0, REPLY_TEXT_LIMIT) };
		this.tell(row);
	}

	/** Notes that `row` created something. */
	create(
		row: LedgerRequest,
		id: string,
		body: unknown,
		kind: LedgerCreation['kind'] = 'event',
		of?: string,
	): void {
		row.created.push(id);
		const { seq: request, account } = row;
		const creation: LedgerCreation = { id, at: Date.now(), body, request, account, kind };
		if (of !== undefined) creation.of = of;
		this.created.push(creation);
	}

	/**
	 * Calls `listener` whenever a row is opened or closed.
	 * @returns a function that ends it
	 */
	listen(listener: (row: LedgerRequest) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** Empties the ledger; the arrays stay the same ones. */
	clear(): void {
		this.requests.length = 0;
		this.created.length = 0;
		this.headersSeen.clear();
		this.epoch++;
	}

	private tell(row: LedgerRequest): void {
		for (const listener of this.listeners) listener(row);
	}

	/** One object for all requests with equal headers, without the secret. */
	private shared(headers: NodeJS.Dict<string | string[]>): Readonly<Record<string, string>> {
		const clean: Record<string, string> = {};
		for (const [name, value] of Object.entries(headers)) {
			if (value === undefined) continue;
			clean[name] =
				name === 'authorization' ? 'Bearer ***' : Array.isArray(value) ? value.join(', ') : value;
		}
		const key = JSON.stringify(clean);
		const known = this.headersSeen.get(key);
		if (known) return known;
		if (this.headersSeen.size < ALIKE_LIMIT) this.headersSeen.set(key, clean);
		return clean;
	}
}
