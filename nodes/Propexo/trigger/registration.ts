import { randomBytes } from 'node:crypto';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isLoopback, isPublic } from '../../shared/http/addresses';
import type { Connection } from '../../shared/http/connect';
import { ask, askOnce } from '../../shared/http/ask';
import { connect } from '../../shared/http/connect';
import { segment } from '../../shared/http/credential';
import type { Exchange } from '../../shared/http/send';
import { isObject } from '../../shared/json/objects';
import { entriesOf, textOf } from '../../shared/json/text';
import { nodeError, refusal } from '../../shared/report/errors';
import { propexo } from '../api';
import { RECORD_EVENTS } from './events';
import type { Kind, Registration } from './memory';
import { forget, recall, remember } from './memory';

/**
 * How long a trigger waits for room below the rate limit, and for each reply, in ms. n8n gives switching on, with
 * its own repeated attempts, 84 s.
 */
const PATIENCE_MS = 60_000;
const TIMEOUT_MS = 10_000;

const PATH = '/v1/webhooks/';
const pathOf = ({ id }: Registration) => `${PATH}${segment(id)}`;

/** What the node wants Propexo to tell, in the words of POST and PUT /v1/webhooks/. */
interface Wanted {
	triggers: string[];
	model?: string;
}

function wantedBy(ctx: IHookFunctions): Wanted {
	const triggers = entriesOf(ctx.getNodeParameter('triggers', []));
	const model = ctx.getNodeParameter('model', '') as string;
	if (triggers.length === 0) {
		throw new NodeOperationError(ctx.getNode(), "No event is chosen in 'Events'", {
			description: 'Choose at least one event and publish the workflow again.',
		});
	}
	const narrowed = model !== '' && triggers.some((trigger) => RECORD_EVENTS.includes(trigger));
	return { triggers, ...(narrowed && { model }) };
}

function webhookUrl(ctx: IHookFunctions): string {
	const url = ctx.getNodeWebhookUrl('default');
	if (url === undefined) throw new NodeOperationError(ctx.getNode(), 'This node has no webhook address');
	return url;
}

/** n8n says "manual" for the test URL alone; when it takes a registration away, only the address tells. */
function kindOf(ctx: IHookFunctions): Kind {
	return ctx.getActivationMode() === 'manual' ? 'test' : 'production';
}

const NAME = "The webhook's registration";

const CHECK = 'Check the network and the Propexo credential, then publish the workflow again.';

/**
 * The error that n8n shows when a request of a registration came to nothing.
 *
 * @param sent what must not be quoted from Propexo's words, besides the token
 * @param advice what to do, where the general advice does not fit
 */
function failure(
	ctx: IHookFunctions,
	{ connection: { token } }: Reached,
	exchange: Exchange,
	sent?: IDataObject,
	advice?: string,
): Error {
	const node = ctx.getNode();
	if (exchange.kind === 'replied' && exchange.status >= 400) {
		const told = [...Object.values(sent ?? {}), token];
		const report = refusal(propexo, exchange.status, exchange.body, told, () => undefined, NAME);
		return nodeError(node, { state: 'refused', report }, 0, { ...(advice && { description: advice }) });
	}
	const because =
		exchange.kind === 'replied'
			? `Propexo answered HTTP ${exchange.status} with ${exchange.unreadable ?? 'something else than documented'}`
			: exchange.because;
	const report = { message: `${NAME}: ${because}`, description: advice ?? CHECK, details: {} };
	return nodeError(node, { state: 'notSent', report }, 0);
}

const isDone = (exchange: Exchange) =>
	exchange.kind === 'replied' && exchange.status >= 200 && exchange.status < 300;
const isGone = (exchange: Exchange) => exchange.kind === 'replied' && exchange.status === 404;

/** The registration in a reply: `{ results: { … } }` by ID, `{ result: { … } }` when made or changed. */
function registrationIn(exchange: Exchange): Record<string, unknown> | undefined {
	if (exchange.kind !== 'replied' || !isDone(exchange) || !isObject(exchange.body)) return undefined;
	const found = exchange.body.results ?? exchange.body.result;
	return isObject(found) && typeof found.id === 'string' && found.id !== '' ? found : undefined;
}

