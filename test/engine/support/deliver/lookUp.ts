import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../../emulator/index.ts';
import { DEFAULT_TIMEOUT_MS } from '../../../../nodes/shared/http/network';
import type { RunResult } from '../engine.ts';
import type { Services, Settings } from '../services.ts';
import { part, triesAll } from '../../../support/effort.ts';
import { accountOf, expectTrue } from './account.ts';
import { AT_ONCE, testsOn } from './atOnce.ts';
import type { Driven } from './driven.ts';
import { faultFor, itemAt, itemsOf, until } from './driven.ts';
import { Pool } from './pool.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The times between the looks, in ms. */
const LOOKS_MS = [20, 120];
/**
 * The *Timeout* of items with a key that another execution has begun, in ms: the last look is this long after the others, and
 * each answer has to come in this time.
 */
const KEYED_TIMEOUT_MS = 3_000;
/** The lists that were tried without an end: a list is read in one way for all writes of its service. */
const endless = new Set<string>();

const lookUp = { outcomeUnknown: 'lookUp' };
const goOn: Settings = { onError: 'continueRegularOutput' };

/** What a test works with. */
const toolsOf = (driven: Driven) => (services: Services) => {
	const emulated = driven.emulated(services.emulator);
	const run = async (
		items: IDataObject[],
		options: IDataObject = {},
		settings: Settings = goOn,
	): Promise<RunResult> =>
		await driven.run(services, driven.parameters({ ...lookUp, ...options }), { items, ...settings });
	return {
		services,
		emulated,
		run,
		looks: () =>
			emulated.ledger.requests.filter(
				({ method, path }) => method === 'GET' && path.endsWith(driven.listPath),
			),
		posts: () => emulated.ledger.requests.filter(({ method }) => method !== 'GET').length,
		existingIds: () => emulated.ledger.created.map(({ id }) => id),
		/** The outcomes of a run, after checking that they are true. */
		outcomes: (result: RunResult, count: number): string[] => {
			const account = accountOf(driven, result, count);
			expectTrue(emulated, account);
			return account.outcomes;
		},
		/** Leaves the key of the first item begun, like a worker that is killed while it waits for the answer. */
		begin: async (fault: Fault, keyed: IDataObject): Promise<void> => {
			emulated.faults.add(faultFor(0, fault));
			const result = await run(itemsOf(1), { ...keyed, outcomeUnknown: 'report' });
			expect(result.success[0]?.json.details).toMatchObject({ outcome: 'unknown' });
		},
	};
};

type Tools = ReturnType<ReturnType<typeof toolsOf>>;

const pool = new Pool(AT_ONCE, { lookUpAfterMs: LOOKS_MS });
afterAll(async () => await pool.close());

/**
 * Tests of *Look Up, Then Retry* that hold for every service. They run at the same time.
 *
 * @param isFirst whether no other write is tested so: of the others, the first tests are enough as a part
 */
