import { sleep } from 'n8n-workflow';

import type { Connection } from './connection';
import { limitUsedUp } from './pace';
import type { Slot } from './limiter';
import { NoSlot } from './queue';
import type { Shown } from './whatReplyProves';
import { isOverLimit, proofOf } from './whatReplyProves';
import type { Exchange } from './exchange';
import { send } from './network';
import type { ServiceRequest } from './service';

/**
 * Sends a request with its slot. It counts against the rate, unless it provably never left.
 *
 * @param timeoutMs for the whole reply
 */
export async function sendIn(
	slot: Slot,
	connection: Connection,
	request: ServiceRequest,
	timeoutMs?: number,
): Promise<Exchange> {
	const exchange = await send(connection, request, timeoutMs);
	if (exchange.kind === 'notSent') slot.giveBack();
	else slot.count(exchange.kind === 'replied' ? exchange : undefined);
	return exchange;
}

/**
 * Makes a function that sends a request within the rate, and sends it again while the exchange shows one of these. The function
 * returns the last exchange, also when that is still one of them. If the signal aborts, it stops at once.
 */
const askWhile =
	(...again: Shown[]) =>
	async (
		connection: Connection,
		request: ServiceRequest,
		signal: AbortSignal,
		timeoutMs?: number,
	): Promise<Exchange> => {
		const { service, limiter } = connection;
		const pauses = [...service.retryAfterMs];
		let exchange: Exchange | undefined;
		for (let pause = 0; ;) {
			try {
				if (pause > 0) await sleep(pause, signal);
				exchange = await sendIn(await limiter.slot(signal), connection, request, timeoutMs);
			} catch (cause) {
				return exchange ?? notAsked(connection, cause);
			}
			const { shows, passing } = proofOf(exchange);
			if (!passing || !again.includes(shows) || limiter.isClosed() || limiter.isRefusing())
				return exchange;
			// After a 429, the limiter waits for as long as the service asks.
			const next = isOverLimit(exchange) ? 0 : pauses.shift();
			if (next === undefined) return exchange;
			pause = next;
		}
	};

/** Why there was not even a first try. */
function notAsked(connection: Connection, cause: unknown): Exchange {
	return cause instanceof NoSlot
		? { kind: 'notSent', because: limitUsedUp(connection), passing: false, limited: true }
		: /**
			 * @cause Somebody stopped the execution before the request was sent.
			 * @cure Run it again.
			 */
			{ kind: 'notSent', because: 'the execution was stopped', passing: false };
}

/**
 * Sends a request that does no harm when it arrives twice, such as a GET: within the rate, and again while the service
 * is out of reach or busy. See `askWhile`.
 */
export const ask = askWhile('didNotHappen', 'unknown');

/**
 * Sends a request that must not arrive twice, such as a POST: within the rate, and again only while it provably did not
 * happen (429, no connection). See `askWhile`.
 */
export const askOnce = askWhile('didNotHappen');