const sameUrl = (a: unknown, b: string) =>
	a === b || (typeof a === 'string' && URL.canParse(a) && new URL(a).href === new URL(b).href);

/**
 * Whether two addresses are of the same webhook, one of them from before n8n moved. A copy of the workflow has a path
 * of its own.
 */
function samePath(before: string | undefined, now: string): boolean {
	if (before === undefined || !URL.canParse(before)) return false;
	const [one, other] = [new URL(before).pathname, new URL(now).pathname];
	return one.endsWith(other) || other.endsWith(one);
}

/** Whether Propexo already does what the node wants. */
function agrees(found: Record<string, unknown>, known: Registration, { triggers, model }: Wanted): boolean {
	const given = Array.isArray(found.triggers) ? found.triggers.filter(isObject) : [];
	const names = new Set(given.map(({ trigger }) => trigger));
	const models = given
		.filter(({ trigger }) => RECORD_EVENTS.includes(textOf(trigger)))
		.map((each) => each.model ?? undefined);
	return (
		found.active === true &&
		found.secret === known.secret &&
		names.size === triggers.length &&
		triggers.every((trigger) => names.has(trigger)) &&
		models.every((each) => each === model)
	);
}

/** Propexo as one switching on or off reaches it. */
interface Reached {
	connection: Connection;
	get(path: string, query?: IDataObject): Promise<Exchange>;
	put(path: string, body: IDataObject): Promise<Exchange>;
	remove(path: string): Promise<Exchange>;
	/** Never sends it twice. */
	post(path: string, body: IDataObject): Promise<Exchange>;
}

async function reach(ctx: IHookFunctions): Promise<Reached> {
	const connection = await connect(ctx, ctx.getNode(), propexo);
	const signal = AbortSignal.timeout(PATIENCE_MS);
	return {
		connection,
		get: async (path, query) => await ask(connection, { method: 'GET', path, query }, signal, TIMEOUT_MS),
		put: async (path, body) => await ask(connection, { method: 'PUT', path, body }, signal, TIMEOUT_MS),
		remove: async (path) => await ask(connection, { method: 'DELETE', path }, signal, TIMEOUT_MS),
		post: async (path, body) =>
			await askOnce(connection, { method: 'POST', path, body }, signal, TIMEOUT_MS),
	};
}

/**
 * The node's registration with its ID, or undefined when there is none that anybody knows of.
 *
 * Where nobody could say whether it was registered, its secret tells: Propexo lists it in clear, and no other
 * registration can have it.
 */
async function known(ctx: IHookFunctions, kind: Kind, reached: Reached): Promise<Registration | undefined> {
	const registration = recall(ctx, kind);
	if (!registration || registration.id !== '') return registration;
	const exchange = await reached.get(PATH, { 'order-by': 'created_at:desc', limit: 250 });
	const rows = exchange.kind === 'replied' && isObject(exchange.body) ? exchange.body.results : undefined;
	if (!isDone(exchange) || !Array.isArray(rows)) throw failure(ctx, reached, exchange);
	const own = rows
		.filter(isObject)
		.find(({ secret, url }) => secret === registration.secret && sameUrl(url, registration.url));
	if (typeof own?.id !== 'string') return undefined;
	const found = { ...registration, id: own.id };
	remember(ctx, kind, found);
	return found;
}

/**
 * Whether the node is registered, as it should be. A registration that differs (other events, switched off) is
 * brought up to date; one that is gone, or leads to another address, is forgotten.
 *
 * Asked for by ID: Propexo's list leaves out what is switched off, and what others registered is none of our business.
 *
 * @throws a NodeApiError or NodeOperationError when Propexo gives no clear answer
 */
