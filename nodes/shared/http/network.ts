import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { untilAbort } from '../process/untilAbort';
import type { Exchange } from './exchange';
import { readFailure } from './failure';
import type { ReplyStream } from './replyBody';
import { readBody } from './replyBody';
import type { Service, ServiceRequest } from './service';

/** Default for the *Timeout* option, in ms. A service may delay each reply by some seconds near its limit; this leaves room. */
export const DEFAULT_TIMEOUT_MS = 30_000;

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
