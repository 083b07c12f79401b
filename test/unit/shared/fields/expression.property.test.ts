import fc from 'fast-check';

import { piecesOf } from '../../../../nodes/shared/fields/expression';
import { runs } from '../../../support/effort.ts';

const NAMES = ['a', 'b', 'c', 'd'];

/** Evaluates as n8n does, and counts how often. */
function evaluator(json: object) {
	const codes: string[] = [];
	const valueOf = (code: string): unknown =>
		(new Function('$json', `return ${code}`) as (json: object) => unknown)(json);
	return {
		codes,
		valueOf,
		evaluateExpression: (expression: string): never => {
			const code = expression.slice(2, -2);
			codes.push(code);
			return valueOf(code) as never;
		},
	};
}

const items = fc.record(
	Object.fromEntries(
		NAMES.map((name) => [
			name,
			fc.constantFrom(undefined, null, '', `<${name}>`, 0, 7, NaN, true, false),
		]),
	),
);

const fields = fc.constantFrom(...NAMES.map((name) => `$json.${name}`), '$json?.a', "$json['b']");
const fixed = fc.constantFrom("'x '", '"?"', '`: `', "''");

/** Expressions as people write them, each a text or a value. */
const { code: expressions } = fc.letrec<Record<'code' | 'text' | 'condition', string>>((tie) => {
	const code = tie('code');
	const filled = (form: string, ...parts: Array<fc.Arbitrary<string>>) =>
		fc.tuple(...parts).map((made) => made.reduce((all, part) => all.replace('_', () => part), form));
	return {
		condition: fc.oneof(
			fields,
			filled('_ === _', fields, fixed),
			filled('!_', fields),
			filled('_ != null', fields),
			filled('(_)', code),
		),
		text: fc.oneof(
			filled("'x' + _", fields),
			filled("'x ' + (_)", code),
			filled('_ + (_) + _', fixed, code, fixed),
			filled('`x ${_}: ${_}`', code, code),
			filled("['x', _, _].join(' ')", fields, tie('text')),
			filled("[_, _].filter(Boolean).join(' ')", fields, tie('text')),
			filled("[_, _].map((one) => one ?? '').join(' ')", fields, fields),
			filled("'x {}'.replace('{}', _)", fields),
		),
		code: fc.oneof(
			{ maxDepth: 5 },
			fields,
			tie('text'),
			filled('(_).trim()', tie('text')),
			filled('String(_)', code),
			filled('_ ? _ : _', tie('condition'), code, code),
			filled('_ || (_)', tie('condition'), code),
			filled('_ && (_)', tie('condition'), code),
			filled('(_) ?? (_)', code, code),
		),
	};
});

it('What is missing in a text is among its parts, and what is shown of a part is in the text', () => {
	fc.assert(
		fc.property(expressions, items, (code, item) => {
			const { valueOf, ...ctx } = evaluator(item);
			const pieces = piecesOf(ctx, `={{ ${code} }}`, 0);
			const text = valueOf(code);
			if (typeof text !== 'string') return expect(pieces).toEqual([]);
			for (const { shows } of pieces) expect(text).toContain(shows.trim());
			if (text.includes('undefined'))
				expect(pieces.map(({ shows }) => shows).join()).toContain('undefined');
		}),
		runs(2000),
	);
});

it('Whatever stands in an expression, taking it apart ends, and throws nothing', () => {
	const signs = fc.constantFrom(
		...'?:|&+,;=<>!(){}[]`\'"\\/.$'.split(''),
		...['?.', '??', '||', '&&', '=>', '${', 'String(', '.join(', '.filter(', '.replace(', '.toString()'],
		...['$json.a', '$json.b', ' '],
	);
	fc.assert(
		fc.property(fc.array(signs, { maxLength: 40 }), items, (code, item) => {
			expect(Array.isArray(piecesOf(evaluator(item), `={{ ${code.join('')} }}`, 0))).toBe(true);
		}),
		runs(2000),
	);
});

it.each([
	'$json.a',
	"$json['first name']",
	"$('Webhook').item.json.body.a",
	'$json.a ?? $json.b',
	"$json.a || ''",
	"$json.a ? $json.b : 'x'",
	'$json.a.trim()',
	"$json.a.replace(/\\D/g, '')",
	"$now.toFormat('yyyy')",
])('What puts nothing together is not evaluated once more: %s', (code) => {
	const ctx = evaluator({ a: 'A' });
	expect(piecesOf(ctx, `={{ ${code} }}`, 0)).toEqual([]);
	expect(ctx.codes).toEqual([]);
});
