import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { checkedToken, CredentialRefused } from './credential';
import type { Limiter } from './limiter';
import { limiterFor, TurnedAway } from './limiter';
import type { Exchange, Recipient, Requester } from './send';
import { send } from './send';
import type { Service, ServiceRequest } from './service';

/** How often a GET is tried in all while the service is out of reach or busy, and the first pause between, in ms. */
const GET_TRIES = 4;
const GET_PAUSE_MS = 500;

/** A service as one execution, or one list of the editor, reaches it. */
export interface Connection extends Recipient {
	/** For taking it out of what a service says; it is sent by the credential itself. */
	token: string;
	limiter: Limiter;
}

/**
 * The address and the limiter of a service for the credential that the node uses.
 *
 * @throws NodeOperationError when there is no credential, or nothing may be sent with it
 */
export async function connect(ctx: Requester, node: INode, service: Service): Promise<Connection> {
	try {
		const credentials = await ctx.getCredentials(service.credential);
		const baseUrl = service.baseUrl(credentials);
		const token = checkedToken(credentials.token);
		return {
			ctx,
			service,
			baseUrl,
			credentials,
			token,
			limiter: limiterFor(baseUrl, token, service.pace),
		};
	} catch (cause) {
		if (!(cause instanceof CredentialRefused)) throw new NodeOperationError(node, cause as Error);
		throw new NodeOperationError(node, cause.message, { description: cause.description ?? undefined });
	}
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
