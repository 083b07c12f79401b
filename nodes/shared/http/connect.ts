import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import type { CredentialProblem } from './credential';
import { checkedToken, CredentialRefused } from './credential';
import type { Limiter } from './limiter';
import { limiterFor, TurnedAway } from './limiter';
import type { Exchange, Recipient, Requester } from './send';
import { send } from './send';
import type { Service, ServiceRequest } from './service';

/** How often a GET is tried in all while the service is out of reach or busy, and the first pause between, in ms. */
const GET_TRIES = 4;
const GET_PAUSE_MS = 500;

/** A service as reached with one base URL and one token. */
export interface Connection extends Recipient {
	/** For taking it out of what a service says; it is sent by the credential itself. */
	token: string;
	/** Shared by everything in this process that uses the same base URL and token. */
	limiter: Limiter;
}

/** How requests of one item reach the service, or what is wrong with the item's credential. */
export type ItemConnection = { connection: Connection } | { problem: CredentialProblem };

/**
 * The address and the limiter of a service for the credential that the node uses, where there are no items: in the
 * editor, and when a trigger is switched on or off.
 *
 * @throws NodeOperationError when there is no credential, or nothing may be sent with it
 */
export async function connect(ctx: Requester, node: INode, service: Service): Promise<Connection> {
	try {
		return await connectionAt(ctx, service, 0);
	} catch (cause) {
		throw asNodeError(node, cause);
	}
}

/**
 * The connection of each item. A credential may hold expressions (`{{ $json.token }}`), so that it is another one for
 * each item. Items whose base URL and token are equal share one connection object, and with it one limiter.
 *
 * A credential that cannot be used is the problem of its item alone; show it like the problem of a field.
 *
 * @param count how many items there are
 * @returns one entry per item, in the order of the items
 * @throws NodeOperationError when no item can be sent and all for the same reason: there is no credential, or it is
 * wrong for all of them
 */
export async function connectItems(
	ctx: IExecuteFunctions,
	service: Service,
	count: number,
): Promise<ItemConnection[]> {
	const known = new Map<string, Connection>();
	const found: ItemConnection[] = [];
	const causes: unknown[] = [];
	for (let index = 0; index < count; index++) {
		try {
			const made = await connectionAt(ctx, service, index);
			const same = `${made.baseUrl}\n${made.token}`;
			const connection = known.get(same) ?? made;
			known.set(same, connection);
			found.push({ connection });
		} catch (cause) {
			causes.push(cause);
			found.push({ problem: problemOf(cause) });
		}
	}
	const reasons = new Set(causes.map((cause) => problemOf(cause).wrong));
	if (count > 0 && causes.length === count && reasons.size === 1)
		throw asNodeError(ctx.getNode(), causes[0]);
	return found;
}

async function connectionAt(ctx: Requester, service: Service, itemIndex: number): Promise<Connection> {
	const credentials = await ctx.getCredentials(service.credential, itemIndex);
	const baseUrl = service.baseUrl(credentials);
	const token = checkedToken(credentials.token);
	const limiter = limiterFor(baseUrl, token, service.pace);
	return { ctx, service, baseUrl, credentials, token, limiter };
}

/** n8n's own words about a credential that it could not read may quote it, so they are not shown. */
function problemOf(cause: unknown): CredentialProblem {
	return cause instanceof CredentialRefused
		? cause.problem
		: { label: 'Credential', wrong: 'could not be read. Check the expressions in it' };
}

function asNodeError(node: INode, cause: unknown): NodeOperationError {
	return cause instanceof CredentialRefused
		? new NodeOperationError(node, cause.message, { description: cause.description ?? undefined })
		: new NodeOperationError(node, cause as Error);
}

/** The signal that ends the waits of an execution; one that never fires where there is none. */
export function cancelSignalOf(ctx: IExecuteFunctions): AbortSignal {
	return ctx.getExecutionCancelSignal() ?? new AbortController().signal;
}

/** Whether a request is sent again after this exchange. */
type Again = (exchange: Exchange) => boolean;

const whileBusy: Again = (exchange) =>
	exchange.kind === 'replied' ? exchange.status === 429 || exchange.status >= 500 : exchange.passing;

const whileNotDone: Again = (exchange) =>
	exchange.kind === 'replied' ? exchange.status === 429 : exchange.kind === 'notSent' && exchange.passing;

async function paced(
	connection: Connection,
	request: ServiceRequest,
	signal: AbortSignal,
	again: Again,
	timeoutMs?: number,
): Promise<Exchange> {
	const { service, limiter } = connection;
	let exchange: Exchange | undefined;
	for (let tries = 0; tries < GET_TRIES; tries++) {
		try {
			if (tries > 0) await sleep(GET_PAUSE_MS * 2 ** (tries - 1), signal);
			const turn = await limiter.next(signal);
			exchange = await send(connection, request, timeoutMs);
			if (exchange.kind === 'notSent') turn.unused();
			else turn.done(exchange.kind === 'replied' ? exchange : undefined);
		} catch (cause) {
			return exchange ?? notAsked(service, cause);
		}
		if (!again(exchange) || limiter.isClosed()) return exchange;
	}
	return exchange ?? notAsked(service);
}

/** Why there was not even a first try. */
function notAsked({ name }: Service, cause?: unknown): Exchange {
	const because =
		cause instanceof TurnedAway
			? `${name} keeps answering that its request limit is reached`
			: 'the execution was stopped';
	return { kind: 'notSent', because, passing: false };
}

/**
 * Sends a request that does no harm when it arrives twice, such as a GET: paced, and tried again while the service is
 * out of reach or busy. Gives the last exchange, whatever it was.
 *
 * @param signal ends it at once; what was known so far is given back
 */
export async function ask(
	connection: Connection,
	request: ServiceRequest,
	signal: AbortSignal,
	timeoutMs?: number,
): Promise<Exchange> {
	return await paced(connection, request, signal, whileBusy, timeoutMs);
}

/**
 * Sends a request that must not arrive twice, such as a POST: paced, and tried again only while it provably did not
 * happen (429, no connection). Gives the last exchange, whatever it was.
 *
 * @param signal ends it at once; what was known so far is given back
 */
export async function askOnce(
	connection: Connection,
	request: ServiceRequest,
	signal: AbortSignal,
	timeoutMs?: number,
): Promise<Exchange> {
	return await paced(connection, request, signal, whileNotDone, timeoutMs);
}
