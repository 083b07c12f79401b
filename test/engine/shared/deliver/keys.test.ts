import type { IDataObject } from 'n8n-workflow';

import { hasTime, triesAll } from '../../../support/effort.ts';
import type { RunResult } from '../../support/engine.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useOwnServices } from '../../support/ownServices.ts';
import { anotherProcess, byId, useServices } from '../../support/services.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, markOf, until } from '../../support/deliver/driven.ts';

/** Of a burst in which each comes twice. */
const EVENTS = hasTime ? 250 : 100;

describe.each(DRIVEN)('$title: Event ID in Your System', (driven: Driven) => {
	const { services, test, ownNumber } = useOwnServices({ timing: { lookUpAfterMs: [20, 120] } });
	const emulated = () => driven.emulated(services.emulator);
	/** How the keys of this test alone begin. */
	const prefix = () => `${driven.service} ${ownNumber()}, call `;

	/** An item with the key of its number. */
	const keyed = (index: number): IDataObject => ({ ...itemAt(index), event_id: `${prefix()}${index}` });
	const options = { deduplicationKey: '={{ $json.event_id }}' };
	const goOn: Settings = { onError: 'continueRegularOutput' };
	const run = async (indexes: number[], settings: Settings = goOn): Promise<RunResult> =>
		await driven.run(services, driven.parameters(options), { items: indexes.map(keyed), ...settings });
	const outcomes = (result: RunResult, count: number) => accountOf(driven, result, count).outcomes;
	const created = (index: number) =>
		emulated().ledger.created.filter(({ body }) => JSON.stringify(body).includes(markOf(index))).length;
	const open = (index: number) => services.engine.processedData.holds(`open\n${prefix()}${index}`);
	const seen = (index: number) => services.engine.processedData.holds(`seen\n${prefix()}${index}`);

	test('that comes again in the same run is skipped, and says so', async () => {
		const result = await run([0, 1, 0, 2, 1, 0]);
		expect(outcomes(result, 6)).toEqual([
			'created',
			'created',
			'skipped',
			'created',
			'skipped',
			'skipped',
		]);
		expect([0, 1, 2].map(created)).toEqual([1, 1, 1]);
		expect(result.success[2]).toMatchObject({
			json: { outcome: 'skipped', skipped: true, deduplication_key: `${prefix()}0` },
			pairedItem: { item: 2 },
		});
	});

	test('that comes again in the same run after an outcome that is unknown is not put down to another execution alone', async () => {
		emulated().faults.add(faultFor(0, { close: 'after' }));
		const result = await run([0, 0]);
		expect(outcomes(result, 2)).toEqual(['unknown', 'unknown']);
		expect(result.success[1]?.json.error).toMatch(/^Item 2 of 2: an earlier item or execution began/);
		expect(created(0)).toBe(1);
	});

	test('that comes again in a later execution is skipped', async () => {
		await run([0, 1]);
		expect(outcomes(await run([1, 2, 0]), 3)).toEqual(['skipped', 'created', 'skipped']);
		expect([0, 1, 2].map(created)).toEqual([1, 1, 1]);
	});

	test('is left out for items that have none, and the user is told', async () => {
		const items = [itemAt(0), itemAt(0), keyed(1)];
		const result = await driven.run(services, driven.parameters(options), { items });
		expect(outcomes(result, 3)).toEqual(['created', 'created', 'created']);
		expect(result.hints).toEqual([
			expect.objectContaining({
				type: 'warning',
				message: expect.stringMatching(/^2 of 3 items had no 'Event ID in Your System': /) as string,
			}),
		]);
	});

	test('that is empty in every item is not taken for one that was not asked for', async () => {
		const ofWebhook = { body: { ...itemAt(0), event_id: `${prefix()}0` } };
		const at = (key: string) =>
			driven.parameters({ deduplicationKey: `={{ ${key} }}` }, '={{ $json.body.notes }}');
		const person = { [driven.person.field]: byId(driven.person.first) };
		const go = async (parameters: IDataObject) =>
			await driven.run(services, { ...parameters, ...person }, { items: [ofWebhook] });
		const missed = await go(at('$json.event_id'));
		expect(missed.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^The item had no 'Event ID in Your System'.* \$json\.body\./),
		]);
		expect((await go(at('$json.body.event_id'))).hints).toEqual([]);
		expect((await go(driven.parameters({}, '={{ $json.body.notes }}'))).hints).toEqual([]);
	});

	test('that is new each time is no protection, and the user is told', async () => {
		const go = async (key: string, more: IDataObject = {}) => {
			const parameters = driven.parameters({ deduplicationKey: `=${prefix()}${key}`, ...more });
			const items = [itemAt(0), { ...itemAt(1), id: 'a' }];
			return (await driven.run(services, parameters, { items })).hints.map(({ message }) => message);
		};
		// Which ones these are is tested in test/engine/shared/fields/newEachTime.test.ts.
		for (const key of ['{{ $json.notes }} {{ $now }}', "{{ 'call-' + $json.person + $execution.id }}"])
			expect(await go(key)).toEqual([
				expect.stringMatching(/^'Event ID in Your System' changes with each run/),
			]);
		const some = /^'Event ID in Your System' of 1 of 2 items changes with each run/;
		expect(await go('{{ $json.id ?? $now }}')).toEqual([expect.stringMatching(some)]);
		expect(await go('{{ $json.id ?? Date.now() }}', { previewOnly: true })).toContainEqual(
			expect.stringMatching(some),
		);
		expect(await go('{{ $json.notes }} {{ $now.toFormat("yyyy-MM-dd") }}')).toEqual([]);
	});

	test('that is new each time is told beside an item that failed, not that the others are skipped', async () => {
		emulated().faults.add(faultFor(0, { status: 400 }));
		const parameters = driven.parameters({
			deduplicationKey: `={{ '${prefix()}' + $now.toMillis() + $json.notes }}`,
		});
		const { hints } = await driven.run(services, parameters, { items: [itemAt(0), itemAt(2)], ...goOn });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.not.stringContaining('Running all items again'),
			expect.stringMatching(/^'Event ID in Your System' changes with each run/),
		]);
	});

	test('is missed for those items alone that were sent', async () => {
		emulated().faults.add(faultFor(0, { status: 400 }));
		const right = { ...itemAt(2) };
		const wrong = { ...itemAt(1), person: '' };
		const result = await driven.run(services, driven.parameters(options), {
			items: [keyed(0), wrong, right],
			...goOn,
		});
		expect(outcomes(result, 3)).toEqual(['refused', 'not sent', 'created']);
		expect(result.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Items 1 and 2 of 3 ended with an error/),
			expect.stringMatching(/^1 of 3 items had/),
		]);
	});

	test('whose event was refused is free again', async () => {
		emulated().faults.add(faultFor(0, { status: 422 }));
		expect(outcomes(await run([0]), 1)).toEqual(['refused']);
		expect([seen(0), open(0)]).toEqual([false, false]);
		expect(outcomes(await run([0]), 1)).toEqual(['created']);
	});

	test('whose event was not sent is free again', async () => {
		await emulated().down();
		expect(outcomes(await run([0]), 1)).toEqual(['not sent']);
		await emulated().up();
		expect([seen(0), open(0)]).toEqual([false, false]);
		expect(outcomes(await run([0]), 1)).toEqual(['created']);
	});

	test('of an item that another one kept from being sent is free', async () => {
		emulated().faults.add(faultFor(0, { status: 400 }));
		const oneLead = [0, 1, 2].map((index) => ({
			...keyed(index),
			person: itemAt(0).person,
		}));
		const stopped = await driven.run(services, driven.parameters(options), { items: oneLead });
		expect(outcomes(stopped, 3)).toEqual(['refused', 'not sent', 'not sent']);
		expect(outcomes(await run([0, 1, 2]), 3)).toEqual(['created', 'created', 'created']);
	});

	test('whose event is unknown stays unknown when it is delivered again', async () => {
		emulated().faults.add(faultFor(0, { close: 'after' }));
		expect(outcomes(await run([0]), 1)).toEqual(['unknown']);
		expect([seen(0), open(0)]).toEqual([true, true]);
		expect(outcomes(await run([0, 0]), 2)).toEqual(['unknown', 'unknown']);
		expect(created(0)).toBe(1);
		expect(emulated().ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('begun by another execution stays unknown when its event would be another one by now', async () => {
		const notes = "={{ $json.notes + ' at ' + $now.toMillis() }}";
		const runOnce = async (more: IDataObject) =>
			outcomes(
				await driven.run(services, driven.parameters({ ...options, ...more }, notes), {
					items: [keyed(0)],
					...goOn,
				}),
				1,
			);
		emulated().faults.add(faultFor(0, { close: 'after' }));
		expect(await runOnce({})).toEqual(['unknown']);
		expect(await runOnce({ outcomeUnknown: 'lookUp', timeout: 3_000 })).toEqual(['unknown']);
		expect(created(0)).toBe(1);
	});

	test('is done in a stopped run as well, so that a new execution sends the rest alone', async () => {
		emulated().faults.add(faultFor(2, { status: 400 }));
		const stopped = await run([0, 1, 2, 3], {});
		const first = outcomes(stopped, 4);
		expect(first[2]).toBe('refused');
		const second = outcomes(await run([0, 1, 2, 3]), 4);
		expect(second).toEqual(first.map((outcome) => (outcome === 'created' ? 'skipped' : 'created')));
		expect([0, 1, 2, 3].map(created)).toEqual([1, 1, 1, 1]);
	});

	test('does not make a finished item of the same execution a repeat of itself', async () => {
		emulated().faults.add(faultFor(1, { status: 400 }));
		const result = await run([0, 1, 2], { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(outcomes(result, 3)).toEqual(['created', 'created', 'created']);
	});

	test('is free while its event waits for the rate, and when the execution is stopped then', async () => {
		emulated().faults.add(faultFor(0, { status: 429, headers: { 'retry-after': '200' } }));
		const stop = new AbortController();
		// In a new process: after such a 429, this one would hold up the next tests.
		const running = driven.run(anotherProcess(services), driven.parameters(options), {
			items: [keyed(0)],
			...{ ...goOn, signal: stop.signal },
		});
		await until(() => emulated().ledger.requests.some(({ status }) => status === 429));
		await until(() => !seen(0) && !open(0));
		stop.abort();
		await running;
		expect([seen(0), open(0), created(0)]).toEqual([false, false, 0]);
	});

	test('is free when the execution was stopped while it was being recorded', async () => {
		const stop = new AbortController();
		const running = run([0], { signal: stop.signal });
		await until(() => open(0));
		stop.abort();
		await running;
		await until(() => !open(0) && !seen(0));
		expect(emulated().ledger.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	test('that an earlier execution began for another event stays unknown: nothing tells how that one ended', async () => {
		emulated().faults.add(faultFor(0, { close: 'after' }));
		expect(outcomes(await run([0]), 1)).toEqual(['unknown']);
		const redelivered = { ...keyed(0), notes: `${markOf(0)}, received at 10:05` };
		const lookUp = driven.parameters({ ...options, outcomeUnknown: 'lookUp', timeout: 3_000 });
		const result = await driven.run(services, lookUp, { items: [redelivered], ...goOn });
		expect(outcomes(result, 1)).toEqual(['unknown']);
		expect(created(0)).toBe(1);
	});

	test('sends nothing where n8n cannot keep it, as in a workflow that was never saved', async () => {
		const result = await run([0, 1], { ...goOn, workflowId: null });
		expect(outcomes(result, 2)).toEqual(['not sent', 'not sent']);
		expect(result.success[0]?.json.error).toContain("'Event ID in Your System'");
		expect(emulated().ledger.created).toEqual([]);
	});

	test('is kept apart for each workflow', async () => {
		await run([0]);
		expect(outcomes(await run([0], { ...goOn, workflowId: 'another' }), 1)).toEqual(['created']);
	});

	// It says nothing of a service: one is enough as a part.
	if (!triesAll && driven !== DRIVEN[0]) return;

	test(`holds in ${2 * EVENTS} executions at once, each of two deliveries of ${EVENTS} events`, async () => {
		const deliveries = Array.from({ length: 2 * EVENTS }, (_, index) => index % EVENTS);
		const results = await Promise.all(deliveries.map(async (index) => await run([index])));
		const told = results.map((result) => outcomes(result, 1)[0]);
		const counts = new Map<string | undefined, number>();
		for (const outcome of told) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
		expect(counts).toEqual(
			new Map([
				['created', EVENTS],
				['skipped', EVENTS],
			]),
		);
		expect(Array.from({ length: EVENTS }, (_, index) => created(index))).toEqual(
			new Array(EVENTS).fill(1),
		);
		// No record is lost, none is left open.
		const records = Array.from({ length: EVENTS }, (_, index) => [seen(index), open(index)]);
		expect(records).toEqual(new Array(EVENTS).fill([true, false]));
	});
});

describe.each(DRIVEN)('$title: events that come again, at a low rate', (driven: Driven) => {
	const limit = 10;
	const services = useServices({ [driven.service]: { limit }, timing: { rate: { requests: limit } } });

	it('use up none of it: a new event is sent at once', async () => {
		const key = `={{ $json.notes }} ${driven.title} low rate`;
		const parameters = driven.parameters({ deduplicationKey: key });
		const run = async (items: IDataObject[]) =>
			accountOf(driven, await driven.run(services, parameters, { items }), items.length).outcomes;
		const again = Array.from({ length: limit + 2 }, () => itemAt(0));
		expect(new Set(await run(again))).toEqual(new Set(['created', 'skipped']));
		expect(await run([itemAt(1)])).toEqual(['created']);
	});
});
