import type { IDataObject } from 'n8n-workflow';

import { ask } from '../http/sendAgain';
import type { Connection } from '../http/connection';
import { isOverLimit, isSuccess, replyIfDone } from '../http/whatReplyProves';
import type { Service, ServiceRequest } from '../http/service';
import { addressOf } from '../http/service';
import type { AboutItem } from '../report/errors';
import { rateExhausted, refusal, reportOf, unreachable } from '../report/errors';
import { withItemName } from '../report/itemName';
import type { Because, FailedOutcome } from '../report/outcome';

/** Sends a GET and gives its body. Rejects with a `ReadFailed` when there is none to give. */
export type Get = (request: ServiceRequest) => Promise<unknown>;

/** A read that failed, with the outcome of its item. */
export class ReadFailed extends Error {
	/** @param advice what to do about it, without what did not happen */
	constructor(
		readonly outcome: FailedOutcome,
		readonly advice = outcome.report.description,
	) {
		super(outcome.report.message);
	}

	/** Whether the service answered with one of these statuses. */
	hasStatus(statuses: number[]): boolean {
		return statuses.includes(this.outcome.report.httpCode ?? 0);
	}
}

/** The statuses that say that the token is refused, or may not do it (RFC 9110, 15.5.2 and 15.5.4). */
export const DENIED = [401, 403];

/** The service answered in another form than documented. */
export class UndocumentedReply extends Error {}

/** A list kept changing while it was read, so records may be missing. */
export class ListChanged extends UndocumentedReply {}

/**
 * Why a reply, or the pages of a list, cannot be used.
 *
 * @cause The list changed again and again while it was read, or the answer has a form that nobody has documented.
 * @cure Run it again. If it goes on, check the address in the credential.
 */
export const whyUnusable = (cause: unknown, { name }: Service): string =>
	cause instanceof ListChanged
		? 'the list kept changing while it was read'
		: `${name} answered in another form than documented`;

/** @noMessage It is said beside the messages about a reply that cannot be used. */
export const ifItGoesOn = (service: Service): string =>
	`Run it again. If this goes on, check ${addressOf(service)}.`;

/** The result of the work, or `otherwise` if it failed in a way that is expected. Any other failure stays one. */
export async function orElse<T, Other>(
	work: Promise<T>,
	isExpected: (cause: unknown) => boolean,
	otherwise: Other,
): Promise<T | Other> {
	return await work.catch(async (cause: Error) =>
		isExpected(cause) ? otherwise : await Promise.reject(cause),
	);
}

/** The service answered, and it has no such record. */
export class NothingThere extends Error {
	/**
	 * @param because completes "Item 3 of 300: …"
	 * @param advice what to do about it
	 */
	constructor(
		readonly because: string,
		readonly advice: string,
	) {
		super(because);
	}
}

/**
 * Gives a function that reads from a service: within the rate, and again while the service is out of reach or busy.
 *
 * @param name begins the message when it fails, e.g. "Item 3 of 300"
 * @param item for whose fields it reads; the query is redacted too
 */
export function reader(
	connection: Connection,
	signal: AbortSignal,
	name: string,
	{ redacted = [], known }: AboutItem = {},
): Get {
	const { service } = connection;
	return async (request) => {
		const exchange = await ask(connection, request, signal);
		const reply = replyIfDone(exchange);
		if (reply && !service.isError?.(reply.body)) return reply.body;
		if (isOverLimit(exchange)) throw nothingRead(name, rateExhausted(connection));
		if (exchange.kind !== 'replied') throw nothingRead(name, unreachable(service, exchange));
		const { status, unreadable } = exchange;
		// A refusal may come without a body that can be read; a success may not.
		if (!reply && isSuccess(exchange))
			throw new ReadFailed(unreadableReply(service, name, status, unreadable));
		const told = [...redacted, ...Object.values(request.query ?? {})];
		const report = refusal(connection, exchange, name, { redacted: told, known });
		throw new ReadFailed({ state: 'refused', report });
	};
}

/** @noMessage It is said beside the reason. */
function nothingRead(name: string, why: Because): ReadFailed {
	const description = `Nothing was read. ${why.description}`;
	return new ReadFailed(
		{ state: 'notSent', report: reportOf(name, { ...why, description }) },
		why.description,
	);
}

/**
 * @example Propexo answered HTTP 200 with a web page instead of data
 * @cause The service answered with a success, and its answer cannot be read, such as a web page.
 * @cure Run it again. If it goes on, check the address in the credential.
 */
function unreadableReply(service: Service, name: string, status: number, what = 'nothing'): FailedOutcome {
	return {
		state: 'refused',
		report: {
			message: withItemName(name, `${service.name} answered HTTP ${status} with ${what}`),
			description: ifItGoesOn(service),
			httpCode: status,
			details: { http_status: status },
		},
	};
}

/** Records that items name by ID. Each is read once for all items of a run, or not at all if it was just found. */
export class RecordsById {
	private readonly rows = new Map<string, Promise<IDataObject>>();

	/** Adds a record that was found, so that it is not read again. */
	know(path: string, row: IDataObject): void {
		if (!this.rows.has(path)) this.rows.set(path, Promise.resolve(row));
	}

	/**
	 * A record by its path, read once.
	 *
	 * @throws what `reading` throws, for each item that names the record
	 */
	async read(path: string, reading: () => Promise<IDataObject>): Promise<IDataObject> {
		const known = this.rows.get(path) ?? reading();
		this.rows.set(path, known);
		return await known;
	}
}
