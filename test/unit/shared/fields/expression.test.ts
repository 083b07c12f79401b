import { codeOf, piecesOf } from '../../../../nodes/shared/fields/expression';

describe('The code of an expression', () => {
	it.each([
		['={{ $json.when }}', '$json.when'],
		['= {{ $json.when }} ', '$json.when'],
		['={{ $json.date }} {{ $json.time }}', '`${$json.date} ${$json.time}`'],
		['=on {{ $json.date }} at {{ $json.time }}.', '`on ${$json.date} at ${$json.time}.`'],
		['=`{{ $json.a }}\\ {{ $json.b }}${x}', '`\\`${$json.a}\\\\ ${$json.b}\\${x}`'],
	])('gives an expression as one piece of code: %s', (written, code) => expect(codeOf(written)).toBe(code));

	it('gives a piece of code with the value that n8n gives', () => {
		const code = codeOf('=`{{ $json.a }}\\ {{ $json.b }}${x}') ?? '';
		const made = new Function('$json', `return ${code}`) as (json: object) => unknown;
		expect(made({ a: 1, b: 'two' })).toBe('`1\\ two${x}');
	});

	it.each(['2026-03-01', '', undefined, 5, '=2026-03-01'])('has none of a fixed value: %s', (written) =>
		expect(codeOf(written)).toBeUndefined(),
	);
});

