import { sleep } from 'n8n-workflow';

import type { Connection } from './connection';
import { limitUsedUp } from './limitUsedUp';
import type { Place, Slot } from './limiter';
import { NoSlot } from './queue';
import { proofOf } from './whatReplyProves';
import type { Exchange } from './exchange';
import { send } from './network';
import type { ServiceRequest } from './service';

/** The right to send one request now. It is used up by sending, or given back. */
export interface SendSlot {
	/**
	 * Sends the request. It counts against the rate, unless it provably never left.
	 *
	 * @param timeoutMs for the whole reply
	 */
	send(request: ServiceRequest, timeoutMs?: number): Promise<Exchange>;
	/** Nothing is sent: the next one in the queue gets the slot. */
	giveBack(): void;
	/** The request is not ready after all: the next one in the queue gets the slot. */
	backToPlace(): SendPlace;
}

/** A request that will get a slot soon: time to get ready for it. */
export interface SendPlace {
	/** As `Place.slotSoon`. */
	slotSoon(signal: AbortSignal): Promise<SendSlot | undefined>;
	/** Nothing will be sent. */
	leave(): void;
}

function sendSlot(connection: Connection, slot: Slot): SendSlot {
	return {
		send: async (request, timeoutMs) => {
			const exchange = await send(connection, request, timeoutMs);
			if (exchange.kind === 'notSent') slot.giveBack();
			else slot.count(exchange.kind === 'replied' ? exchange : undefined);
			return exchange;
		},
		giveBack: () => slot.giveBack(),
		backToPlace: () => sendPlace(connection, slot.backToPlace()),
	};
}

function sendPlace(connection: Connection, place: Place): SendPlace {
	return {
		slotSoon: async (signal) => {
			const slot = await place.slotSoon(signal);
			return slot && sendSlot(connection, slot);
		},
		leave: () => place.leave(),
	};
}

/**
 * Waits until a slot is near, for a request that has to get ready for it.
 *
 * @param signal ends the wait at once
 * @throws NoSlot when there will be no slot soon; the signal's reason when it fires
 */
export async function takePlace(connection: Connection, signal: AbortSignal): Promise<SendPlace> {
	return sendPlace(connection, await connection.limiter.place(signal));
}

/** Whether a request is sent again after this exchange. */
type Again = (exchange: Exchange) => boolean;

/** For a request that does no harm when it arrives twice. */
const unlessAnswered: Again = (exchange) => {
	const { shows, passing } = proofOf(exchange);
	return passing === true && (shows === 'didNotHappen' || shows === 'unknown');
};

/** For a request that must not arrive twice. */
const unlessItMayHaveHappened: Again = (exchange) => {
	const { shows, passing } = proofOf(exchange);
	return passing === true && shows === 'didNotHappen';
};

async function askWhile(
	again: Again,
	connection: Connection,
	request: ServiceRequest,
	signal: AbortSignal,
	timeoutMs?: number,
): Promise<Exchange> {
	const { service, limiter } = connection;
	const pauses = [...service.retryAfterMs];
	let exchange: Exchange | undefined;
	for (let pause: number | undefined = 0; pause !== undefined;) {
		try {
			if (pause > 0) await sleep(pause, signal);
			const slot = sendSlot(connection, await limiter.slot(signal));
			exchange = await slot.send(request, timeoutMs);
		} catch (cause) {
			return exchange ?? notAsked(connection, cause);
		}
		if (!again(exchange) || limiter.isClosed() || limiter.isRefusing()) return exchange;
		// After a 429, the limiter waits for as long as the service asks.
		pause = exchange.kind === 'replied' && exchange.status === 429 ? 0 : pauses.shift();
	}
	return exchange ?? notAsked(connection);
}

/** Why there was not even a first try. */
function notAsked(connection: Connection, cause?: unknown): Exchange {
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
 * is out of reach or busy. Gives the last exchange, whatever it was.
 *
 * @param signal ends it at once; what was known so far is given back
 */
export async function ask(
	connection: Connection,
	request: ServiceRequest,
	signal: AbortSignal,
	timeoutMs?: number,
): Promise<Exchange> {
	return await askWhile(unlessAnswered, connection, request, signal, timeoutMs);
}

/**
 * Sends a request that must not arrive twice, such as a POST: within the rate, and again only while it provably did not
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
	return await askWhile(unlessItMayHaveHappened, connection, request, signal, timeoutMs);
}
