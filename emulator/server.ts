import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { delaysHandling, send, type Answer, type Exchange } from './answer.ts';
import type { Faults } from './faults.ts';
import { isCarriedOut } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { isObject, type LedgerRequest } from './ledger.ts';
import type { RateWindows } from './rate.ts';
import { type RateVerdict } from './rate.ts';
import type { JsonObject, RateSettings } from './types.ts';

/** A JSON Schema (draft 7) as Fastify takes it. */
export type Schema = Record<string, unknown>;

/** A violation as ajv words it. */
export interface Violation {
	keyword: string;
	instancePath: string;
	schemaPath: string;
	params: Record<string, unknown>;
	message?: string;
}

/** A part of a request that does not keep to its schema. */
export interface Problem {
	where: 'body' | 'querystring';
	value: unknown;
	violations: Violation[];
}

/** A request that passed: right token, within the limit, valid by schema. */
export interface Call {
	row: LedgerRequest;
	params: Record<string, string>;
	query: JsonObject;
	body: JsonObject;
}

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below the base path, in Fastify's notation. */
	path: string;
	/** Query parameters by name; any other is refused. Texts are read as the numbers and booleans wanted. */
	query?: Record<string, Schema>;
	body?: Schema;
	/** Query parameter that, when `true`, drops unknown properties of the body instead of refusing them. */
	dropUnknownBy?: string;
	handle(call: Call): Answer;
}

/** How a service words what it refuses. */
export interface Refusals {
	unauthorized(): Answer;
	tooMany(verdict: RateVerdict): Answer;
	notFound(row: LedgerRequest): Answer;
	invalid(problem: Problem): Answer;
	/** The body is no JSON, or too large (413). */
	unreadable(status: number, message: string): Answer;
	/** Any other refusal, as a fault may want it. */
	other(status: number): Answer;
}

/** What keeps its state while the server itself may go down and come up again. */
export interface ServiceState<S extends RateSettings> {
	ledger: Ledger;
	faults: Faults;
	rate: RateWindows;
	settings: S;
	token: string;
}

export interface Service<S extends RateSettings> {
	basePath: string;
	state: ServiceState<S>;
	routes: Route[];
	refusals: Refusals;
	/** Headers that tell about the rate, on every answer. */
	rateHeaders(verdict: RateVerdict, settings: S): Record<string, string>;
	/** How long the answer is held back because of the rate, in ms. */
	heldBackMs(verdict: RateVerdict, settings: S): number;
}

declare module 'fastify' {
	interface FastifyRequest {
		exchange: Exchange;
		/** Why the body could not be read as JSON. */
		unreadable: string;
	}
}

const BODY_LIMIT = 1024 * 1024;

/**
 * A Fastify server for one service. Every request, whatever its fate, gets a row in the ledger; then come, in this
 * order: token, rate, faults, body and query against their schemas, the route.
 */
export function buildServer<S extends RateSettings>(service: Service<S>): FastifyInstance {
	const { state, refusals } = service;
	const app = fastify({
		logger: false,
		forceCloseConnections: true,
		bodyLimit: BODY_LIMIT,
		routerOptions: { maxParamLength: 2_000 },
		// Nothing is mended silently: no coercion, no defaults, nothing removed, all violations told.
		ajv: {
			customOptions: {
				coerceTypes: false,
				useDefaults: false,
				removeAdditional: false,
				allErrors: true,
				allowUnionTypes: true,
			},
		},
	});
	app.decorateRequest('exchange');
	app.decorateRequest('unreadable', '');
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) =>
		done(null, readBody(request, String(text))),
	);

	app.addHook('onRequest', (request, reply, done) => {
		const path = request.url.split('?', 1)[0] ?? request.url;
		const query = { ...(request.query as Record<string, unknown>) };
		const row = state.ledger.open({ method: request.method, path, query }, request.headers);
		request.exchange = {
			row,
			ledger: state.ledger,
			headers: {},
			delayMs: state.settings.latencyMs,
			fault: undefined,
			refuse: refusals.other,
		};
		reply.raw.on('close', () => {
			if (!reply.raw.writableFinished) state.ledger.close(row, 'closed');
		});
		done();
	});

	app.addHook('preValidation', (request, reply, done) => {
		const { exchange } = request;
		exchange.row.body = request.body;
		const refused = admit(service, request);
		if (refused) return send(reply, exchange, refused);
		const { fault } = exchange;
		if (fault && !isCarriedOut(fault)) return send(reply, exchange, undefined);
		const goOn = (): void => {
			if (reply.raw.destroyed) return state.ledger.close(exchange.row, 'closed');
			if (request.unreadable)
				return send(reply, exchange, refusals.unreadable(400, request.unreadable));
			done();
		};
		if (fault && delaysHandling(fault)) setTimeout(goOn, fault.delayMs).unref();
		else goOn();
	});

	app.setNotFoundHandler((request, reply) =>
		send(reply, request.exchange, refusals.notFound(request.exchange.row)),
	);
	app.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) =>
		send(reply, request.exchange, refusals.unreadable(error.statusCode ?? 500, error.message)),
	);
	for (const route of service.routes) addRoute(app, service, route);
	return app;
}

