import type {
	IHookFunctions,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { DEEPEST_READ, isDeeperThan, isObject } from '../json/objects';

/**
 * The webhook of a trigger. n8n's default for `responseData` would be sent as the answer, word for word; '' makes n8n
 * ask the node for its answer.
 */
export const POST_WEBHOOK: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	responseData: '',
	path: 'webhook',
};

/**
 * Not version 1: for a trigger of version 1, n8n evaluates an expression with each webhook. It reads settings that only
 * old Webhook nodes have.
 */
export const TRIGGER_VERSION = 2;

/** The largest webhook that is taken, in bytes. One record is far smaller; n8n itself stops at 16 MB. */
const MAX_WEBHOOK_BYTES = 5_000_000;

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** The answer to a request that is not taken. */
interface Rejection {
	status: number;
	/** For a reader of the sender's log. Says nothing about the workflow or what was expected. */
	message: string;
}

/** A request that may be a webhook: its body as it came over the network. */
interface Incoming {
	bytes: Uint8Array;
}

/** n8n has already read bodies that it can parse; `readRawBody` reads any other. */
interface WithBody {
	rawBody?: Uint8Array;
	readRawBody?(): Promise<void>;
}

/** Checks a request by its method, type and size, before its content is looked at. */
export async function receive(ctx: IWebhookFunctions): Promise<Incoming | Rejection> {
	const request = ctx.getRequestObject();
	const { method, headers } = request;
	/**
	 * @cause The answer to a program that opens the webhook's address in another way than the service does.
	 * @cure Nothing: the service itself sends POST.
	 */
	if (method !== 'POST') return { status: 405, message: 'Only POST is accepted here' };
	/**
	 * @cause The answer to a program that sends something other than JSON.
	 * @cure Nothing: the service itself sends JSON.
	 */
	if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
		return { status: 415, message: 'Only application/json is accepted here' };
	}
	const withBody = request as WithBody;
	if (!withBody.rawBody) await withBody.readRawBody?.();
	const bytes = withBody.rawBody ?? new Uint8Array();
	/**
	 * @cause A webhook is larger than the trigger takes.
	 * @cure Report it as an issue of this package, if the service itself sent it.
	 */
	if (bytes.length > MAX_WEBHOOK_BYTES) return { status: 413, message: 'The body is too large' };
	return { bytes };
}

/**
 * @cause The webhook was not signed with the trigger's secret, or came without the API key.
 * @cure Publish the workflow again, or enter the right _Webhook Secret_ in the credential.
 */
export const NOT_AUTHENTIC: Rejection = {
	status: 401,
	message: 'The request does not prove where it is from',
};
/**
 * @cause The trigger's address got something that proves to be from the service and has a form that this node does not know.
 * n8n's log says so too.
 * @cure Report it as an issue of this package. If you sent it yourself, as a test, nothing.
 */
const NOT_A_WEBHOOK: Rejection = { status: 400, message: 'The body is not a webhook of this service' };

/**
 * Makes the service send it again, until the workflow has been corrected.
 *
 * @cause A field of the trigger is an expression that finds nothing or makes a wrong choice, or its credential cannot be read.
 * The service sends the webhook again later.
 * @cure Read in n8n's log what it is, fix it, and publish the workflow again.
 */
export const NOT_READY: Rejection = { status: 503, message: 'The workflow cannot take it at the moment' };

/** Answers a request that is not taken. */
export function reject(ctx: IWebhookFunctions, { status, message }: Rejection): IWebhookResponseData {
	/**
	 * @cause In n8n's log: a genuine webhook of the service has a form that this node does not know. It started nothing.
	 * @cure Report it as an issue of this package. If you sent it yourself, as a test, nothing.
	 */
	if (status === NOT_A_WEBHOOK.status) warn(ctx, `A webhook was refused. ${message}`);
	const response = ctx.getResponseObject();
	response.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		...(status === 405 && { allow: 'POST' }),
	});
	response.end(JSON.stringify({ message }));
	return { noWebhookResponse: true };
}

/** Writes into n8n's log, which does not say by itself whose line it is. */
export function warn(ctx: IHookFunctions | IWebhookFunctions, what: string): void {
	const { id, name = id } = ctx.getWorkflow();
	ctx.logger.warn(`${what} (workflow '${name}', node '${ctx.getNode().name}')`);
}

/** The answer to a genuine webhook that starts no run. It confirms the webhook, so that it is not repeated. */
export const IGNORED: IWebhookResponseData = {};

/** The JSON object that a body holds, or undefined. */
function objectIn(bytes: Uint8Array): Record<string, unknown> | undefined {
	try {
		const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
		return isObject(body) && !isDeeperThan(body, DEEPEST_READ) ? body : undefined;
	} catch {
		return undefined;
	}
}

/**
 * What a genuine webhook tells, or the answer to one that is not taken.
 *
 * @param emptyChoice the label of a field of the trigger whose expression finds nothing: what the user wants is not known
 * @param read undefined for a body that has another form
 */
export function deliveryIn<Delivery>(
	ctx: IWebhookFunctions,
	{ bytes }: Incoming,
	emptyChoice: string | undefined,
	read: (body: Record<string, unknown>) => Delivery | undefined,
): { delivery: Delivery } | { rejected: IWebhookResponseData } {
	if (emptyChoice !== undefined) {
		warn(
			ctx,
			/**
			 * @cause A webhook came while such an expression found nothing. It was answered so that the service sends it again.
			 * @cure Fix the expression, and publish the workflow again.
			 */
			`A webhook was not accepted: the expression of '${emptyChoice}' found nothing.`,
		);
		return { rejected: reject(ctx, NOT_READY) };
	}
	const body = objectIn(bytes);
	const delivery = body && read(body);
	return delivery ? { delivery } : { rejected: reject(ctx, NOT_A_WEBHOOK) };
}
