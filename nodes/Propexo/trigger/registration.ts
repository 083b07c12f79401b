import { randomBytes } from 'node:crypto';
import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isLoopback, isPublic } from '../../shared/http/addresses';
import { isAbsent, proofOf } from '../../shared/http/whatReplyProves';
import type { Exchange } from '../../shared/http/exchange';
import { warn } from '../../shared/webhook/incoming';
import { takeFailedStart, noteSwitchingOn, staysOn } from '../../shared/webhook/start';
import { wantedBy } from './fields';
import { expectIntegrations } from './integrations';
import type { Memory, Registration } from './memory';
import { memoryOf } from './memory';
import type { WebhookApi } from './webhookApi';
import { agrees, registrationIn, sameUrl, webhookApi } from './webhookApi';

/** The node's description has this webhook with its path, so n8n always gives an address. */
const webhookUrl = (ctx: IHookFunctions): string => ctx.getNodeWebhookUrl('default') as string;

/** n8n says "manual" for the test URL only. When a trigger is switched off, only the address shows which one it is. */
function memoryIn(ctx: IHookFunctions): Memory {
	return memoryOf(ctx, ctx.getActivationMode() === 'manual' ? 'test' : 'production');
}

/**
 * The node's registration with its ID, or undefined when Propexo lists none.
 *
 * A registration that was ever in doubt may exist once, twice (if a slow request arrived after the repeat) or not at
 * all. Its secret shows which are ours: no other registration has it. One of them stays, the others are removed.
 */
async function known(memory: Memory, api: WebhookApi): Promise<Registration | undefined> {
	const registration = memory.recall();
	if (!registration?.doubted) return registration;
	const listed = await api.withSecret(registration.secret, registration.url);
	const kept = registration.id !== '' ? registration.id : listed[0];
	if (kept === undefined) return undefined;
	const found = { ...registration, id: kept };
	memory.remember(found);
	for (const id of listed) if (id !== kept) await removed(api, id);
	return found;
}

/** @throws the error that n8n shows, unless the registration is gone afterwards */
async function removed(api: WebhookApi, id: string): Promise<void> {
	const exchange = await api.remove(id);
	if (proofOf(exchange).shows !== 'done' && !isAbsent(exchange)) throw api.failure(exchange);
}

/** The node's registration, as Propexo shows it. */
interface Own {
	api: WebhookApi;
	registration: Registration;
	shown: Record<string, unknown>;
}

/**
 * Asks Propexo for the node's registration, by ID: its list leaves out what is switched off, and registrations of others
 * do not matter here.
 *
 * @returns false where it is gone, or leads to another address; then it is forgotten
 * @throws a NodeApiError or NodeOperationError when Propexo gives no clear answer
 */
async function ownAtPropexo(ctx: IHookFunctions, memory: Memory): Promise<Own | false> {
	const api = await webhookApi(ctx);
	const registration = await known(memory, api);
	if (!registration) return false;
	const exchange = await api.get(registration.id);
	if (isAbsent(exchange)) {
		memory.forget();
		return false;
	}
	const shown = registrationIn(exchange);
	if (!shown) throw api.failure(exchange);
	if (sameUrl(shown.url, webhookUrl(ctx))) return { api, registration, shown };
	leaveAlone(ctx, memory, registration);
	return false;
}

/**
 * Forgets a registration with another address than the node's, and leaves it in Propexo: it belongs to the workflow or to
 * the n8n that this one was copied from, or n8n has a new address. The others may use it now.
 */
function leaveAlone(ctx: IHookFunctions, memory: Memory, { id, url }: Registration): void {
	/**
	 * @cause In n8n's log: the workflow or n8n's database was copied, or n8n has another address now. The old registration
	 * stays.
	 * @cure If nobody needs it, remove it in the Propexo dashboard.
	 */
	warn(
		ctx,
		`Propexo's webhook ${id || url} has another address than this workflow and is left alone. If nobody needs it, remove it in the Propexo dashboard.`,
	);
	memory.forget();
}

/**
 * Brings a registration that differs (other events, switched off) up to date.
 *
 * @returns false if it is not as it should be and has to be made again
 * @throws a NodeApiError or NodeOperationError when the node's fields are not right, or Propexo does not take the change
 */
async function isUpToDate(ctx: IHookFunctions, { api, registration, shown }: Own): Promise<boolean> {
	const wanted = wantedBy(ctx);
	await expectIntegrations(ctx, api.read);
	const { id, url, secret } = registration;
	if (agrees(shown, secret, wanted)) return true;
	const body = { url, ...wanted, active: true, secret };
	const exchange = await api.change(id, body);
	if (isAbsent(exchange)) return false;
	if (proofOf(exchange).shows !== 'done') throw api.failure(exchange, body);
	const changed = registrationIn(exchange);
	return !changed || agrees(changed, secret, wanted);
}

/**
 * Whether the node is registered as it should be. When n8n starts, a registration stays in use though Propexo, the
 * credential or the node's fields have a fault: n8n would remove it, with the deliveries that Propexo still owes.
 *
 * @throws a NodeApiError or NodeOperationError that n8n shows: when a user publishes the workflow, or when it may well
 * be that nothing is delivered
 */
export async function isRegistered(ctx: IHookFunctions): Promise<boolean> {
	const memory = memoryIn(ctx);
	const remembered = memory.recall();
	noteSwitchingOn(ctx);
	if (!remembered) return false;
	const ask = async () => await ownAtPropexo(ctx, memory);
	// Without an ID, it may never have been made: then n8n is to try again.
	const own = remembered.id === '' ? await ask() : await staysOn(ctx, ask);
	if (typeof own === 'boolean') return own;
	const adapt = async () => await isUpToDate(ctx, own);
	// Nothing is delivered for one that is switched off: there, too.
	if (own.shown.active === true ? await staysOn(ctx, adapt) : await adapt()) return true;
	// Propexo's documents do not say that a model that is left out is taken away; with the one before, deliveries would
	// be missing. If it is not certain that it was removed, n8n is to try again.
	await removed(own.api, own.registration.id);
	memory.forget();
	return false;
}

