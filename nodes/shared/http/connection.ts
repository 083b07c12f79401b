import type { ICredentialDataDecryptedObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { hash } from '../json/hash';
import { CREDENTIAL_INVALID } from './cause';
import type { CredentialProblem } from './credential';
import { checkedToken, CredentialRefused } from './credential';
import type { Limiter } from './limiter';
import { limiterFor } from './limiter';
import type { Recipient, Requester } from './network';
import type { Service } from './service';

/** A service as reached with one base URL and one token. */
export interface Connection extends Recipient {
	/** Only for redacting it from the service's words. The credential itself sends it. */
	token: string;
	/** A hash of base URL and token: the name under which this process keeps what it knows of the account. */
	account: string;
	/** Shared by everything in this process that uses the same base URL and token. */
	limiter: Limiter;
}

/** What an operation may use to ask the service about items that share a connection. */
export interface Tools extends Connection {
	ctx: IExecuteFunctions;
	/** Fires when the execution is stopped. */
	signal: AbortSignal;
}

/** How requests of one item reach the service, or what is wrong with the item's credential. */
export type ItemConnection =
	{ connection: Connection; problem?: undefined } | { connection?: undefined; problem: CredentialProblem };

/**
 * The address and the limiter of a service for the credential that the node uses, where there are no items: in the
 * editor, and when a trigger is switched on or off.
 *
 * @throws NodeOperationError when there is no credential, or nothing may be sent with it
 */
export async function connect(ctx: Requester, node: INode, service: Service): Promise<Connection> {
	try {
		return connectionOf(ctx, service, await ctx.getCredentials(service.credential, 0));
	} catch (cause) {
		throw asNodeError(node, cause);
	}
}

/**
 * The connection of each item. A credential may hold expressions (`{{ $json.token }}`), so each item may have its own.
 * Items whose base URL and token are equal share one connection object, and with it one limiter.
 *
 * A credential that cannot be used is a problem of only its item; show it like the problem of a field.
 *
 * @param isToldOfEach whether a credential that no item can use becomes the error of each item instead of stopping the
 * run; called only if there is such a credential
 * @returns one entry per item, in the order of the items
 * @throws NodeOperationError when no item can be sent and all for the same reason: there is no credential, or it is
 * wrong for all of them
 */
export async function connectItems(
	ctx: IExecuteFunctions,
	service: Service,
	isToldOfEach: () => boolean = () => false,
): Promise<ItemConnection[]> {
	const byCredential = new Map<string, Connection>();
	const byAccount = new Map<string, Connection>();
	const found: ItemConnection[] = [];
	const causes: unknown[] = [];
	const { length: count } = ctx.getInputData();
	for (let index = 0; index < count; index++) {
		try {
			const credentials = await ctx.getCredentials(service.credential, index);
			const written = JSON.stringify(credentials);
			const known = byCredential.get(written);
			const made = known ?? connectionOf(ctx, service, credentials);
			const connection = byAccount.get(made.account) ?? made;
			byAccount.set(made.account, connection);
			byCredential.set(written, connection);
			found.push({ connection });
		} catch (cause) {
			causes.push(cause);
			found.push({ problem: problemOf(cause) });
		}
	}
	const reasons = new Set(causes.map((cause) => problemOf(cause).wrong));
	if (count > 0 && causes.length === count && reasons.size === 1 && !isToldOfEach())
		throw asNodeError(ctx.getNode(), causes[0]);
	return found;
}

function connectionOf(
	ctx: Requester,
	service: Service,
	credentials: ICredentialDataDecryptedObject,
): Connection {
	const baseUrl = service.baseUrl(credentials);
	const token = checkedToken(credentials.token, service.tokenLabel);
	const account = hash(`${baseUrl}\n${token}`);
	const limiter = limiterFor(account, service.rate);
	return { ctx, service, baseUrl, credentials, token, account, limiter };
}

/** n8n's own words about a credential that it could not read may quote it, so they are not shown. */
function problemOf(cause: unknown): CredentialProblem {
	return cause instanceof CredentialRefused
		? cause.problem
		: /**
			 * @cause n8n could not read the credential for this item, such as when an expression in it fails. n8n's own
			 * words are not shown: they may quote the credential.
			 * @cure Open the credential and check the expressions in it.
			 */
			{ label: 'Credential', wrong: 'could not be read. Check the expressions in it' };
}

function asNodeError(node: INode, cause: unknown): NodeOperationError {
	return cause instanceof CredentialRefused
		? new NodeOperationError(node, cause.message, {
				description: cause.description ?? undefined,
				failure: CREDENTIAL_INVALID,
			})
		: new NodeOperationError(node, cause as Error);
}

/** The signal that ends the waits of an execution; one that never fires where there is none. */
export function cancelSignalOf(ctx: IExecuteFunctions): AbortSignal {
	return ctx.getExecutionCancelSignal() ?? new AbortController().signal;
}
