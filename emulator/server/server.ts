import { AjvCompiler } from '@fastify/ajv-compiler';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isObject, type JsonObject } from '../json.ts';
import type { RateSettings } from '../types.ts';
import { send, type Answer, type Exchange } from './answer.ts';
import { delaysHandling, isCarriedOut } from './faults.ts';
import type { RateVerdict } from './rate.ts';
import { holdsNul, readBody, readQuery } from './reading.ts';
import type { Call, Problem, Refusals, Route, Schema, Violation } from './route.ts';
import type { AccountState, ServiceState } from './state.ts';

/** One API: what it takes, how it refuses, how it limits the rate. */
export interface Service<S extends RateSettings, W> {
	basePath: string;
	state: ServiceState<S, W>;
	routes: readonly Route<W>[];
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
	interface FastifyContextConfig {
		/** Does what a request of the route asks for. */
		carryOut?(request: FastifyRequest): Answer;
	}
}

/** Largest body that is read, in bytes; neither API's own limit is known. */
const BODY_LIMIT = 1024 * 1024;

/** All servers of a process compile a schema once. */
const buildValidator = AjvCompiler();

/**
 * A Fastify server for one service. Every request gets a row in the ledger, also one that is refused. Then come, in this
 * order: token, rate, faults, body and query against their schemas, the route.
 */
export function buildServer<S extends RateSettings, W>(service: Service<S, W>): FastifyInstance {
	const { state, refusals } = service;
	const app = fastify({
		logger: false,
		forceCloseConnections: true,
		bodyLimit: BODY_LIMIT,
		routerOptions: { maxParamLength: 2_000 },
		schemaController: { compilersFactory: { buildValidator } },
		// ajv changes nothing: no coercion, no defaults, nothing removed. It reports all violations.
		ajv: {
			customOptions: {
				coerceTypes: false,
				useDefaults: false,
				removeAdditional: false,
				allErrors: true,
				allowUnionTypes: true,
				// Both APIs run on JavaScript, which counts the length of a text in UTF-16 units. ajv warns about this option.
				unicode: false,
				logger: false,
			},
		},
	});
	app.decorateRequest('exchange');
	app.decorateRequest('unreadable', '');
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
		const { value, unreadable } = readBody(request.headers['content-type'] ?? '', String(text));
		request.unreadable = unreadable;
		done(null, value);
	});

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
		if (fault && !isCarriedOut(fault)) {
			const { carryOut } = request.routeOptions.config;
			if (fault.lateMs !== undefined) setTimeout(() => carryOut?.(request), fault.lateMs).unref();
			return send(reply, exchange, undefined);
		}
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

/** Checks token, rate and faults; gives an answer when the request goes no further. */
function admit<S extends RateSettings, W>(
	service: Service<S, W>,
	request: FastifyRequest,
): Answer | undefined {
	const { state, refusals } = service;
	const { settings } = state;
	const { exchange } = request;
	const { authorization } = request.headers;
	const position = state.accounts.findIndex(({ token }) => authorization === `Bearer ${token}`);
	const account = state.accounts[position];
	if (!account) return refusals.unauthorized();
	exchange.row.authorized = true;
	exchange.row.account = position;
	const verdict = state.rate.take(account.token, Date.now(), settings.limit, settings.windowMs);
	exchange.headers = service.rateHeaders(verdict, settings);
	if (!verdict.allowed) return refusals.tooMany(verdict);
	exchange.delayMs += service.heldBackMs(verdict, settings);
	exchange.fault = state.faults.take(exchange.row);
	return undefined;
}

const NO_QUERY = {};
const querySchemas = new WeakMap<object, Schema>();

/** The schema of a whole query, by those of its parameters. */
function querySchemaOf(properties: Record<string, Schema>): Schema {
	const schema = querySchemas.get(properties) ?? {
		type: 'object',
		properties,
		additionalProperties: false,
	};
	querySchemas.set(properties, schema);
	return schema;
}

function addRoute<S extends RateSettings, W>(
	app: FastifyInstance,
	service: Service<S, W>,
	route: Route<W>,
): void {
	const querySchema = querySchemaOf(route.query ?? NO_QUERY);
	const carryOut = (request: FastifyRequest): Answer => {
		// Only requests with an account come this far.
		const account = service.state.accounts[request.exchange.row.account as number] as AccountState<W>;
		return answerTo(service.refusals, route, querySchema, account, request);
	};
	app.route({
		method: route.method,
		url: service.basePath + route.path,
		exposeHeadRoute: false,
		config: { carryOut },
		handler: (request: FastifyRequest, reply: FastifyReply) =>
			send(reply, request.exchange, carryOut(request)),
	});
}

function answerTo<W>(
	refusals: Refusals,
	route: Route<W>,
	querySchema: Schema,
	{ world }: AccountState<W>,
	request: FastifyRequest,
): Answer {
	const call: Call<W> = {
		world,
		row: request.exchange.row,
		params: request.params as Record<string, string>,
		query: readQuery(request.query as JsonObject, route.query ?? {}),
		body: request.body as JsonObject,
	};
	const schema = typeof route.body === 'function' ? route.body(call) : route.body;
	if (route.dropUnknownBy !== undefined && call.query[route.dropUnknownBy] === true)
		call.body = knownOf(call.body, schema);
	const problem =
		problemOf(request, 'body', call.body, schema) ??
		problemOf(request, 'querystring', call.query, querySchema);
	if (problem) return refusals.invalid(problem);
	// How the services answer is not known; PostgreSQL can neither store nor search for a text with a NUL.
	if (holdsNul([call.body, call.query, call.params])) return refusals.other(500);
	return route.handle(call);
}

/** The properties of a body that its schema names. */
function knownOf(body: JsonObject, schema: Schema | undefined): JsonObject {
	const known = schema?.['properties'] as object | undefined;
	if (!isObject(body) || !known) return body;
	return Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(known, name)));
}

function problemOf(
	request: FastifyRequest,
	where: Problem['where'],
	value: unknown,
	schema: Schema | undefined,
): Problem | undefined {
	if (!schema) return undefined;
	const validate = request.compileValidationSchema(schema);
	if (validate(value)) return undefined;
	return { where, value, violations: (validate.errors ?? []) as Violation[] };
}