describe('The parts of a text that an expression puts together', () => {
	const evaluateExpression = (expression: string): never =>
		(new Function('$json', `return ${expression.slice(2, -2)}`) as (json: object) => never)({
			a: 'A',
			n: 1,
			list: ['A'],
			e: '',
			big: 2 ** 60,
		});
	const shownIn = (code: string) =>
		piecesOf({ evaluateExpression }, `={{ ${code} }}`, 0).map(({ code: part, shows }) => [part, shows]);

	it.each([
		"'x ' + $json.b",
		'$json.a + $json.b',
		"('x ' + $json.b)",
		"( 'x ' + $json.b ).trim().toLowerCase()",
		"('x ' + $json.b).slice(0, 256)",
		"('x ' + $json.b)?.replace(/,/g, '')",
		"'x ' + ($json.a + ('y' + $json.b))",
		"'x ' + (`y ${`z${$json.b}`}`)",
		'`x ${$json.b}`',
		'`x ${$json.b}`.trim()',
		"String('x ' + $json.b)",
		"encodeURI('https://example.com/' + $json.b)",
		"'x '.concat($json.b)",
		"$json.a.concat(' ', $json.b)",
		"('x ' + $json.b || $json.a).trim()",
		'`x ${$json.b}` || `y ${$json.b}`',
		"$json.a ? 'x ' + $json.b : ''",
		"$json.b ? 'y' : 'x ' + $json.b",
		"$json.a?.length > 0 ? $json.b ? 'y' : `x ${$json.b}` : $json.a",
		"$json.a && ('x ' + $json.b)",
		"$json.b || 'x ' + $json.b",
		'$json.b ?? `x ${$json.b}`',
		"'x ' + ($json.a ? 'y ' + $json.b : '')",
		"String('x') + String($json.b)",
		"[$json.a, $json.b].map((one) => `${one}`).join(' ')",
		"['x', $json.b + ''].filter(Boolean).join(' ')",
		"'x {b}'.replace('{b}', $json.b)",
		"'x {b}'.replace('{b}', 'y ' + $json.b)",
		"'{a} {b}'.replaceAll('{b}', $json.b).replace(/{a}/g, $json.a)",
	])('are told, however it does so: %s', (code) =>
		expect(shownIn(code)).toContainEqual(['$json.b', 'undefined']),
	);

	it.each([
		"[$json.a, $json.b].join(' ')",
		"[ 'x', $json.b ].join('-').trim()",
		"'x' + [$json.a, $json.b].join('')",
		"[$json.a, 'y' + $json.b, $json.b].join()",
	])('show nothing for an entry of a list that is not there: %s', (code) =>
		expect(shownIn(code)).toContainEqual(['$json.b', '']),
	);

	it.each([
		'$json.b',
		'$json.a',
		'$json.a.trim()',
		"$json.b ? 'x ' + $json.b : ''",
		"$json.b ? 'x' : $json.a || 'y'",
		"($json.b ? ['x', $json.b].join('-') : ['y', $json.b].join('-')).replace(/-$/, '')",
		"$json.list.filter(Boolean).join(' ')",
		"'x'.replace('{b}', $json.b)",
		"$json.a.replace(/A/, '')",
		'JSON.stringify($json.a, null, 2)',
		"$json.a, 'x ' + $json.b",
		"/'/.test($json.a) ? 'x ' + $json.b : \"'\"",
		"$json.a ? 'x ' + $json.b",
		"[$json.a, $json.b].join('-').replace(/-$/, '')",
		"$json.list.join(' ')",
		"$json.list.concat('x', $json.b)",
		'[$json.a, $json.b]',
		'$json.n + $json.n',
		'$json.n + $json.b',
		'+$json.n',
		"$json.list.map((one) => 'x' + $json.b)",
		"'x' + 'y'",
	])('are none where a part may be left out, or nothing is put together: %s', (code) =>
		expect(shownIn(code)).toEqual([]),
	);

	it.each([
		"$json.a || 'x ' + $json.b",
		"'x' + ($json.b ? $json.b + 'y' : $json.a)",
		"[$json.a].filter(Boolean).join(' ')",
	])('are those that the condition leaves in it: %s', (code) =>
		expect(shownIn(code)).toEqual([['$json.a', 'A']]),
	);

	it.each([
		'String($json.big)',
		'$json.big.toString()',
		"$json.big?.toFixed(0) + ''",
		'JSON.stringify($json.big)',
	])('are the values before they become a text: %s', (code) =>
		expect(piecesOf({ evaluateExpression }, `={{ ${code} }}`, 0)).toEqual([
			expect.objectContaining({ code: '$json.big', value: 2 ** 60 }),
		]),
	);

	it('are found in brackets of any depth, in time', () => {
		const chain = Array.from({ length: 60 }).reduce<string>(
			(rest, _, index) => `($json.n === ${index + 2} ? 'w' : ${rest})`,
			"('x ' + $json.b)",
		);
		expect(shownIn(chain)).toEqual([['$json.b', 'undefined']]);
	});

	it.each(['String($json.list)', 'JSON.stringify($json.list)'])(
		'are a text where the expression makes one of a list: %s',
		(code) =>
			expect(piecesOf({ evaluateExpression }, `={{ ${code} }}`, 0)).toEqual([
				expect.objectContaining({ value: expect.any(String) as string }),
			]),
	);

	it.each([
		["'x' + ($json.e == null ? '' : ' ' + $json.e)", true],
		["$json.e !== undefined ? 'x' + $json.e : 'x'", true],
		["'x' + ($json.e !== null ? 'y' + (' ' + $json.e) : '')", true],
		["['x', $json.e].filter(Boolean).join(' ')", true],
		["['x', $json.e].map((one) => one ?? '').join(' ')", true],
		["$json.a ? 'x' + $json.e : ''", false],
		["$json.exit == null ? 'x' + $json.e : ''", false],
		["['x', $json.e].join(' ')", false],
	])('may be empty where the expression asks for them: %s (%s)', (code, mayBeEmpty) => {
		const pieces = piecesOf({ evaluateExpression }, `={{ ${code} }}`, 0);
		expect(pieces).toMatchObject([{ code: '$json.e', shows: '' }]);
		expect(pieces[0]?.mayBeEmpty === true).toBe(mayBeEmpty);
	});

	it.each(["'x ' + ($json.b ?? '')", "[$json.a, $json.b ?? ''].join(' ')", "`x ${$json.b || ''}`"])(
		'are empty texts where the expression says that they may be: %s',
		(code) => {
			const pieces = piecesOf({ evaluateExpression }, `={{ ${code} }}`, 0);
			expect(pieces.at(-1)).toMatchObject({ value: '', shows: '' });
		},
	);
});
