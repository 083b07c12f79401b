import fc from 'fast-check';

/** Texts that have broken programs before. `canary` is an address that must never get a request. */
export function nastyTexts(canary: string): string[] {
	return [
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'hasOwnProperty',
		'../../admin',
		'..',
		'.',
		'%2e%2e%2fadmin',
		'..%2f..%2fv1%2fadmin',
		'a/../../b',
		'//evil.example/x',
		'\\\\evil.example\\x',
		`@${canary}`,
		`${canary}/x`,
		`http://${canary}/x`,
		`https://user:pass@${canary}/x`,
		'id?ignore_unknown_fields=true',
		'id#fragment',
		'id;x=1',
		'id\r\nX-Injected: 1',
		'id\r\n\r\nGET /stolen HTTP/1.1',
		'id\nHost: evil.example',
		'\u0000',
		'a\u0000b',
		'\u001b[31mred\u001b[0m',
		'\u0007\u0008\u007f\u009b',
		'\u202egnp.exe\u202c',
		'\u2066\u2067\u2069',
		'\u200b\u200d\ufeff',
		'\u2028\u2029',
		'\u061c\u00ad\u180e\ufff9',
		'seen\u{e0068}\u{e0069}\u{e007f}',
		'\ud800',
		'a\udc00b',
		'e\u0301'.repeat(100),
		'👩‍👩‍👧‍👦'.repeat(50),
		'={{ $credentials.token }}',
		'{{ $json }}',
		'${process.env.PATH}',
		'<script>alert(1)</script>',
		'"; DROP TABLE leads; --',
		'Bearer propexo-demo-token',
		'NaN',
		'Infinity',
		'1e309',
		'-0',
		'0x10',
		'9'.repeat(400),
		'1'.repeat(17),
		'{"__proto__":{"polluted":true}}',
		'[[[[[[]]]]]]',
		'null',
		'undefined',
		'true',
		' ',
		'\t\n',
		'x'.repeat(70_000),
		'javascript:alert(1)',
		'file:///etc/passwd',
		'data:text/html,x',
		`ftp://${canary}/x`,
		'http://',
		'https://exa mple.com',
		'2026-13-45T99:99:99',
		'+275760-09-13T00:00:00.001Z',
		'9999-12-31T23:59:59.999999999+23:59',
		'0000-00-00T00:00:00Z',
		'2026-03-08T02:30:00',
	];
}

/** An object so deep that a recursion over it would overflow the stack. */
export function nested(depth: number): string {
	return '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
}

const made = new Map<string, fc.Arbitrary<unknown>>();

/** Anything that JSON can hold, with the keys and numbers that break programs. Made once: fast-check takes long to. */
export function nastyJson(canary: string): fc.Arbitrary<unknown> {
	const nasty = made.get(canary) ?? makeNastyJson(canary);
	made.set(canary, nasty);
	return nasty;
}

function makeNastyJson(canary: string): fc.Arbitrary<unknown> {
	const text = fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom(...nastyTexts(canary)) },
		{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
		{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
	);
	const number = fc.constantFrom(0, -0, -1, 1e308, -1e308, 2 ** 53, 2 ** 53 + 2, 1e-320, 0.1 + 0.2, 86_401);
	const { tree } = fc.letrec((tie) => ({
		tree: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			text,
			number,
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('tree'), { maxLength: 4 }),
			fc.dictionary(
				fc.oneof(text, fc.constantFrom('error', 'data', 'issues', 'message', 'path')),
				tie('tree'),
				{
					maxKeys: 4,
					noNullPrototype: true,
				},
			),
		),
	}));
	return fc.oneof({ weight: 2, arbitrary: text }, { weight: 1, arbitrary: tree });
}

/** Values as JSON texts that `JSON.stringify` does not make. */
const RAW = [
	'1e999',
	'-0',
	'9'.repeat(400),
	'12345678901234567890',
	'"\\ud800"',
	'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
	nested(2_000),
	nested(20_000),
	'['.repeat(20_000) + ']'.repeat(20_000),
];

/** All places in a JSON value, as the keys on the way there; of a list the first entries. */
function placesIn(value: unknown, way: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [way];
	const keys = Array.isArray(value) ? Object.keys(value).slice(0, 2) : Object.keys(value);
	return [way, ...keys.flatMap((key) => placesIn((value as never)[key], [...way, key]))];
}

const SPOILED = '@ spoiled @';

/** The JSON text of a value with another JSON text in one place. */
function replaced(value: unknown, [key, ...way]: string[], raw: string): string {
	if (key === undefined) return raw;
	const copy = structuredClone(value) as Record<string, unknown>;
	let owner = copy;
	let last = key;
	for (const next of way) {
		owner = owner[last] as Record<string, unknown>;
		last = next;
	}
	owner[last] = SPOILED;
	return JSON.stringify(copy).replace(JSON.stringify(SPOILED), () => raw);
}

/** A documented reply with one place changed, and any other JSON. */
export function spoiled(reply: unknown, canary: string): fc.Arbitrary<string> {
	const any = fc.oneof(
		{ weight: 3, arbitrary: nastyJson(canary).map((value) => JSON.stringify(value)) },
		{ weight: 1, arbitrary: fc.constantFrom(...RAW) },
	);
	const wholes = ['error', 'data', 'results', 'result', 'meta', 'id', 'job_id', 'message', 'details'];
	return fc.oneof(
		{
			weight: 4,
			arbitrary: fc
				.tuple(fc.constantFrom(...placesIn(reply)), any)
				.map(([place, raw]) => replaced(reply, place, raw)),
		},
		{
			weight: 1,
			arbitrary: any.map((raw) => `{${wholes.map((key) => `"${key}":${raw}`).join(',')}}`),
		},
		{ weight: 1, arbitrary: any },
	);
}

/** Texts that are no reply of any service: nothing, half a document, a web page, endless nesting. */
export const WRONG_REPLIES: string[] = [
	'',
	'{"error":"\\ud800 \\u0007\\u202egnp"}',
	'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
	nested(30_000),
	`{"error":${nested(30_000)}}`,
	`{"error":{"details":${nested(30_000)}},"details":[${nested(30_000)}]}`,
	JSON.stringify({ error: 'x'.repeat(1_000_000) }),
	'\u0000\u0001\ufffd',
	'{"job_id":"job_1","da',
	'<!doctype html><title>Gateway</title>',
];

/** Ten thousand complaints about a field, in the forms of the services. */
export function complaints(message: string): string {
	return JSON.stringify({
		error: {
			message: 'no',
			details: { details: { issues: Array(10_000).fill({ path: ['notes'], message }) } },
		},
		details: Array(10_000).fill({ dataPath: '.events[0].notes', message }),
	});
}

/** A reply each of whose records holds something nested too deep for n8n to save it. */
export const deepened = (reply: unknown): string =>
	JSON.stringify(reply).replace(/\{(?=")/g, () => `{"deep":${nested(5_000)},`);

/** A list in which every page says that there is another one; undefined for a reply that is no list. */
export function endless(reply: unknown): unknown {
	// A bare list goes on while it is full.
	if (Array.isArray(reply)) return reply.length === 0 ? undefined : Array(100).fill(reply[0]);
	const { results, data } = (reply ?? {}) as { results?: unknown; data?: unknown };
	if (!Array.isArray(results) && !Array.isArray(data)) return undefined;
	const more = { hasMore: true, total: 1_000_000, has_more: true, next_page_number: 1 };
	return { ...(reply as object), meta: more, page: more };
}

/** What a person must be able to read as it stands: no character that hides, reorders or rings. */
export const UNREADABLE = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;
