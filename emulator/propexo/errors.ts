import { STATUS_CODES } from 'node:http';
import type { Answer } from '../server/answer.ts';
import type { Problem, Refusals, Schema, Violation } from '../server/route.ts';

/** ajv's format alone would also take a blank between date and time, and offsets such as `-0700` and `-07`. */
const RFC_3339 = '^\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})$';

/** A date-time with an offset, as in RFC 3339. */
export const DATE_TIME: Schema = { type: 'string', format: 'date-time', pattern: RFC_3339 };

/** A day, or a date-time of which the day alone counts. */
export const DAY: Schema = { anyOf: [DATE_TIME, { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }] };

/** One complaint, worded and shaped as Zod does, which is what Propexo's documented 400 carries. */
export interface Issue {
	code: string;
	path: (string | number)[];
	message: string;
	[detail: string]: unknown;
}

/** Any error of Propexo: `{ error: { code, message, details? } }`. */
export const failure = (status: number, code: string, message: string, details?: unknown): Answer => ({
	status,
	body: { error: details === undefined ? { code, message } : { code, message, details } },
});

/** The documented 400: the issues lie in `error.details.details.issues`. */
export const invalidRequest = (issues: Issue[]): Answer =>
	failure(400, 'invalid_request', 'invalid request', { details: { issues, name: 'ZodError' } });

/** The documented complaint about keys that are not in the list. */
const unrecognized = (keys: string[]): Issue => ({
	code: 'unrecognized_keys',
	keys,
	path: [],
	message: `Unrecognized key(s) in object: ${keys.map((key) => `'${key}'`).join(', ')}`,
});

/** A required field that is missing. */
export const missing = (field: string, expected = 'string', message = 'Required'): Issue => ({
	code: 'invalid_type',
	expected,
	received: 'undefined',
	path: [field],
	message,
});

/** A rule that is about more than a type. */
export const custom = (field: string, message: string, path: Issue['path'] = [field]): Issue => ({
	code: 'custom',
	path,
	message,
});

/** What Propexo answers where the PMS has no such thing (its pages "… - Not Supported" give only the status). */
export const notSupported = (message: string): Answer => failure(405, 'method_not_allowed', message);

/** The answer about a record that does not exist. */
export const notFound = (what: string): Answer => failure(404, 'not_found', `${what} not found`);

/**
 * Refusals of Propexo. The 400 is documented; of 401, 404 and 429 only the status is known, their bodies keep to the
 * same shape here.
 */
export const refusals: Refusals = {
	unauthorized: () => failure(401, 'unauthorized', 'Invalid or missing API token'),
	tooMany: () => failure(429, 'rate_limit_exceeded', 'Rate limit exceeded'),
	notFound: (row) => failure(404, 'not_found', `No such endpoint: ${row.method} ${row.path}`),
	invalid: (problem) => invalidRequest(toIssues(problem)),
	unreadable: (status, message) => failure(status, 'invalid_request', message),
	other: (status) => failure(status, 'error', STATUS_CODES[status] ?? 'Error'),
};

/** ajv's violations as Zod's issues. */
function toIssues(problem: Problem): Issue[] {
	const unknown = new Map<string, string[]>();
	const issues: Issue[] = [];
	for (const violation of problem.violations) {
		// Several forms are allowed and none fits. These are the reasons for each form; another violation sums them up.
		if (violation.schemaPath.includes('/anyOf/')) continue;
		if (violation.keyword === 'additionalProperties') {
			const keys = unknown.get(violation.instancePath) ?? [];
			keys.push(String(violation.params['additionalProperty']));
			unknown.set(violation.instancePath, keys);
			continue;
		}
		const issue = toIssue(violation, problem.value);
		if (
			!issues.some(
				(known) => known.message === issue.message && String(known.path) === String(issue.path),
			)
		) {
			issues.push(issue);
		}
	}
	for (const [path, keys] of unknown) issues.push({ ...unrecognized(keys), path: segments(path) });
	return issues;
}

/** A limit that a value is beyond: the code, the name of the limit, and the words for it. */
const BOUNDS: Record<string, [code: string, name: string, words: string] | undefined> = {
	maxLength: ['too_big', 'maximum', 'at most'],
	maxItems: ['too_big', 'maximum', 'at most'],
	maximum: ['too_big', 'maximum', 'less than or equal to'],
	minLength: ['too_small', 'minimum', 'at least'],
	minItems: ['too_small', 'minimum', 'at least'],
	minimum: ['too_small', 'minimum', 'greater than or equal to'],
	exclusiveMinimum: ['too_small', 'minimum', 'greater than'],
};

/** How a sentence about a limit begins and ends. */
const COUNTED = {
	string: { begins: 'String must contain', ends: ' character(s)' },
	array: { begins: 'Array must contain', ends: ' element(s)' },
	number: { begins: 'Number must be', ends: '' },
};

function toIssue({ keyword, instancePath, params, message }: Violation, root: unknown): Issue {
	const path = segments(instancePath);
	const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], root);
	const kind = typeof value === 'string' ? 'string' : Array.isArray(value) ? 'array' : 'number';
	const bound = BOUNDS[keyword];
	if (bound) {
		const [code, name, words] = bound;
		const { begins, ends } = COUNTED[kind];
		const { limit } = params;
		const inclusive = keyword !== 'exclusiveMinimum';
		const told = `${begins} ${words} ${String(limit)}${ends}`;
		return { code, [name]: limit, type: kind, inclusive, exact: false, path, message: told };
	}
	switch (keyword) {
		case 'required': {
			const field = String(params['missingProperty']);
			return { ...missing(field), path: [...path, field] };
		}
		case 'type': {
			const expected = [params['type']].flat().join(' | ');
			const received = expected === 'integer' && typeof value === 'number' ? 'float' : typeName(value);
			return {
				code: 'invalid_type',
				expected,
				received,
				path,
				message: `Expected ${expected}, received ${received}`,
			};
		}
		case 'enum': {
			const options = params['allowedValues'] as string[];
			const wanted = options.map((option) => `'${option}'`).join(' | ');
			const received = String(value);
			const text = `Invalid enum value. Expected ${wanted}, received '${received}'`;
			return { code: 'invalid_enum_value', received, options, path, message: text };
		}
		case 'format': {
			const validation = params['format'] === 'uri' ? 'url' : 'datetime';
			return { code: 'invalid_string', validation, path, message: `Invalid ${validation}` };
		}
		case 'anyOf':
			return { code: 'invalid_union', path, message: 'Invalid input' };
		case 'pattern':
			if (params['pattern'] === RFC_3339) {
				return { code: 'invalid_string', validation: 'datetime', path, message: 'Invalid datetime' };
			}
			return { code: 'invalid_string', validation: 'regex', path, message: 'Invalid' };
		default:
			return { code: 'custom', path, message: message ?? 'Invalid input' };
	}
}

const typeName = (value: unknown): string =>
	value === null
		? 'null'
		: value === undefined
			? 'undefined'
			: Array.isArray(value)
				? 'array'
				: typeof value;

/** A JSON pointer as a path; numbers are list positions. */
const segments = (pointer: string): (string | number)[] =>
	pointer
		.split('/')
		.slice(1)
		.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
		.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