/** @throws NodeOperationError when it is certain that Propexo cannot deliver to the address */
function expectReachable(ctx: IHookFunctions, url: string, baseUrl: string): void {
	// An emulator on this machine can deliver to this machine.
	if (isPublic(url) || isLoopback(baseUrl)) return;
	/**
	 * @cause Propexo is on the internet, and n8n's address is only known in a network of yours.
	 * @cure Set n8n's `WEBHOOK_URL` (`N8N_WEBHOOK_URL` in newer n8n) to an address that begins with https:// and can be
	 * reached from outside.
	 */
	throw new NodeOperationError(ctx.getNode(), `Propexo cannot deliver to ${new URL(url).origin}`, {
		description:
			"Set n8n's WEBHOOK_URL to an https:// address that can be reached from the internet, restart n8n and publish the workflow again.",
	});
}

/**
 * @cause The registration was sent, and no clear answer came back.
 * @cure Publish the workflow again.
 */
const DOUBT =
	'It may have been registered anyway. Publish the workflow again: then that registration is used.';

/** Whether a registration may have been made in an exchange. */
function leavesDoubt(exchange: Exchange): boolean {
	const { shows, uncertain } = proofOf(exchange);
	// Propexo may have registered it although the reply does not say so (a success without an ID is such a reply).
	return shows === 'unknown' || shows === 'done' || uncertain === true;
}

/**
 * Registers the node with a new secret. The secret is kept from before the request until it is certain that
 * nothing is registered with it.
 *
 * @throws a NodeOperationError when Propexo cannot reach the address; a NodeApiError or NodeOperationError when
 * Propexo refused the registration, or it stays in doubt, or the node's fields are not right
 */
export async function register(ctx: IHookFunctions): Promise<boolean> {
	const wanted = wantedBy(ctx);
	const memory = memoryIn(ctx);
	const url = webhookUrl(ctx);
	const api = await webhookApi(ctx);
	expectReachable(ctx, url, api.baseUrl);
	await expectIntegrations(ctx, api.read);
	const remembered = memory.recall();
	// A registration in doubt may still arrive: its secret shows that it is ours.
	const earlier = remembered?.doubted && remembered.url === url ? remembered : undefined;
	const begun: Registration = {
		id: '',
		url,
		secret: earlier?.secret ?? randomBytes(32).toString('hex'),
		madeAt: Date.now(),
		// It is in doubt until a reply comes: the process may end before.
		doubted: true,
	};
	memory.remember(begun);
	const body = { url, ...wanted, active: true, secret: begun.secret };
	const exchange = await api.create(body);
	const made = registrationIn(exchange);
	if (made) {
		memory.remember({ ...begun, id: made.id, doubted: earlier !== undefined });
		return true;
	}
	if (leavesDoubt(exchange)) return await lookedUp(memory, api, exchange, body);
	if (earlier) memory.remember(earlier);
	else memory.forget();
	throw api.failure(exchange, body);
}

/** Looks in Propexo's list whether a registration in doubt was made. */
async function lookedUp(
	memory: Memory,
	api: WebhookApi,
	exchange: Exchange,
	sent: Parameters<WebhookApi['create']>[0],
): Promise<boolean> {
	const found = await known(memory, api).catch(() => 'undecided' as const);
	if (typeof found === 'object') return true;
	const saysNo = found === undefined && proofOf(exchange).shows === 'refused';
	throw api.failure(exchange, sent, saysNo ? undefined : DOUBT);
}

/**
 * Removes the node's own registration, by its ID. One that was made for another address stays, as it may be in use: n8n's
 * database may be a copy. If n8n asks for the removal because a start failed, what was registered before that start stays.
 *
 * @throws a NodeApiError or NodeOperationError when Propexo gives no clear answer; the registration stays remembered
 */
export async function deregister(ctx: IHookFunctions): Promise<boolean> {
	const url = webhookUrl(ctx);
	const memories = (['production', 'test'] as const).map((kind) => memoryOf(ctx, kind));
	const memory =
		memories.find((each) => each.recall()?.url === url) ??
		memories.find((each) => samePath(each.recall()?.url, url));
	const remembered = memory?.recall();
	if (!memory || !remembered) return true;
	if (takeFailedStart(ctx, remembered.madeAt)) {
		/**
		 * @cause In n8n's log: a trigger of the workflow failed when n8n started, so that n8n took all of its webhooks out. The
		 * registration in Propexo stays, and Propexo delivers again until n8n's next attempt.
		 * @cure Fix what n8n says about the other trigger. If you unpublished the workflow right after n8n had started, publish
		 * it and unpublish it again.
		 */
		warn(ctx, "The webhook at Propexo was not removed, because n8n's start of the workflow failed.");
		return true;
	}
	if (remembered.url !== url) {
		leaveAlone(ctx, memory, remembered);
		return true;
	}
	const api = await webhookApi(ctx);
	const registration = await known(memory, api);
	// A request that is still on its way is found by its secret when the workflow is published again.
	if (!registration) return true;
	await removed(api, registration.id);
	memory.forget();
	return true;
}

/**
 * Whether two addresses belong to the same webhook although n8n's address has changed. A copy of the workflow has
 * another path.
 */
function samePath(before: string | undefined, now: string): boolean {
	if (before === undefined || !URL.canParse(before)) return false;
	const [one, other] = [new URL(before).pathname, new URL(now).pathname];
	return one.endsWith(other) || other.endsWith(one);
}
