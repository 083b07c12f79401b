import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { ask, askOnce } from '../../shared/http/sendAgain';
import type { Connection } from '../../shared/http/connection';
import { connect } from '../../shared/http/connection';
import {
	becauseOf,
	isAbsent,
	isOverLimit,
	isSuccess,
	proofOf,
	replyIfDone,
} from '../../shared/http/whatReplyProves';
import type { Exchange } from '../../shared/http/exchange';
import type { ServiceRequest } from '../../shared/http/service';
import { addressOf, segment } from '../../shared/http/service';
import { isObject, objectsIn } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { nodeError, rateExhausted, refusal, reportOf } from '../../shared/report/errors';
import type { FailedOutcome } from '../../shared/report/outcome';
import { collect } from '../../shared/read/pages';
import type { Get } from '../../shared/find/get';
import { UndocumentedReply } from '../../shared/find/get';
import { propexo } from '../api';
import { pagesOf } from '../records/paging';
import { modelNamed, RECORD_EVENTS } from './events';
import type { Wanted } from './fields';

/*
 * Propexo's registrations of webhooks. Source: the paths below /v1/webhooks/ of its OpenAPI file.
 */

/**
 * How long a trigger waits for slots of the limiter in all, in ms. n8n gives switching on 84 s with its own repeats.
 */
const PATIENCE_MS = 60_000;
/** How long it waits for each reply, in ms. */
const TIMEOUT_MS = 10_000;

const PATH = '/v1/webhooks/';
const pathOf = (id: string) => `${PATH}${segment(id)}`;

/** @noMessage It begins the messages below. */
const NAME = "The webhook's registration";
/** @noMessage It is said beside the messages below. */
const CHECK = 'Check the network and the Propexo credential, then publish the workflow again.';

/**
 * @cause Propexo, or what answers at its address, has no registrations of webhooks there. They name no records, so no ID is
 * wrong.
 * @cure Check the address in the credential, then publish the workflow again.
 */
const ADDRESS = `Check ${addressOf(propexo)}, then publish the workflow again.`;

const OUTCOMES = {
	done: 'refused',
	refused: 'refused',
	didNotHappen: 'notSent',
	unknown: 'unknown',
} as const;

/** Access to Propexo while a trigger is switched on or off. */
export interface WebhookApi {
	/** Where the requests go. */
	baseUrl: string;
	/** @throws the error that n8n shows, when it is refused or not answered */
	read: Get;
	get(id: string): Promise<Exchange>;
	change(id: string, body: IDataObject): Promise<Exchange>;
	remove(id: string): Promise<Exchange>;
	/** Never sends it twice, unless the first provably did not happen. */
	create(body: IDataObject): Promise<Exchange>;
	/**
	 * The IDs of all active registrations with a secret and an address, newest first. Propexo lists secrets in clear.
	 *
	 * @throws the error that n8n shows, when the list cannot be read to its end
	 */
	withSecret(secret: string, url: string): Promise<string[]>;
	/**
	 * The error that n8n shows when a request failed.
	 *
	 * @param sent what must not be quoted from Propexo's words, besides the token
	 * @param advice what to do, where the general advice does not fit
	 */
	failure(exchange: Exchange, sent?: IDataObject, advice?: string): Error;
}

