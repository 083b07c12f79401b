import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parametersOf } from '../../../../nodes/shared/fields/parameters';
import { triesAll } from '../../../support/effort.ts';
import { engineWith } from '../../support/probe';

/** What a parameter gives, or that it cannot be read. */
const given = (read: () => unknown): unknown => {
	try {
		return { value: read() };
	} catch {
		return 'an error';
	}
};

interface Compared {
	own: unknown;
	ofN8n: unknown;
	/** n8n was asked for it. */
	isAsked: boolean;
}

/** What n8n gives of the parameter *Text* for each item, and what the package reads. */
async function compared(text: unknown, items: IDataObject[]): Promise<Compared[]> {
	let all: Compared[] = [];
	const engine = engineWith(async (ctx) => {
		let asked = 0;
		const counted = Object.create(ctx, {
			getNodeParameter: {
				value: (...args: Parameters<IExecuteFunctions['getNodeParameter']>) => {
					asked++;
					return ctx.getNodeParameter(...args) as unknown;
				},
			},
		}) as IExecuteFunctions;
		const own = parametersOf(counted);
		all = items.map((_, index) => {
			const before = asked;
			const read = given(() => own.getNodeParameter('text', index, ''));
			const isAsked = asked > before;
			return { own: read, ofN8n: given(() => ctx.getNodeParameter('text', index, '')), isAsked };
		});
		return [[]];
	});
	const { thrown } = await engine.run({ node: 'probe', parameters: { text } as IDataObject, items });
	expect(thrown).toBeUndefined();
	return all;
}

const NAMES = [
	'a',
	'b',
	'first name',
	'length',
	'constructor',
	'__proto__',
	'caller',
	'binding',
	'a.constructor',
	'toString',
	'0',
	'ä',
	"it's",
];

const JSON_OF_ITEM = fc.dictionary(
	fc.constantFrom(...NAMES),
	fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 3 },
			fc.string({ unit: 'binary' }),
			fc.constantFrom('', ' padded ', '={{ $json.b }}', '{{ $json.b }}', '2026-03-02T15:04:05Z', '007'),
			fc.double(),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4 }),
		),
	})).value,
) as fc.Arbitrary<IDataObject>;

const ITEMS = triesAll ? 300 : 60;

describe('Reading a field that an expression names', () => {
	const items = fc.sample(JSON_OF_ITEM, ITEMS);

	it.each([
		'={{ $json.a }}',
		'={{$json.a}}',
		'={{ $json.a.b }}',
		'={{ $json?.a?.b }}',
		'={{ $json["a"]["first name"] }}',
		`={{ $json['a']['b'] }}`,
		'={{ $json.a[0] }}',
		'={{ $json.a[1].b }}',
		'={{ $json["0"] }}',
		'={{ $json[0] }}',
		'={{ $json["it\'s"] }}',
		'={{ $json["ä"] }}',
		'={{ $json.length }}',
		'={{ $json.a.length }}',
		'={{ $json.constructor }}',
		'={{ $json["constructor"] }}',
		'={{ $json.__proto__ }}',
		'={{ $json["__proto__"].a }}',
		'={{ $json.toString }}',
		'={{ $json.caller.a }}',
		'={{ $json.binding }}',
		'={{ $json["a.constructor"] }}',
		'={{ $json.a.toString() }}',
		'={{ $json.a || $json.b }}',
		'={{ $json }}',
		'={{ $json. }}',
		'={{ $json.a }} ',
		'= {{ $json.a }}',
		'={{ $json.a }}{{ $json.b }}',
		'={{ $json.a.isEmpty() }}',
		'=$json.a',
		'{{ $json.a }}',
	])('gives of %s what n8n gives', async (expression) => {
		for (const { own, ofN8n } of await compared(expression, items)) expect(own).toEqual(ofN8n);
	});

	it.each<[string, unknown]>([
		['a resource locator', { __rl: true, mode: 'id', value: '={{ $json.a }}' }],
		['a collection', { open: '={{ $json.a }}', other: '={{ $json.b }}', fixed: ['x', 2, true] }],
		['a list of entries', { rows: [{ cell: '={{ $json.a.b }}' }, { cell: 'fixed' }] }],
		['a list', ['={{ $json.a }}', 'fixed']],
		['a fixed value', 'fixed'],
		[
			'a collection with an expression that does more',
			{ open: '={{ $json.a }}', more: '={{ $json.a + 1 }}' },
		],
	])('gives of %s what n8n gives', async (_, written) => {
		for (const { own, ofN8n } of await compared(written, items)) expect(own).toEqual(ofN8n);
	});

	it('does not ask n8n for a text, a number or a boolean', async () => {
		const values = ['Maria', '', 0, 12.5, true, false];
		const all = await compared(
			'={{ $json.a["first name"] }}',
			values.map((value) => ({ a: { 'first name': value } })),
		);
		expect(all).toEqual(values.map((value) => ({ own: { value }, ofN8n: { value }, isAsked: false })));
	});

	it.each<[string, IDataObject]>([
		['a missing field', {}],
		['null', { a: null }],
		['a list', { a: ['x'] }],
		['an object', { a: { b: 'x' } }],
	])('leaves %s to n8n', async (_, json) => {
		const [one] = await compared('={{ $json.a }}', [json]);
		expect(one).toMatchObject({ isAsked: true });
		expect(one?.own).toEqual(one?.ofN8n);
	});

	it('gives each item its own copy of a list', async () => {
		const engine = engineWith(async (ctx) => {
			const parameters = parametersOf(ctx);
			const read = () => parameters.getNodeParameter('text', 0) as unknown as string[];
			read().push('changed');
			return await Promise.resolve([[{ json: { read: read() } }]]);
		});
		const { success } = await engine.run({
			node: 'probe',
			parameters: { text: ['={{ $json.a }}'] } as unknown as IDataObject,
			items: [{ a: 'x' }],
		});
		expect(success[0]?.json).toEqual({ read: ['x'] });
	});
});