export function describeLookUp(driven: Driven, isFirst = true): void {
	const { test, testEach } = testsOn(pool, toolsOf(driven));
	const onList = (fault: Fault): Fault => ({
		match: { method: 'GET', path: driven.listPath },
		...fault,
	});
	const idsOf = ({ success }: RunResult) => success.map(({ json }) => driven.idIn(json));

	testEach<[string, Fault]>([
		['the connection broke', { close: 'after' }],
		['a 502 came', { status: 502, write: true }],
		['a web page came', { status: 200, body: '<html></html>', write: true }],
	])('finds the event when it was created and %s', async ({ emulated, run, posts, outcomes }, _, fault) => {
		emulated.faults.add(faultFor(1, fault));
		expect(outcomes(await run(itemsOf(3)), 3)).toEqual(['created', 'created', 'created']);
		expect(posts()).toBe(3);
	});

	testEach<[string, Fault]>([
		['the connection broke', { close: 'before' }],
		['a 500 came', { status: 500 }],
	])(
		'sends again when the event was not created and %s',
		async ({ emulated, run, posts, outcomes }, _, fault) => {
			emulated.faults.add(faultFor(1, fault));
			expect(outcomes(await run(itemsOf(3)), 3)).toEqual(['created', 'created', 'created']);
			expect(posts()).toBe(4);
		},
	);

	if (!isFirst && !triesAll) return;

	describe('with Look Up, Then Report', () => {
		const only = { outcomeUnknown: 'lookUpOnly' };

		test('finds an event that was created, and never sends one again that it does not find', async ({
			emulated,
			run,
			posts,
			outcomes,
		}) => {
			emulated.faults.add(faultFor(0, { close: 'after' }));
			emulated.faults.add(faultFor(1, { close: 'before' }));
			const result = await run(itemsOf(3), only);
			expect(outcomes(result, 3)).toEqual(['created', 'unknown', 'created']);
			expect(posts()).toBe(3);
			const { error, details } = result.success[1]?.json as { error: string; details: IDataObject };
			expect(error).toContain('may or may not exist');
			expect(details.what_to_do).toMatch(/did not find it.*not sent again.*Look in/s);
		});

		test('finds an event that shows late when it is delivered again, and sends nothing', async ({
			emulated,
			run,
			posts,
			existingIds,
			outcomes,
		}) => {
			const keyed = {
				...only,
				deduplicationKey: `={{ $json.notes }} ${driven.title} late`,
				timeout: KEYED_TIMEOUT_MS,
			};
			emulated.faults.add(faultFor(0, { close: 'after' }));
			// It does not show in the list at first.
			emulated.faults.add(onList({ status: 200, body: driven.listing([]), times: LOOKS_MS.length }));
			expect(outcomes(await run(itemsOf(1), keyed), 1)).toEqual(['unknown']);
			expect(idsOf(await run(itemsOf(1), keyed))).toEqual(existingIds());
			expect((await run(itemsOf(1), keyed)).success[0]?.json).toMatchObject({ skipped: true });
			expect(posts()).toBe(1);
		});
	});

	test('finds the second of two tries', async ({ emulated, run, posts, outcomes }) => {
		emulated.faults.add(faultFor(0, { close: 'before' }));
		emulated.faults.add(faultFor(0, { close: 'after' }));
		expect(outcomes(await run(itemsOf(1)), 1)).toEqual(['created']);
		expect(posts()).toBe(2);
	});

	test('ends after a few tries without certainty: what is not there may still show', async ({
		emulated,
		run,
		posts,
		outcomes,
	}) => {
		const keyed = {
			deduplicationKey: `={{ $json.notes }} ${driven.title} never`,
			timeout: KEYED_TIMEOUT_MS,
		};
		// The second item is never answered; the third one is refused when it is sent again, so it does not exist.
		emulated.faults.add(faultFor(1, { status: 503, times: 3 }));
		emulated.faults.add(faultFor(2, { close: 'before' }));
		emulated.faults.add(faultFor(2, { ...driven.wrongForm, status: 422 }));
		const result = await run(itemsOf(4), keyed);
		expect(outcomes(result, 4)).toEqual(['created', 'unknown', 'refused', 'created']);
		expect(posts()).toBe(2 + 3 + 2);
		const told = result.success.map(({ json }) => json as { error: string; details: IDataObject });
		expect(told[1]?.error).toContain('may or may not exist');
		expect(told[1]?.details.what_to_do).toMatch(
			/may still appear there later\. It was sent 3 times.*Look in/s,
		);
		expect(told[2]?.details.what_to_do).toMatch(/did not find it, so it was sent again and then refused/);
		// A key in doubt is begun: a redelivery sends nothing blindly. The key of what was refused is free.
		const again = await run(itemsOf(4), { ...keyed, outcomeUnknown: 'report' });
		const outcomesAgain = accountOf(driven, again, 4).outcomes;
		expect(outcomesAgain).toEqual(['skipped', 'unknown', 'created', 'skipped']);
		expect(posts()).toBe(2 + 3 + 2 + 1);
	});

	const saying = (message: string): unknown => ({ error: { code: 'invalid_request', message } });

	testEach<[number, string, Fault]>([
		...part([[401], [403], [404], [409]], 4).map(([status = 0]): [number, string, Fault] => [
			status,
			'',
			{},
		]),
		[400, ', as a record is gone by then', { body: saying('The person was not found') }],
		[422, ', as a record is gone by then', { body: saying('This one does not exist any more') }],
	])(
		'stays unknown if it is refused with HTTP %s when it is sent again%s: that says nothing of the first request',
		async ({ emulated, run, posts, existingIds, outcomes }, status, gone, said) => {
			const keyed = {
				deduplicationKey: `={{ $json.notes }} ${driven.title} then ${status}${gone}`,
				timeout: KEYED_TIMEOUT_MS,
			};
			emulated.faults.add(faultFor(0, { close: 'after' }));
			// It shows late.
			emulated.faults.add(onList({ status: 200, body: driven.listing([]), times: LOOKS_MS.length }));
			emulated.faults.add(faultFor(0, { status, ...said }));
			const result = await run(itemsOf(1), keyed);
			expect(outcomes(result, 1)).toEqual(['unknown']);
			const { details } = result.success[0]?.json as { details: IDataObject };
			expect(details.what_to_do).toContain(`HTTP ${status}`);
			// Delivered again, it is found.
			expect(idsOf(await run(itemsOf(1), keyed))).toEqual(existingIds());
			expect(existingIds()).toHaveLength(1);
			expect(posts()).toBe(2);
		},
	);

	test('sends what was mended after it had been refused, though a request before had no clear answer', async ({
		services,
		emulated,
		run,
		posts,
		existingIds,
		outcomes,
	}) => {
		const keyed = { deduplicationKey: `={{ $json.event_id }} ${driven.title} mended` };
		emulated.faults.add(faultFor(0, { status: 500 }));
		emulated.faults.add(faultFor(0, { ...driven.wrongForm, status: 422 }));
		const item = { ...itemAt(0), event_id: 'mended' };
		const stopped = await run([item], keyed, { onError: 'stopWorkflow' });
		expect(outcomes(stopped, 1)).toEqual(['refused']);
		const mended = driven.parameters({ ...lookUp, ...keyed }, "={{ $json.notes + ', mended' }}");
		const retried = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...mended },
		});
		expect(outcomes(retried, 1)).toEqual(['created']);
		expect(existingIds()).toHaveLength(1);
		expect(posts()).toBe(3);
	});

	testEach<[string, Fault]>([
		['is refused', { status: 403, times: Infinity }],
		['gives a web page', { status: 200, body: '<html></html>', times: Infinity }],
		['gives another form', { status: 200, body: { rows: [] }, times: Infinity }],
		['gives a list of nothing readable', { status: 200, body: [], times: Infinity }],
	])('leaves it unknown when the look-up %s', async ({ emulated, run, posts, outcomes }, _, fault) => {
		emulated.faults.add(faultFor(1, { close: 'after' }));
		emulated.faults.add(onList(fault));
		expect(outcomes(await run(itemsOf(3)), 3)).toEqual(['created', 'unknown', 'created']);
		expect(posts()).toBe(3);
	});

	test('looks again when the first look fails', async ({ emulated, run, outcomes }) => {
		emulated.faults.add(faultFor(1, { close: 'after' }));
		emulated.faults.add(onList({ status: 403 }));
		expect(outcomes(await run(itemsOf(3)), 3)).toEqual(['created', 'created', 'created']);
	});

	test('waits for an answer to a look no longer than Timeout says', async ({ emulated, run, outcomes }) => {
		emulated.faults.add(faultFor(0, { close: 'after' }));
		emulated.faults.add(onList({ hang: true }));
		const from = Date.now();
		expect(outcomes(await run(itemsOf(1), { timeout: 3_000 }), 1)).toEqual(['created']);
		expect(Date.now() - from).toBeLessThan(DEFAULT_TIMEOUT_MS);
	});

	test('leaves it unknown when the last look fails, though the one before found nothing', async ({
		emulated,
		run,
		posts,
		outcomes,
	}) => {
		emulated.faults.add(faultFor(1, { close: 'after' }));
		emulated.faults.add(onList({ status: 200, body: driven.listing([]) }));
		emulated.faults.add(onList({ status: 403, times: Infinity }));
		expect(outcomes(await run(itemsOf(3)), 3)).toEqual(['created', 'unknown', 'created']);
		expect(posts()).toBe(3);
	});

	test('leaves it unknown when the execution is stopped meanwhile', async ({
		emulated,
		run,
		posts,
		existingIds,
	}) => {
		emulated.faults.add(faultFor(0, { close: 'before' }));
		emulated.faults.add(onList({ hang: true }));
		const stop = new AbortController();
		const unlisten = emulated.ledger.listen(({ method, path }) => {
			if (method === 'GET' && path.endsWith(driven.listPath)) setImmediate(() => stop.abort());
		});
		const { status } = await run(itemsOf(1), {}, { signal: stop.signal });
		unlisten();
		expect([status, posts(), existingIds()]).toEqual(['canceled', 1, []]);
	});

	describe('of two equal items', () => {
		const equal = [itemAt(0), itemAt(0)];

		testEach<['before' | 'after']>([['before'], ['after']])(
			'keeps them apart when the first is lost %s it was created',
			async ({ emulated, run, existingIds }, close) => {
				emulated.faults.add(faultFor(0, { close }));
				const result = await run(equal);
				expect(idsOf(result)).toHaveLength(2);
				expect(idsOf(result).sort()).toEqual(existingIds().sort());
			},
		);

		test('does not take the second, lost one for the first, created one', async ({
			emulated,
			run,
			posts,
			existingIds,
		}) => {
			emulated.faults.add({ ...faultFor(0, { close: 'before' }), after: 1 });
			const result = await run(equal);
			expect(idsOf(result)).toHaveLength(2);
			expect(idsOf(result).sort()).toEqual(existingIds().sort());
			expect(posts()).toBe(3);
		});

		test('does not take what a later one has created in an earlier try for an earlier one', async ({
			emulated,
			run,
			existingIds,
		}) => {
			emulated.faults.add(faultFor(0, { close: 'before' }));
			// In the first try nothing can be looked up, so that the first item stays in doubt.
			emulated.faults.add(onList({ status: 403, times: 2 }));
			const result = await run(
				equal,
				{},
				{ ...goOn, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			);
			expect(idsOf(result)).toHaveLength(2);
			expect(idsOf(result).sort()).toEqual(existingIds().sort());
			expect(existingIds()).toHaveLength(2);
		});
	});

	describe('by the clock of the service', () => {
		const ahead = 2 * HOUR;
		const date = () => new Date(Date.now() + ahead).toUTCString();

		test('finds an event of now, although the clock is hours ahead', async ({ emulated, run, posts }) => {
			emulated.faults.add(faultFor(0, { close: 'before' }));
			const body = driven.listing([{ id: 77, index: 0, at: Date.now() + ahead + 500 }]);
			emulated.faults.add(onList({ status: 200, body, headers: { date: date() } }));
			const result = await run(itemsOf(1));
			expect(idsOf(result)).toEqual([expect.stringMatching(/^(job_)?77$/)]);
			expect(posts()).toBe(1);
		});

		test('does not take an equal event from before for it, though by our clock it be later', async ({
			emulated,
			run,
			posts,
			existingIds,
		}) => {
			emulated.faults.add(faultFor(0, { close: 'before' }));
			const body = driven.listing([{ id: 77, index: 0, at: Date.now() + ahead - MINUTE }]);
			emulated.faults.add(onList({ status: 200, body, headers: { date: date() }, times: 2 }));
			const result = await run(itemsOf(1));
			expect(idsOf(result)).toEqual(existingIds());
			expect(posts()).toBe(2);
		});

		testEach<[string, number]>([
			['is right', 0],
			['is hours ahead', -13 * HOUR],
			['is hours behind', 13 * HOUR],
		])(
			'leaves it unknown where the service does not tell its time, and our clock %s',
			async ({ emulated, run, posts, outcomes }, _, off) => {
				emulated.faults.add(faultFor(0, { close: 'before' }));
				const body = driven.listing([{ id: 77, index: 0, at: Date.now() + off }]);
				emulated.faults.add(
					onList({ status: 200, body, headers: { date: 'unknown' }, times: Infinity }),
				);
				expect(outcomes(await run(itemsOf(1)), 1)).toEqual(['unknown']);
				expect(posts()).toBe(1);
			},
		);
	});

	test('leaves it unknown where a row that may be the event has no ID', async ({
		emulated,
		run,
		posts,
		outcomes,
	}) => {
		emulated.faults.add(faultFor(0, { close: 'before' }));
		const listing = JSON.stringify(driven.listing([{ id: 77, index: 0, at: Date.now() + 500 }]));
		const body = JSON.parse(listing.replace(/"(?:job_)?id":(?:77|"job_77"),/, '')) as IDataObject;
		emulated.faults.add(onList({ status: 200, body, times: Infinity }));
		expect(outcomes(await run(itemsOf(1)), 1)).toEqual(['unknown']);
		expect(posts()).toBe(1);
	});

	test('reads page after page', async ({ emulated, run, looks }) => {
		emulated.faults.add(faultFor(0, { close: 'before' }));
		emulated.faults.add(onList({ status: 200, body: driven.listing([], true) }));
		emulated.faults.add(
			onList({ status: 200, body: driven.listing([{ id: 77, index: 0, at: Date.now() }]) }),
		);
		expect(idsOf(await run(itemsOf(1)))).toEqual([expect.stringMatching(/^(job_)?77$/)]);
		const pages = looks().map(({ query }) => query);
		expect(pages.map(({ offset, page_number: page }) => Number(offset ?? page))).toEqual([
			0,
			expect.any(Number),
		]);
		expect(new Set(pages.map((query) => JSON.stringify(query))).size).toBe(2);
	});

	const list = `${driven.service} ${driven.listPath}`;
	if (endless.size < endless.add(list).size)
		test('leaves it unknown when there is no end to the pages', async ({ emulated, run, outcomes }) => {
			emulated.faults.add(faultFor(0, { close: 'before' }));
			emulated.faults.add(onList({ status: 200, body: driven.listing([], true), times: Infinity }));
			expect(outcomes(await run(itemsOf(1)), 1)).toEqual(['unknown']);
		});

	describe('for a key that an earlier execution began', () => {
		let keys = 0;
		const newKey = (): IDataObject => ({
			deduplicationKey: `={{ $json.notes }} ${driven.title} ${++keys}`,
			timeout: KEYED_TIMEOUT_MS,
		});

		test('finds its event, and the key is done', async ({ run, posts, existingIds, begin }) => {
			const keyed = newKey();
			await begin({ close: 'after' }, keyed);
			expect(idsOf(await run(itemsOf(1), keyed))).toEqual(existingIds());
			expect((await run(itemsOf(1), keyed)).success[0]?.json).toMatchObject({ skipped: true });
			expect(posts()).toBe(1);
		});

		test('sends it when there is none, and the key is done', async ({
			run,
			posts,
			existingIds,
			begin,
		}) => {
			const keyed = newKey();
			await begin({ close: 'before' }, keyed);
			expect(idsOf(await run(itemsOf(1), keyed))).toEqual(existingIds());
			expect((await run(itemsOf(1), keyed)).success[0]?.json).toMatchObject({ skipped: true });
			expect(posts()).toBe(2);
		});

		test('waits for as long as the request of the other may take, and finds what came of it', async ({
			services,
			emulated,
			run,
			looks,
			begin,
		}) => {
			const keyed = newKey();
			await begin({ close: 'before' }, keyed);
			const looking = run(itemsOf(1), keyed);
			await until(() => looks().length >= LOOKS_MS.length);
			const late = await driven.run(services, driven.parameters({}), { items: itemsOf(1) });
			expect(idsOf(await looking)).toEqual(idsOf(late));
			expect(emulated.ledger.created).toHaveLength(1);
		});

		describe('and this one has sent again, without a clear answer', () => {
			/** Both executions sent it, and the second one could not ask whether its own request was carried out. */
			const sendTwice = async (
				{ services, emulated, begin, posts }: Tools,
				fault: Fault,
			): Promise<() => Promise<RunResult>> => {
				const keyed = newKey();
				await begin(fault, keyed);
				const hidden = emulated.faults.add(
					onList({ status: 200, body: driven.listing([]), times: Infinity }),
				);
				emulated.faults.add(faultFor(0, { close: 'before' }));
				// From its second request on, nothing can be looked up.
				const unlisten = emulated.ledger.listen(() => {
					if (posts() === 2) Object.assign(hidden, { status: 403 });
				});
				const parameters = driven.parameters({ ...lookUp, ...keyed });
				const stopped = await driven.run(services, parameters, { items: itemsOf(1) });
				unlisten();
				expect([accountOf(driven, stopped, 1).outcomes, posts()]).toEqual([['unknown'], 2]);
				emulated.faults.clear();
				// The store knows both, as long as the items have their IDs.
				const { deduplicationKey: _, ...others } = stopped.options.parameters ?? {};
				const without = { ...others, ...driven.parameters(lookUp) };
				return async () => await services.engine.retry(stopped, { parameters: without });
			};

			test('finds the event of the first one when it is retried without the ID, and sends nothing', async (tools) => {
				// Longer than two clocks may differ.
				const retry = await sendTwice(tools, { close: 'after', delayMs: 4_000 });
				expect(idsOf(await retry())).toEqual(tools.existingIds());
				expect([tools.existingIds().length, tools.posts()]).toEqual([1, 2]);
			});

			test('leaves it unknown when it is retried without the ID and the only event like it is from yesterday', async (tools) => {
				const retry = await sendTwice(tools, { close: 'before' });
				const body = driven.listing([{ id: 77, index: 0, at: Date.now() - 26 * HOUR }]);
				tools.emulated.faults.add(onList({ status: 200, body, times: Infinity }));
				expect(tools.outcomes(await retry(), 1)).toEqual(['unknown']);
				expect(tools.posts()).toBe(2);
			});
		});

		test('leaves it unknown when the only event like it is from yesterday: it may be this one', async ({
			emulated,
			run,
			posts,
			outcomes,
			begin,
		}) => {
			const keyed = newKey();
			await begin({ close: 'before' }, keyed);
			const body = driven.listing([{ id: 77, index: 0, at: Date.now() - 26 * HOUR }]);
			emulated.faults.add(onList({ status: 200, body, times: Infinity }));
			const result = await run(itemsOf(1), keyed);
			expect(outcomes(result, 1)).toEqual(['unknown']);
			expect(posts()).toBe(1);
		});
	});
}
