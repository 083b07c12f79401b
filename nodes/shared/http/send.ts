import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { DEEPEST_READ, isDeeperThan } from '../json/depth';
import { textOf } from '../json/text';
import type { Service, ServiceRequest } from './service';
import { Aborted, untilAbort } from './untilAbort';

/** Default for the *Timeout* option, in ms. Propexo delays each answer by 2 s near its limit; this leaves room. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** The largest reply that is read, in bytes; a page of 250 records stays far below it. */
export const MAX_REPLY_BYTES = 5_000_000;

/** Whoever may send requests: a running node, the editor filling a list, or a trigger being switched on or off. */
export type Requester = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;

/** A service at the address, and with the credential, that requests go to. */
export interface Recipient {
	ctx: Requester;
	service: Service;
	baseUrl: string;
	credentials: ICredentialDataDecryptedObject;
}

/** Why no usable reply came, in the words of a message: "The service …". */
export interface NoReply {
	/** Completes "Item 3 …: ". */
	because: string;
	/** Whether trying again soon may help. */
	passing: boolean;
}

/**
 * What became of one request:
 * - `replied`: status and headers were read; `body` is the parsed JSON, or undefined with `unreadable` saying why not
 * - `notSent`: provably nothing was asked of the service
 * - `lost`: it was sent, or may have been, and no status came back
 */
export type Exchange =
	| {
			kind: 'replied';
			status: number;
			headers: Record<string, unknown>;
			body?: unknown;
			unreadable?: string;
	  }
	| ({ kind: 'notSent' } & NoReply)
	| ({ kind: 'lost' } & NoReply);

export type Reply = Extract<Exchange, { kind: 'replied' }>;

/** What is used of a Node.js stream. */
interface ReplyStream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: ReplyStream;
}

async function readText(
	stream: ReplyStream,
	deadline: AbortSignal,
): Promise<{ text?: string; unreadable?: string }> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	const read = async () => {
		for await (const chunk of stream) {
			size += chunk.length;
			if (size > MAX_REPLY_BYTES) return { unreadable: 'a reply larger than 5 MB' };
			chunks.push(chunk);
		}
		return { text: Buffer.concat(chunks).toString('utf8') };
	};
	try {
		return await untilAbort(read(), deadline);
	} catch (cause) {
		return {
			unreadable:
				cause instanceof Aborted
					? 'a reply that did not end within the time-out'
					: 'a reply that broke off in the middle',
		};
	} finally {
		stream.destroy();
	}
}

function parse(text: string): { body?: unknown; unreadable?: string } {
	if (text.trim() === '') return { unreadable: 'an empty reply' };
	try {
		const body: unknown = JSON.parse(text);
		if (isDeeperThan(body, DEEPEST_READ)) return { unreadable: 'a reply nested too deep' };
		return { body };
	} catch {
		return {
			unreadable: text.trimStart().startsWith('<')
				? 'a web page instead of data'
				: 'a reply that is not JSON',
		};
	}
}

/** Walks an error and its causes; n8n wraps the HTTP client's error, which wraps the system's. */
function* causes(thrown: unknown): Generator<Record<string, unknown>> {
	let current = thrown;
	for (let depth = 0; depth < 6 && typeof current === 'object' && current !== null; depth++) {
		yield current as Record<string, unknown>;
		current = (current as { cause?: unknown }).cause;
	}
}

const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);
const NAME_UNKNOWN = new Set(['ENOTFOUND', 'EAI_AGAIN']);
/** Checked before a request is sent. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT)/;
/** The handshake failed, or the answer was damaged on its way: the codes do not tell which. */
const ENCRYPTION = /^(ERR_SSL_|EPROTO$)/;
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** Decides from an error whether the request can have reached the service. In doubt it can. */
function readFailure(thrown: unknown, cancelled: boolean): Exchange {
	const chain = [...causes(thrown)];
	const codes = chain.map(({ code }) => textOf(code));
	const connecting = chain.some(({ syscall }) => syscall === 'connect');
	if (codes.some((code) => NAME_UNKNOWN.has(code))) {
		return { kind: 'notSent', because: "the service's address could not be looked up", passing: true };
	}
	if (
		codes.includes('ECONNREFUSED') ||
		(connecting && codes.some((code) => REFUSED.has(code) || TIMED_OUT.has(code)))
	) {
		return { kind: 'notSent', because: 'no connection to the service could be made', passing: true };
	}
	if (codes.some((code) => CERTIFICATE.test(code))) {
		return { kind: 'notSent', because: "the service's certificate could not be trusted", passing: false };
	}
	if (cancelled)
		return {
			kind: 'lost',
			because: 'the execution was stopped while the request was under way',
			passing: false,
		};
	return { kind: 'lost', because: howLost(thrown, codes), passing: true };
}

function howLost(thrown: unknown, codes: string[]): string {
	if (thrown instanceof Aborted || codes.some((code) => TIMED_OUT.has(code)))
		return 'the service did not answer within the time-out';
	return codes.some((code) => ENCRYPTION.test(code))
		? 'the encrypted connection failed before the service had answered'
		: 'the connection broke before the service had answered';
}

/**
 * The only door to the network: sends one request with the service's credential and says what became of it.
 *
 * It never throws for anything that happens on the way, follows no redirect (the token would go along), reads at
 * most `MAX_REPLY_BYTES`, and waits at most `timeoutMs` for the whole reply.
 */
export async function send(
	{ ctx, service, baseUrl, credentials }: Recipient,
	request: ServiceRequest,
	timeoutMs: number = DEFAULT_TIMEOUT_MS,
): Promise<Exchange> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		qs: request.query,
		body: request.body,
		json: true,
		timeout: timeoutMs,
		// Read as a stream, so that size and time stay bounded while the body comes in.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const deadline = AbortSignal.timeout(timeoutMs);
	let response: FullResponse;
	// As it was when its address was checked: left to itself, n8n would read it from its database for every request.
	const credentialsDecrypted = {
		id: '',
		name: service.credential,
		type: service.credential,
		data: credentials,
	};
	const work = ctx.helpers.httpRequestWithAuthentication.call(ctx, service.credential, options, {
		credentialsDecrypted,
	});
	try {
		response = (await untilAbort(work, deadline)) as FullResponse;
	} catch (thrown) {
		// A reply that comes too late is not left waiting for a reader.
		void work.then(({ body }: FullResponse) => body.destroy()).catch(() => undefined);
		const signal = 'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;
		return readFailure(thrown, signal?.aborted ?? false);
	}
	const { text, unreadable } = await readText(response.body, deadline);
	const read = text === undefined ? { unreadable } : parse(text);
	return { kind: 'replied', status: response.statusCode, headers: response.headers ?? {}, ...read };
}