export async function isRegistered(ctx: IHookFunctions): Promise<boolean> {
	const kind = kindOf(ctx);
	const wanted = wantedBy(ctx);
	const url = webhookUrl(ctx);
	if (!recall(ctx, kind)) return false;
	const reached = await reach(ctx);
	const registration = await known(ctx, kind, reached);
	if (!registration) return false;
	const exchange = await reached.get(pathOf(registration));
	if (isGone(exchange)) {
		forget(ctx, kind);
		return false;
	}
	const found = registrationIn(exchange);
	if (!found) throw failure(ctx, reached, exchange);
	if (!sameUrl(found.url, url)) {
		// A copy of the workflow brought it along, or n8n has moved: it may be somebody else's by now.
		ctx.logger.warn(
			`Propexo's webhook ${registration.id} leads to another address than this workflow's and is left alone. If nobody needs it, remove it in the Propexo dashboard.`,
		);
		forget(ctx, kind);
		return false;
	}
	return agrees(found, registration, wanted) || (await update(ctx, kind, registration, wanted, reached));
}

async function update(
	ctx: IHookFunctions,
	kind: Kind,
	registration: Registration,
	wanted: Wanted,
	reached: Reached,
): Promise<boolean> {
	const { url, secret } = registration;
	const body = { url, ...wanted, active: true, secret };
	const exchange = await reached.put(pathOf(registration), body);
	if (isGone(exchange)) {
		forget(ctx, kind);
		return false;
	}
	if (!isDone(exchange)) throw failure(ctx, reached, exchange, body);
	return true;
}

/**
 * Registers the node with a secret of its own.
 *
 * @throws a NodeOperationError when Propexo cannot reach the address; a NodeApiError or NodeOperationError when
 * Propexo did not take it, or nobody can say
 */
export async function register(ctx: IHookFunctions): Promise<boolean> {
	const kind = kindOf(ctx);
	const url = webhookUrl(ctx);
	const reached = await reach(ctx);
	if (!isPublic(url) && !isLoopback(reached.connection.baseUrl)) {
		throw new NodeOperationError(ctx.getNode(), `Propexo cannot deliver to ${new URL(url).origin}`, {
			description:
				"It needs an address that begins with https:// and can be reached from the internet. Set n8n's WEBHOOK_URL to such an address (a tunnel will do for a test), restart n8n and publish the workflow again.",
		});
	}
	// The secret of an attempt that nobody knows the end of: should it still arrive, it will be found.
	const earlier = recall(ctx, kind);
	const secret = earlier?.url === url ? earlier.secret : randomBytes(32).toString('hex');
	const begun = { id: '', url, secret, madeAt: Date.now() };
	remember(ctx, kind, begun);
	const body = { url, ...wantedBy(ctx), active: true, secret };
	const exchange = await reached.post(PATH, body);
	const id = registrationIn(exchange)?.id;
	if (typeof id === 'string') {
		remember(ctx, kind, { ...begun, id });
		return true;
	}
	if (!isUnclear(exchange)) {
		forget(ctx, kind);
		throw failure(ctx, reached, exchange, body);
	}
	if (await known(ctx, kind, reached).catch(() => undefined)) return true;
	throw failure(ctx, reached, exchange, body, DOUBT);
}

const DOUBT =
	'It may have been registered all the same. Publish the workflow again: if so, that registration is found and used.';

/** Whether it may have been registered although no ID came back. */
function isUnclear(exchange: Exchange): boolean {
	return (
		exchange.kind === 'lost' ||
		isDone(exchange) ||
		(exchange.kind === 'replied' && exchange.status >= 500)
	);
}

/**
 * Takes the node's own registration back, by its ID: n8n may have moved to another address since.
 *
 * @throws a NodeApiError or NodeOperationError when Propexo gives no clear answer; it is then remembered
 */
export async function deregister(ctx: IHookFunctions): Promise<boolean> {
	const url = webhookUrl(ctx);
	const kinds = ['production', 'test'] as const;
	const kind =
		kinds.find((each) => recall(ctx, each)?.url === url) ??
		kinds.find((each) => samePath(recall(ctx, each)?.url, url));
	if (!kind) return true;
	const reached = await reach(ctx);
	const registration = await known(ctx, kind, reached);
	if (!registration) return true;
	const exchange = await reached.remove(pathOf(registration));
	if (!isDone(exchange) && !isGone(exchange)) throw failure(ctx, reached, exchange);
	forget(ctx, kind);
	return true;
}
