import { codeOf } from '../../../../nodes/shared/fields/expression';

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
