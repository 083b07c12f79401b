import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useServices } from '../../support/services.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven, Emulated } from '../../support/deliver/driven.ts';
import { itemAt } from '../../support/deliver/driven.ts';

describe.each(DRIVEN)('$title: what may be the ID of an event', (driven: Driven) => {
	const services = useServices();
	let emulated: Emulated;
	let tests = 0;
	beforeAll(() => {
		emulated = driven.emulated(services.emulator);
	});
	beforeEach(() => {
		tests++;
	});

	const goOn: Settings = { onError: 'continueRegularOutput' };
	async function run(key: string, items: IDataObject[], options: IDataObject = {}, settings = goOn) {
		const parameters = driven.parameters({ deduplicationKey: key, ...options });
		return await driven.run(services, parameters, {
			items: items.map((item, index) => ({ ...itemAt(index), ...item })),
			workflowId: `${driven.service} ${tests}`,
			...settings,
		});
	}
	const outcomes = (result: RunResult) =>
		accountOf(driven, result, result.options.items?.length ?? 0).outcomes;
	const sent = () => emulated.ledger.created.length;
	const told = ({ success }: RunResult) => String(success[0]?.json.error);

	describe('a fixed text', () => {
		const FIXED = [
			'event_id',
			'$json.event_id',
			'{{ $json.event_id }}',
			'=event_id',
			"={{ 'event_id' }}",
		];

		it.each(FIXED)('is refused where further events can come: %s', async (key) => {
			for (const mode of ['trigger', 'webhook', 'integrated', 'error', 'cli'] as const) {
				const result = await run(key, [{ event_id: 'a' }], {}, { ...goOn, mode });
				expect(outcomes(result)).toEqual(['not sent']);
				expect(told(result)).toMatch(
					/'Event ID in Your System' (?:is a fixed text|holds an expression or a merge field).*'Expression'/,
				);
			}
			expect(sent()).toBe(0);
		});

		it('is refused for several items, also by hand, and nothing is sent', async () => {
			const result = await run('event_id', [{}, {}], {}, { mode: 'manual' });
			expect(result.thrown?.message).toMatch(/^Item 1 of 2: 'Event ID in Your System' is a fixed text/);
			expect(sent()).toBe(0);
		});

		it('is a key for a single item by hand', async () => {
			expect(outcomes(await run('test-1', [{}], {}, { ...goOn, mode: 'manual' }))).toEqual(['created']);
			expect(outcomes(await run('test-1', [{}], {}, { ...goOn, mode: 'manual' }))).toEqual(['skipped']);
		});
	});

	describe('a word in place of an ID', () => {
		it.each(['N/A', 'none', '-', '0', 'unknown'])(
			'is no key, so no event is taken for another: %s',
			async (id) => {
				for (const key of [
					'={{ $json.event_id }}',
					...(id === '0' ? [] : ['=fub-{{ $json.event_id }}']),
				]) {
					const items = [{ event_id: id }, { event_id: id }];
					const result = await run(key, items);
					expect(outcomes(result)).toEqual(['created', 'created']);
					expect(result.hints.map(({ message }) => message)).toEqual([
						expect.stringMatching(/^2 of 2 items had no 'Event ID in Your System'/),
					]);
					const refused = await run(key, items, { itemsWithoutKey: 'refuse' }, {});
					expect(refused.thrown?.message).toMatch(/'Event ID in Your System' holds no ID/);
				}
				expect(sent()).toBe(id === '0' ? 2 : 4);
			},
		);

		it('is one where a 0 only counts something', async () => {
			expect(outcomes(await run('=call-{{ $json.n }}', [{ n: 0 }]))).toEqual(['created']);
			expect(outcomes(await run('=call-{{ $json.n }}', [{ n: 0 }]))).toEqual(['skipped']);
		});
	});

	describe('an expression that found nothing', () => {
		const EMPTY = [
			'={{ $json.body.event_id }}',
			'=fub-{{ $json.body.event_id }}',
			'=fub-{{ $json.event_id }}-{{ $json.other }}',
			"={{ ('fub-' + ($json.event_id ?? '')).toLowerCase() }}",
			"={{ ['fub', $json.event_id].join('-') }}",
			"=crm {{ String('fub-' + ($json.event_id || '')).hash() }}",
			"={{ ['fub', $json.event_id].filter(Boolean).join('-') }}",
			"={{ $json.event_id !== null ? 'fub-' + ($json.event_id ?? '') : '' }}",
			String.raw`=fub-{{ String($json.event_id).replace(/\D/g, '') }}`,
			'={{ String($json.event_id).slice(-8) }}',
			"={{ ('fub-' + $json.event_id).hash() }}",
		];

		it.each(EMPTY)('is no key, whatever stands around it: %s', async (key) => {
			const result = await run(key, [{}, {}]);
			expect(outcomes(result)).toEqual(['created', 'created']);
			expect(result.hints.map(({ message }) => message)).toEqual([
				expect.stringMatching(/^2 of 2 items had no 'Event ID in Your System'/),
			]);
		});

		it.each(EMPTY)('is refused where Items Without ID says so, and nothing is sent: %s', async (key) => {
			const result = await run(key, [{}, {}], { itemsWithoutKey: 'refuse' }, {});
			expect(result.thrown?.message).toMatch(
				/^Item 1 of 2: 'Event ID in Your System' holds no ID, and 'Items Without ID' is set to Refuse/,
			);
			expect(sent()).toBe(0);
		});

		it.each([
			'={{ $json.source }}-{{ $json.event_id }}',
			"={{ 'fub-' + $json.event_id }}",
			"={{ $json.source + ':' + $json.none }}",
			'={{ $json.source }}/{{ $json.nothing }}',
			'={{ $json.source }} {{ 1 * $json.event_id }}',
			"={{ $json.source + '-' + {} }}",
			"={{ ('fub-' + $json.event_id).toUpperCase() }}",
			'={{ $json.source + $json.nothing }}',
			"={{ [$json.source, $json.nothing].join('-').trim() }}",
			"={{ $json.source.concat('-', $json.event_id) }}",
			// What a method takes away is missing all the same.
			String.raw`={{ $json.source + '-' + String($json.event_id).replace(/\D/g, '') }}`,
			'={{ $json.source }}-{{ String($json.event_id).slice(-8) }}',
			String.raw`={{ $json.source.replace(/\d/g, '') + '-' + String($json.nothing).replace(/[^0-9]/g, '') }}`,
			'={{ `${$json.source}-${String($json.event_id).slice(2).trim()}` }}',
			String.raw`={{ ($json.source + '-' + $json.event_id).replace(/[^\w-]|undefin/g, '') }}`,
			"={{ ($json.source + '-' + $json.event_id).slice(-8) }}",
			'={{ ($json.source + $json.event_id).hash() }}',
			String.raw`={{ $json.source + String(Number($json.event_id)).replace(/\D/g, '') }}`,
		])('in a part of the key is refused: %s', async (key) => {
			const result = await run(key, [{ source: 'fub', nothing: null }]);
			expect(outcomes(result)).toEqual(['not sent']);
			expect(told(result)).toMatch(
				/'Event ID in Your System' (is not complete|holds the text (undefined|null|\[object Object\]))/,
			);
			expect(sent()).toBe(0);
		});

		it.each([
			'={{ $json.source }}-{{ $json.id }}',
			"={{ $json.source + '-' + $json.id }}",
			"={{ [$json.source, $json.id].join('-') }}",
		])('or an empty text in a part of the key is refused: %s', async (key) => {
			const result = await run(key, [{ source: 'fub', id: '' }]);
			expect(outcomes(result)).toEqual(['not sent']);
			expect(told(result)).toContain(
				"'Event ID in Your System' is not complete: {{ $json.id }} found nothing",
			);
			expect(sent()).toBe(0);
		});

		const EMPTIED = [
			String.raw`={{ $json.source }}-{{ $json.id.replace(/\D/g, '') }}`,
			String.raw`={{ $json.source + '-' + $json.id.replace(/\D/g, '') }}`,
			String.raw`={{ $json.source }}-{{ $json.id.trim().replaceAll(/[^0-9]/g, "").toLowerCase() }}`,
			'={{ $json.source }}-{{ $json.id.slice(13) }}',
			String.raw`={{ $json.source + '-' + String($json.id).replace(/\D/g, '') }}`,
			String.raw`={{ ($json.source + '-' + $json.id).replace(/[^fub-]/g, '') }}`,
			'={{ ($json.source + $json.id).hash() }}',
		];
		it.each(EMPTIED)(
			'or a word in place of one, of which a method leaves nothing, is refused: %s',
			async (key) => {
				const words = ['N/A', 'none', 'UNKNOWN', 'not provided'];
				for (const id of words) {
					const result = await run(key, [{ source: 'fub', id }]);
					expect([id, outcomes(result)]).toEqual([id, ['not sent']]);
					expect(told(result)).toContain("'Event ID in Your System' is not complete: {{ $json.id");
				}
				expect(sent()).toBe(0);
				expect(outcomes(await run(key, [{ source: 'fub', id: 'CA 4711 000000 22' }]))).toEqual([
					'created',
				]);
			},
		);

		it.each(['={{ $json.source }}-{{ $json.id }}', "={{ $json.source + '-' + $json.id }}"])(
			'or only spaces in place of one are refused: %s',
			async (key) => {
				const result = await run(key, [{ source: 'fub', id: '   ' }]);
				expect(outcomes(result)).toEqual(['not sent']);
				expect(told(result)).toContain("'Event ID in Your System' is not complete: {{ $json.id }}");
				expect(sent()).toBe(0);
			},
		);

		it('or an empty text that a method changes is refused', async () => {
			for (const code of [String.raw`$json.id.replace(/\D/g, '')`, "$json.id.split('').join('')"]) {
				const result = await run(`={{ $json.source }}-{{ ${code} }}`, [{ source: 'fub', id: '' }]);
				expect(outcomes(result)).toEqual(['not sent']);
			}
			expect(sent()).toBe(0);
		});

		it.each([
			["={{ $json.source }}{{ $json.id.replace('N/A', '') }}", 'N/A'],
			["={{ $json.source + String($json.id).replace('N/A', '') }}", 'N/A'],
			["={{ $json.source }}{{ $json.id.replace('v1', '') }}", 'v1'],
			[String.raw`={{ $json.source }}{{ ($json.id ?? '').replace(/\D/g, '') }}`, ''],
			[String.raw`={{ $json.source }}{{ $ifEmpty($json.id, '').replace(/\D/g, '') }}`, ''],
			[String.raw`={{ $json.source }}-{{ $json.id.match(/\d+/g)?.join('') ?? '' }}`, 'N/A'],
			['={{ $json.source }}-{{ $json.id }}', 'N/A'],
			[String.raw`={{ ($json.source + $json.id).replace(/\W/g, '') }}`, 'N/A'],
		])('or such a word is fine where the expression means it, or it still shows: %s', async (key, id) =>
			expect(outcomes(await run(key, [{ source: 'fub 7', id }]))).toEqual(['created']),
		);

		it.each(["$json.id ? 'fub-' + $json.id : ''", 'String($json.id)', '$json.id.toString()'])(
			'or a number that n8n rounds in it is refused: %s',
			async (code) => {
				const items = [{ id: 8_202_522_731_445_525_542 }, { id: 8_202_522_731_445_525_543 }];
				const result = await run(`={{ ${code} }}`, items);
				expect(outcomes(result)).toEqual(['not sent', 'not sent']);
				expect(told(result)).toMatch(/'Event ID in Your System' \w+ a number of more than 15 digits/);
				expect(sent()).toBe(0);
			},
		);

		it.each(['JSON.stringify($json)', '$json.list.toString()', "$json.id ? 'fub-' + $json.id : ''"])(
			'is a key where the expression makes a text of it: %s',
			async (code) => {
				const id = `${2 ** 60}`;
				expect(outcomes(await run(`={{ ${code} }}`, [{ id, list: ['a', 1] }]))).toEqual(['created']);
			},
		);

		it.each([{}, { event_id: '' }])('is fine in a part that allows for it: %j', async (item) => {
			const key = "={{ $json.source }}{{ $json.event_id ?? '' }}";
			const source = `fub ${JSON.stringify(item)}`;
			expect(outcomes(await run(key, [{ source, ...item }]))).toEqual(['created']);
		});

		it.each([
			String.raw`={{ $json.source + String($json.event_id ?? '').replace(/\D/g, '') }}`,
			String.raw`={{ $json.source + ($json.event_id ? String($json.event_id).replace(/\D/g, '') : '') }}`,
			"={{ $json.source + String($json.event_id).replace('undefined', '') }}",
			"={{ ($json.source + ' of ' + $json.event_id).slice(0, 5) }}",
			String.raw`={{ String($json.event_id).replace(/\D/g, '') || $json.source }}`,
			String.raw`={{ [String($json.event_id).replace(/\D/g, ''), $json.source].filter(Boolean).join('-') }}`,
		])('is fine in a part that the expression takes away on purpose: %s', async (key) =>
			expect(outcomes(await run(key, [{ source: 'fub 1' }]))).toEqual(['created']),
		);
	});

	describe('an expression that has a fixed text for some items', () => {
		const FIXED = [
			"={{ $json.uid ? 'A-' + $json.uid : 'A' }}",
			'={{ $json.uid ? `A-${$json.uid}` : `A` }}',
			"={{ $json.uid || 'A' }}",
			"={{ ($json.uid ?? 'A').toUpperCase() }}",
			"={{ String($json.uid ?? 'A') }}",
			"=call-{{ $json.uid || 'A' }}",
			"={{ 'call-' + ($json.uid || 'A') }}",
			"={{ ['call', $json.uid ?? 'A'].join('-') }}",
			"={{ $json.uid !== undefined && $json.uid || 'A' }}",
			"={{ $json.uid ? $json.uid : $json.none ? $json.none : 'A' }}",
			"={{ $ifEmpty($json.uid, 'A') }}",
			"={{ $if($json.uid, $json.uid, 'A') }}",
			'={{ $json.uid ?? $workflow.id }}',
		];

		it.each(FIXED)('has no ID for them, so none of them is taken for another: %s', async (key) => {
			const items = [{ uid: 'u1' }, {}, {}, { uid: 'u1' }].map((item) => ({ ...itemAt(0), ...item }));
			const result = await run(key, items);
			expect(outcomes(result)).toEqual(['created', 'created', 'created', 'skipped']);
			expect(result.hints.map(({ message }) => message)).toEqual([
				expect.stringMatching(/^2 of 4 items had no 'Event ID in Your System'/),
			]);
			const [again] = [await run(key, [{ ...itemAt(0) }])];
			expect(outcomes(again)).toEqual(['created']);
			expect(sent()).toBe(4);
			const refused = await run(key, [{}, {}], { itemsWithoutKey: 'refuse' }, {});
			expect(refused.thrown?.message).toMatch(/'Event ID in Your System' holds no ID/);
		});

		it.each([
			"={{ ($json.none ? 'A' : 'B') + $json.uid }}",
			"={{ $json.none ? 'A' : 'B' }}-{{ $json.uid }}",
			'={{ $json.none ?? $json.uid }}',
			"={{ 'x'.concat($json.uid) }}",
			"={{ 'id'.replace('id', $json.uid) }}",
			'={{ $workflow.id + $json.uid }}',
			"={{ $json['uid'] }}",
			"={{ { a: $json.uid }['a'] }}",
		])('is a key where something of the item stands beside it: %s', async (key) => {
			expect(outcomes(await run(key, [{ uid: 'u1' }]))).toEqual(['created']);
			expect(outcomes(await run(key, [{ uid: 'u1' }]))).toEqual(['skipped']);
		});

		it('is no key with values of the workflow alone', async () => {
			const result = await run('=wf-{{ $workflow.id }}', [itemAt(0), itemAt(0)]);
			expect(outcomes(result)).toEqual(['created', 'created']);
			expect(result.hints).toHaveLength(1);
		});
	});

	it.each([
		['a number that JSON has rounded', '={{ $json.id }}', { id: 8202522731445525542 }],
		['such a number within a text', '=fub-{{ $json.id }}', { id: 8202522731445525542 }],
		['a code that a spreadsheet has shortened', '={{ $json.id }}', { id: '2.19E+26' }],
		['such a code within a text', '=row {{ $json.id }}', { id: '2.19E+26' }],
		['a code that an expression puts together', "={{ 'row ' + $json.id }}", { id: '2.19E+26' }],
		['a rounded number that it puts together', "={{ 'fub-' + $json.id }}", { id: 8202522731445525542 }],
		['a number in scientific notation', '={{ $json.id }}', { id: 2.19e26 }],
		['a list', '=x-{{ $json.id }}', { id: ['a', 'b'] }],
		['an object', '=x-{{ $json.id }}', { id: { a: 1 } }],
	])('%s is refused', async (_, key, item) => {
		const result = await run(key, [item]);
		expect(outcomes(result)).toEqual(['not sent']);
		expect(told(result)).toContain("'Event ID in Your System'");
		expect(sent()).toBe(0);
	});

	it.each([
		['the same digits as a text', '8202522731445525542'],
		['an ID that looks like a number', '12e5'],
		['a UUID', '550e8400-e29b-41d4-a716-446655440000'],
		['a UUID with 550e-8400 in it', '11111111-550e-8400-a716-446655440000'],
		['a number', 42],
		['a word with null in it', 'annulled-1'],
	])('%s is a key', async (_, id) => {
		expect(outcomes(await run('={{ $json.id }}', [{ id }]))).toEqual(['created']);
		expect(outcomes(await run('={{ $json.id }}', [{ id }]))).toEqual(['skipped']);
	});

	it('with blanks around it is the same key, and so are a number and its digits', async () => {
		const ids = [' 4711', '4711\n', 4711, '4711'];
		const result = await run(
			'={{ $json.id }}',
			ids.map((id) => ({ ...itemAt(0), id })),
		);
		expect(outcomes(result)).toEqual(['created', 'skipped', 'skipped', 'skipped']);
		expect(sent()).toBe(1);
	});

	it('with $now in it is a key', async () => {
		const key = '={{ $json.id }} {{ $now }}';
		expect(outcomes(await run(key, [{ id: 'a' }]))).toEqual(['created']);
	});
});