/** @throws NodeOperationError when there is no credential that can be used */
export async function webhookApi(ctx: IHookFunctions): Promise<WebhookApi> {
	const node = ctx.getNode();
	const connection = await connect(ctx, node, propexo);
	const signal = AbortSignal.timeout(PATIENCE_MS);
	const answer = async (request: ServiceRequest) => await ask(connection, request, signal, TIMEOUT_MS);

	const failure: WebhookApi['failure'] = (exchange, sent = {}, advice) => {
		const state = OUTCOMES[proofOf(exchange).shows];
		const report = isOverLimit(exchange)
			? reportOf(NAME, rateExhausted(connection))
			: failureOf(connection, exchange, Object.values(sent));
		const outcome: FailedOutcome = { state, report };
		const description = advice ?? (isAbsent(exchange) ? ADDRESS : undefined);
		return nodeError(node, outcome, { ...(description && { description }) });
	};
	/**
	 * @cause Propexo answered in a form that nobody has documented.
	 * @cure Check the address in the credential, and publish the workflow again.
	 */
	const undocumented = () => {
		const message = `${NAME}: Propexo answered in another form than documented`;
		return nodeError(node, { state: 'refused', report: { message, description: CHECK, details: {} } });
	};
	const read: Get = async (request) => {
		const exchange = await answer(request);
		const reply = replyIfDone(exchange);
		if (!reply) throw failure(exchange);
		return reply.body;
	};

	return {
		baseUrl: connection.baseUrl,
		read,
		get: async (id) => await answer({ method: 'GET', path: pathOf(id) }),
		change: async (id, body) => await answer({ method: 'PUT', path: pathOf(id), body }),
		remove: async (id) => await answer({ method: 'DELETE', path: pathOf(id) }),
		create: async (body) =>
			await askOnce(connection, { method: 'POST', path: PATH, body }, signal, TIMEOUT_MS),
		withSecret: async (secret, url) => {
			const rows = await collect(pagesOf(read, PATH, {})).catch(
				async (cause: Error) =>
					await Promise.reject(cause instanceof UndocumentedReply ? undocumented() : cause),
			);
			const own = rows.filter((row) => row.secret === secret && sameUrl(row.url, url));
			return own.map(({ id }) => textOf(id)).filter((id) => id !== '');
		},
		failure,
	};
}

/** Whether two addresses are the same, however they are written. */
export const sameUrl = (a: unknown, b: string): boolean =>
	a === b ||
	(typeof a === 'string' && URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href);

/** @param told what is redacted from Propexo's words */
function failureOf(connection: Connection, exchange: Exchange, told: unknown[]): FailedOutcome['report'] {
	if (exchange.kind === 'replied' && !isSuccess(exchange)) {
		return refusal(connection, exchange, NAME, { redacted: told });
	}
	// The status is a success, but the body holds no registration.
	const other =
		exchange.kind === 'replied'
			? /** @noMessage It ends the message below. */
				{ unreadable: 'something other than documented', ...exchange }
			: exchange;
	/**
	 * @example The webhook's registration: the service did not answer within the timeout
	 * @cause Propexo could not be reached, or its answer cannot be read, when the workflow was published.
	 * @cure Check the network and the credential, then publish the workflow again.
	 */
	return { message: `${NAME}: ${becauseOf(propexo, other)}`, description: CHECK, details: {} };
}

/** The registration in a reply: `{ results: { … } }` by ID, `{ result: { … } }` when made or changed. */
export function registrationIn(exchange: Exchange): ({ id: string } & Record<string, unknown>) | undefined {
	const body = replyIfDone(exchange)?.body;
	if (!isObject(body)) return undefined;
	const found = body.results ?? body.result;
	return isObject(found) && typeof found.id === 'string' && found.id !== ''
		? { ...found, id: found.id }
		: undefined;
}

/**
 * Whether a registration already is what the node wants.
 *
 * @param found the registration as Propexo shows it
 * @param secret what its deliveries must be signed with
 */
export function agrees(
	found: Record<string, unknown>,
	secret: string,
	{ triggers, model = '' }: Wanted,
): boolean {
	const given = objectsIn(found.triggers);
	const names = new Set(given.map(({ trigger }) => trigger));
	const ofRecords = given.filter(({ trigger }) => RECORD_EVENTS.includes(textOf(trigger)));
	return (
		found.active === true &&
		found.secret === secret &&
		names.size === triggers.length &&
		triggers.every((trigger) => names.has(trigger)) &&
		ofRecords.every((each) => modelNamed(textOf(each.model)) === model)
	);
}