/** Token, then rate, then faults; an answer where the request goes no further. */
function admit<S extends RateSettings>(service: Service<S>, request: FastifyRequest): Answer | undefined {
	const { state, refusals } = service;
	const { settings } = state;
	const { exchange } = request;
	exchange.row.authorized = request.headers.authorization === `Bearer ${state.token}`;
	if (!exchange.row.authorized) return refusals.unauthorized();
	const verdict = state.rate.take(state.token, Date.now(), settings.limit, settings.windowMs);
	exchange.headers = service.rateHeaders(verdict, settings);
	if (!verdict.allowed) return refusals.tooMany(verdict);
	exchange.delayMs += service.heldBackMs(verdict, settings);
	exchange.fault = state.faults.take(exchange.row);
	return undefined;
}

function addRoute<S extends RateSettings>(app: FastifyInstance, service: Service<S>, route: Route): void {
	const known = new Set(Object.keys((route.body?.['properties'] as object | undefined) ?? {}));
	const parameters = route.query ?? {};
	app.route({
		method: route.method,
		url: service.basePath + route.path,
		attachValidation: true,
		exposeHeadRoute: false,
		schema: {
			...(route.body ? { body: route.body } : {}),
			querystring: { type: 'object', properties: parameters, additionalProperties: false },
		},
		preValidation: (request, _reply, done) => {
			const query = readQuery(request.query as Record<string, unknown>, parameters);
			request.query = query;
			if (
				route.dropUnknownBy !== undefined &&
				query[route.dropUnknownBy] === true &&
				isObject(request.body)
			) {
				request.body = Object.fromEntries(
					Object.entries(request.body).filter(([name]) => known.has(name)),
				);
			}
			done();
		},
		handler: (request: FastifyRequest, reply: FastifyReply) => {
			const problem = problemOf(request);
			const answer = problem
				? service.refusals.invalid(problem)
				: route.handle({
						row: request.exchange.row,
						params: request.params as Record<string, string>,
						query: request.query as JsonObject,
						body: request.body as JsonObject,
					});
			send(reply, request.exchange, answer);
		},
	});
}

function problemOf(request: FastifyRequest): Problem | undefined {
	const error = request.validationError;
	if (!error) return undefined;
	const where = error.validationContext === 'body' ? 'body' : 'querystring';
	const value = where === 'body' ? request.body : request.query;
	return { where, value, violations: error.validation as Violation[] };
}

/** Parsed JSON; the text itself where it is none, so that the ledger shows what came. */
function readBody(request: FastifyRequest, text: string): unknown {
	if (text === '') return undefined;
	const type = request.headers['content-type'] ?? '';
	if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
		request.unreadable = `Unsupported content type ${type || '(none)'}`;
		return text;
	}
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		request.unreadable = error instanceof Error ? error.message : String(error);
		return text;
	}
}

/** Query texts as the numbers, booleans and lists the schemas ask for; what cannot be read stays a text. */
function readQuery(query: Record<string, unknown>, parameters: Record<string, Schema>): JsonObject {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name,
			readParameter(value, parameters[name]?.['type']),
		]),
	);
}

function readParameter(value: unknown, type: unknown): unknown {
	const types: unknown[] = Array.isArray(type) ? type : [type];
	if (types.includes('array')) return Array.isArray(value) ? value : [value];
	if (typeof value !== 'string') return value;
	if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(value))
		return Number(value);
	if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
	return value;
}
