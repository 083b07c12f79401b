import type { JsonObject } from '../json.ts';
import type { Answer } from './answer.ts';
import type { LedgerRequest } from './ledger.ts';
import type { RateVerdict } from './rate.ts';

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

/** A part of a request that breaks its schema. */
export interface Problem {
	where: 'body' | 'querystring';
	value: unknown;
	violations: Violation[];
}

/** A request that passed: right token, within the limit, valid by its schema. `W`: what an account holds. */
export interface Call<W> {
	/** The account that the token belongs to. */
	world: W;
	row: LedgerRequest;
	params: Record<string, string>;
	query: JsonObject;
	body: JsonObject;
}

/** One method of one path. */
export interface Route<W> {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below the base path, in Fastify's notation. */
	path: string;
	/** Query parameters by name; any other is refused. Texts are read as the numbers and booleans wanted. */
	query?: Record<string, Schema>;
	/** The schema of the body, or a function that finds it: it may depend on what the body names. */
	body?: Schema | ((call: Call<W>) => Schema);
	/** Query parameter that, when `true`, drops unknown properties of the body instead of refusing them. */
	dropUnknownBy?: string;
	handle(call: Call<W>): Answer;
}

/** How a service words what it refuses. */
export interface Refusals {
	unauthorized(): Answer;
	tooMany(verdict: RateVerdict): Answer;
	notFound(row: LedgerRequest): Answer;
	invalid(problem: Problem): Answer;
	/** The body is no JSON, or too large (413). */
	unreadable(status: number, message: string): Answer;
	/** Any other refusal, such as the one of a fault. */
	other(status: number): Answer;
}
