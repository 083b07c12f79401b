import fc from 'fast-check';

/** Texts that have broken programs before. `canary` is an address that nobody may ever talk to. */
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

/** Anything JSON can hold, with the keys and numbers that hurt. */
export function nastyJson(canary: string): fc.Arbitrary<unknown> {
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

/** What a person must be able to read as it stands: no character that hides, reorders or rings. */
export const UNREADABLE =
	/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
