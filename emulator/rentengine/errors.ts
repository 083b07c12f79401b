import { STATUS_CODES } from 'node:http';
import type { Answer } from '../server/answer.ts';
import type { Problem, Refusals, Violation } from '../server/route.ts';
import type { RentEngineSettings } from '../types.ts';

/** Any error of RentEngine: `{ error, details? }`. */
export const failure = (status: number, error: string, details?: unknown[]): Answer => ({
	status,
	body: details === undefined ? { error } : { error, details },
});

/** The documented 400 with ajv's violations. */
export function invalid(problem: Problem, style: RentEngineSettings['errorStyle']): Answer {
	const what = problem.where === 'body' ? 'request' : 'query';
	// `if` only says that its `then` was not met, which the other violations say better.
	const told = problem.violations.filter(({ keyword }) => keyword !== 'if');
	return failure(
		400,
		`Invalid ${what} parameters`,
		told.map((violation) => worded(violation, style)),
	);
}

/** A violation in the words of ajv 6 (as in RentEngine's document) or of ajv 8 (as integrators met it). */
function worded(violation: Violation, style: RentEngineSettings['errorStyle']): Record<string, unknown> {
	const { keyword, instancePath, schemaPath, params, message = '' } = violation;
	if (style === 'instancePath') return { instancePath, schemaPath, keyword, params, message };
	const dataPath = instancePath.replace(/\/(\d+)(?=\/|$)/g, '[$1]').replaceAll('/', '.');
	return { keyword, dataPath, schemaPath, params, message: message.replace(/^must\b/, 'should') };
}

/**
 * Refusals of RentEngine. The shape of 400 and 401 is documented; that of 404 and 429 is not, and kept alike.
 * @param settings read for every refusal
 */
export const refusals = (settings: RentEngineSettings): Refusals => ({
	unauthorized: () => failure(401, 'Unauthorized'),
	tooMany: () => failure(429, 'Too many requests'),
	notFound: () => failure(404, 'Not found'),
	invalid: (problem) => invalid(problem, settings.errorStyle),
	unreadable: (status, message) => failure(status, message),
	other: (status) => failure(status, STATUS_CODES[status] ?? 'Error'),
});
