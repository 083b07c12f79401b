import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { DEEPEST_READ, isDeeperThan } from '../json/objects';
import { Aborted, untilAbort } from '../process/untilAbort';
import type { Exchange, Reply } from './exchange';
import { readFailure } from './failure';
import type { Service, ServiceRequest } from './service';

/** Default for the *Timeout* option, in ms. Propexo delays each reply by 2 s near its limit; this leaves room. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** The largest reply that is read, in bytes; a page of 250 records stays far below it. */
const MAX_REPLY_BYTES = 5_000_000;

/** The part of a Node.js stream that is used. */
interface ReplyStream {
	readonly destroyed: boolean;
	readonly readableEnded: boolean;
	on(event: 'data', take: (chunk: Uint8Array) => void): unknown;
	once(event: 'end' | 'close', act: () => void): unknown;
	on(event: 'error', act: (cause: Error) => void): unknown;
	resume(): unknown;
	destroy(): void;
}

/** A body as JSON, or why it could not be read, to complete "answered HTTP 200 with …". */
type Body = Pick<Reply, 'body' | 'unreadable'>;

/** A reply is larger than `MAX_REPLY_BYTES`. */
class TooLarge extends Error {}

/** What can send requests: a running node, the editor filling a picker, or a trigger being switched on or off. */
export type Requester = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions;

/** Where requests go, and with which credential. */
export interface Recipient {
	ctx: Requester;
	service: Service;
	baseUrl: string;
	credentials: ICredentialDataDecryptedObject;
}

/** n8n's reply, with the body as a stream. */
interface FullResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: ReplyStream;
}

/**
 * The only door to the network: sends one request with the service's credential and gives what came back.
 *
 * It never throws for anything that happens on the way, follows no redirect (the token would go along), reads at
 * most `MAX_REPLY_BYTES`, and waits at most `timeoutMs` for the whole reply.
 */
export async function send(
	recipient: Recipient,
	request: ServiceRequest,
	timeoutMs: number = DEFAULT_TIMEOUT_MS,
): Promise<Exchange> {
	const { ctx } = recipient;
	const deadline = AbortSignal.timeout(timeoutMs);
	const work = requestOf(recipient, request, timeoutMs);
	let response: FullResponse;
	try {
		response = await untilAbort(work, deadline);
	} catch (thrown) {
		// Nobody reads a reply that comes too late, so its stream is closed.
		void work.then(({ body }) => body.destroy()).catch(() => undefined);
		const signal = 'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;
		return readFailure(thrown, signal?.aborted ?? false);
	}
	const { statusCode: status, headers, body } = response;
	return { kind: 'replied', status, headers: headers ?? {}, ...(await readBody(body, deadline)) };
}

async function requestOf(
	{ ctx, service, baseUrl, credentials }: Recipient,
	request: ServiceRequest,
	timeoutMs: number,
): Promise<FullResponse> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		qs: request.query,
		body: request.body,
		json: true,
		timeout: timeoutMs,
		// Read as a stream, so that size and time are bounded while the body comes in.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const type = service.credential;
	// The credential whose address was checked. Without it, n8n reads the credential from its database each time.
	const credentialsDecrypted = { id: '', name: type, type, data: credentials };
	return (await ctx.helpers.httpRequestWithAuthentication.call(ctx, type, options, {
		credentialsDecrypted,
	})) as FullResponse;
}

/**
 * Reads a body: no more of it than `MAX_REPLY_BYTES`, and not after the deadline. Never throws.
 *
 * @cause The service's answer was too large, did not end in time, or broke off. It completes "answered HTTP 200 with …".
 * @cure Run it again later. The rest of the message says whether the record may exist.
 */
async function readBody(stream: ReplyStream, deadline: AbortSignal): Promise<Body> {
	try {
		const bytes = await untilAbort(wholeOf(stream), deadline);
		return parse(bytes.toString('utf8'));
	} catch (cause) {
		if (cause instanceof TooLarge) return { unreadable: 'a reply larger than 5 MB' };
		if (cause instanceof Aborted) return { unreadable: 'a reply that did not end within the timeout' };
		return { unreadable: 'a reply that broke off in the middle' };
	} finally {
		stream.destroy();
	}
}

/** Reads a stream to its end. With events: `for await` takes several times as long for the one chunk of most replies. */
async function wholeOf(stream: ReplyStream): Promise<Buffer> {
	if (stream.destroyed) throw new Error('closed before it was read');
	const chunks: Uint8Array[] = [];
	let size = 0;
	await new Promise<void>((resolve, reject) => {
		stream.on('data', (chunk: Uint8Array) => {
			size += chunk.length;
			if (size > MAX_REPLY_BYTES) reject(new TooLarge());
			else chunks.push(chunk);
		});
		stream.once('end', resolve);
		// It stays: an error that comes later must not end the process.
		stream.on('error', reject);
		stream.once('close', () => {
			if (!stream.readableEnded) reject(new Error('closed before its end'));
		});
		stream.resume();
	});
	return Buffer.concat(chunks);
}

/**
 * @cause The service's answer is something other than data, such as that of a proxy or a wrong address. It completes "answered
 * HTTP 200 with …".
 * @cure Check the address in the credential. The rest of the message says whether the record may exist.
 */
function parse(text: string): Body {
	if (text.trim() === '') return { unreadable: 'an empty reply' };
	try {
		const body: unknown = JSON.parse(text);
		if (isDeeperThan(body, DEEPEST_READ))
			return {
				unreadable: `data that cannot come from this service (more than ${DEEPEST_READ} lists within lists)`,
			};
		return { body };
	} catch {
		const isPage = text.trimStart().startsWith('<');
		return { unreadable: isPage ? 'a web page instead of data' : 'a reply that is not JSON' };
	}
}
