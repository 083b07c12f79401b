import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { delaysHandling, type ActiveFault } from './faults.ts';
import type { Ledger, LedgerRequest } from './ledger.ts';

/** What a route answers. A body that is a text is sent as it is, anything else as JSON. */
export interface Answer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** One request on its way through the emulator. */
export interface Exchange {
	row: LedgerRequest;
	ledger: Ledger;
	/** Headers every answer to it carries. */
	headers: Record<string, string>;
	/** How long its answer is held back, in ms. */
	delayMs: number;
	fault: ActiveFault | undefined;
	/** The service's words for the status of a fault. */
	refuse: (status: number) => Answer;
}

interface Sendable {
	status: number;
	headers: Record<string, string>;
	text: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const HUGE_CHUNK = Buffer.alloc(64 * 1024, 'x');

/**
 * Sends an answer after its delay, changed by the fault if there is one, and closes the row in the ledger.
 * @param answer what the service says; a fault with its own answer replaces it
 */
export function send(reply: FastifyReply, exchange: Exchange, answer: Answer | undefined): void {
	const { fault } = exchange;
	const delayMs = exchange.delayMs + (fault && !delaysHandling(fault) ? (fault.delayMs ?? 0) : 0);
	if (delayMs > 0) setTimeout(() => put(reply, exchange, answer), delayMs).unref();
	else put(reply, exchange, answer);
}

function put(reply: FastifyReply, exchange: Exchange, answer: Answer | undefined): void {
	const { fault, row, ledger } = exchange;
	const raw = reply.raw;
	if (raw.destroyed) {
		ledger.close(row, 'closed');
		return;
	}
	if (fault?.hang) {
		reply.hijack();
		return;
	}
	if (fault?.close !== undefined) {
		reply.hijack();
		ledger.close(row, 'closed');
		raw.destroy();
		return;
	}
	const sendable = compose(exchange, answer);
	ledger.close(row, sendable.status, { headers: sendable.headers, body: sendable.text });
	if (fault?.hugeBytes !== undefined || fault?.drip !== undefined) {
		reply.hijack();
		raw.writeHead(sendable.status, sendable.headers);
		if (fault.hugeBytes !== undefined) stream(raw, fault.hugeBytes);
		else drip(raw, Buffer.from(sendable.text), fault.drip ?? { everyMs: 100, bytes: 1 });
		return;
	}
	reply.code(sendable.status).headers(sendable.headers).send(sendable.text);
}

/** Status, headers and text, with what a fault changes in them. */
function compose(exchange: Exchange, answer: Answer | undefined): Sendable {
	const { fault } = exchange;
	const status = fault?.status ?? (fault?.redirectTo !== undefined ? 302 : (answer?.status ?? 200));
	const body = fault?.body !== undefined ? fault.body : ownBody(exchange, answer);
	const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
	const headers: Record<string, string> = {
		'content-type': text.trimStart().startsWith('<') ? 'text/html; charset=utf-8' : JSON_TYPE,
		...exchange.headers,
		...answer?.headers,
	};
	if (fault?.redirectTo !== undefined) headers['location'] = fault.redirectTo;
	for (const [name, value] of Object.entries(fault?.headers ?? {})) {
		if (value === null) delete headers[name.toLowerCase()];
		else headers[name.toLowerCase()] = value;
	}
	return { status, headers, text };
}

/** The service's body, unless a fault with another status hides it. */
function ownBody({ fault, refuse }: Exchange, answer: Answer | undefined): unknown {
	if (fault?.hugeBytes !== undefined || fault?.redirectTo !== undefined) return undefined;
	if (fault?.status === undefined || answer?.status === fault.status) return answer?.body;
	return fault.status < 400 ? {} : refuse(fault.status).body;
}

/** Writes `total` bytes as fast as the reader takes them. */
function stream(raw: ServerResponse, total: number): void {
	let left = total;
	const more = (): void => {
		while (left > 0 && !raw.destroyed) {
			const chunk = left >= HUGE_CHUNK.length ? HUGE_CHUNK : HUGE_CHUNK.subarray(0, left);
			left -= chunk.length;
			if (!raw.write(chunk)) {
				raw.once('drain', more);
				return;
			}
		}
		raw.end();
	};
	more();
}

/** Writes a few bytes at a time. */
function drip(raw: ServerResponse, text: Buffer, pace: { everyMs: number; bytes: number }): void {
	let sent = 0;
	const timer = setInterval(() => {
		if (raw.destroyed || sent >= text.length) {
			clearInterval(timer);
			if (!raw.destroyed) raw.end();
			return;
		}
		raw.write(text.subarray(sent, sent + pace.bytes));
		sent += pace.bytes;
	}, pace.everyMs);
	timer.unref();
}
