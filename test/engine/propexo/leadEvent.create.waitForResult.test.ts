import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { triesAll } from '../../support/effort.ts';
import { useOwnServices } from '../support/ownServices.ts';
import type { Services, Settings } from '../support/services.ts';
import { withTiming } from '../support/services.ts';
import { until } from '../support/deliver/driven.ts';
import { leadEvent } from './support/run.ts';

const { services, test } = useOwnServices();

const propexo = () => services.emulator.propexo;
const polls = () => propexo().ledger.requests.filter(({ path }) => path.includes('/write-status/'));
const posts = () => propexo().ledger.requests.filter(({ method }) => method === 'POST');
const jobs = () => propexo().ledger.created.map(({ id }) => id);
/** The same with a rate at which polls need not wait. */
const quick = () => withTiming(services, { rate: { requests: 100_000 } });

const create = async (
	notes: string,
	options: IDataObject = {},
	settings: Settings = {},
	on: Services = services,
) => await leadEvent(on, { notes, options: { waitForResult: true, ...options } }, settings);
const ofItems = async (
	notes: string[],
	options: IDataObject = {},
	settings: Settings = {},
	on: Services = services,
) => {
	const items = notes.map((text) => ({ notes: text }));
	return await create('={{ $json.notes }}', options, { items, ...settings }, on);
};

describe('Wait for Result', () => {
	test('gives the ID of the record that the PMS made', async () => {
		const { success, hints, thrown } = await create('fine');
		expect(thrown).toBeUndefined();
		expect(success).toEqual([
			{
				json: {
					outcome: 'created',
					job_id: jobs()[0],
					integration_id: 'int_any',
					lead_id: 'lead_1',
					data: expect.objectContaining({ notes: 'fine' }),
					write_status: 'SUCCESS',
					write_errors: [],
					created_record_id: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(hints).toEqual([]);
	});

	test('asks nothing unless it is wanted', async () => {
		const { success } = await leadEvent(services, { notes: 'x', options: { waitTimeout: 5 } });
		expect(Object.keys(success[0]?.json ?? {})).toEqual([
			'outcome',
			'job_id',
			'integration_id',
			'lead_id',
			'data',
		]);
		await create('x', { waitForResult: false });
		expect(polls()).toEqual([]);
	});

	test('begins when all items are sent', async () => {
		await ofItems(['a', 'b', 'c'], {}, {}, quick());
		const order = propexo().ledger.requests.filter(({ path }) => !path.includes('integrations'));
		const methods = order.map(({ method }) => method);
		expect(methods.slice(0, 3)).toEqual(['POST', 'POST', 'POST']);
		expect(new Set(methods.slice(3))).toEqual(new Set(['GET']));
	});

	test("fails the item with the PMS's own words when it refused", async () => {
		const { thrown, success } = await create('[fail]');
		expect(success).toEqual([]);
		expect(thrown?.message).toBe(
			'The PMS refused it: The guest card is closed and takes no more events. (PMS-1201)',
		);
		expect(thrown?.description).toContain("'Write Job: Retry'");
		expect(thrown?.context.data).toEqual({
			outcome: 'refused',
			job_id: jobs()[0],
			write_status: 'FAILURE',
			write_errors: ['The guest card is closed and takes no more events. (PMS-1201)'],
		});
		expect(posts()).toHaveLength(1);
	});

	test("takes the renter's data out of those words", async () => {
		propexo().faults.add({
			match: { path: /write-status/ },
			status: 200,
			body: {
				write_status: 'FAILURE',
				errors: ['{"message":"No card for Grace Hale, grace.hale@example.com, lead_1"}'],
				created_record_id: null,
			},
		});
		const { thrown } = await create('Grace Hale');
		expect(thrown?.message).toBe('The PMS refused it: No card for […], […], […]');
		expect(JSON.stringify(thrown?.context)).not.toMatch(/Grace|Hale/);
	});

	test('gives a partial success as an output, with a hint, and does not send it again', async () => {
		const { success, hints, thrown } = await create('[partial]');
		expect(thrown).toBeUndefined();
		expect(success[0]?.json).toMatchObject({
			write_status: 'PARTIAL_SUCCESS',
			write_errors: [
				'The event was added; its note was not. (408)',
				'Failed to write event note: the PMS did not answer in time.',
			],
			created_record_id: expect.any(String),
		});
		expect(hints).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/^The PMS took only a part of it/),
			}),
		]);
		expect(posts()).toHaveLength(1);
	});

	test('says that a write was still pending when the time was up', async () => {
		const { success, hints, thrown } = await create('[pending]', { waitTimeout: 2 });
		expect(thrown).toBeUndefined();
		expect(success[0]?.json).toMatchObject({
			outcome: 'pending',
			job_id: jobs()[0],
			write_status: 'PENDING',
			write_errors: [],
		});
		expect(success[0]?.json).not.toHaveProperty('created_record_id');
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/^.*write_status is PENDING/) }),
		]);
		expect(posts()).toHaveLength(1);
	});

	test('gives each item the result of its own write', async () => {
		const { success, error, hints } = await ofItems(
			['[fail]', 'fine', '[pending]', '[partial]', '[fail]', '[pending]'],
			{ waitTimeout: 6 },
			{ onError: 'continueErrorOutput' },
			quick(),
		);
		expect(success.map(({ json, pairedItem }) => [json.write_status, pairedItem])).toEqual([
			['SUCCESS', { item: 1 }],
			['PENDING', { item: 2 }],
			['PARTIAL_SUCCESS', { item: 3 }],
			['PENDING', { item: 5 }],
		]);
		expect(error.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			[expect.stringMatching(/^Item 1 of 6: the PMS refused it/), { item: 0 }],
			[expect.stringMatching(/^Item 5 of 6: the PMS refused it/), { item: 4 }],
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Item 4 of 6: The PMS took only a part of it/),
			expect.stringMatching(/^Items 3 and 6 of 6: The PMS had not answered/),
			expect.stringMatching(/^Items 1 and 5 of 6 ended with an error/),
		]);
	});

	test('tells an item that was skipped for another one of the run that this one was refused', async () => {
		const items = ['[fail]', 'again', 'fine', 'fine again'].map((notes, index) => ({
			...{ notes, id: index < 2 ? 'refused-1' : 'taken', at: '2026-03-01T14:30:00-06:00' },
		}));
		const { success } = await leadEvent(
			quick(),
			{
				notes: '={{ $json.notes }}',
				eventDatetime: '={{ $json.at }}',
				deduplicationKey: '={{ $json.id }}',
				options: { waitForResult: true },
			},
			{ items, onError: 'continueRegularOutput' },
		);
		const whose = { outcome: 'skipped', integration_id: 'int_any', lead_id: 'lead_1' };
		expect(success.map(({ json }) => json)).toEqual([
			expect.objectContaining({ details: expect.objectContaining({ outcome: 'refused' }) }),
			{ ...whose, skipped: true, deduplication_key: 'refused-1', refused_before: true },
			expect.objectContaining({ write_status: 'SUCCESS' }),
			{ ...whose, skipped: true, deduplication_key: 'taken' },
		]);
		expect(posts()).toHaveLength(2);
	});

	test('tells the results of a dozen writes soon when nothing else needs the rate', async () => {
		const { success } = await ofItems(
			Array.from({ length: 12 }, (_, index) => `Call ${index}`),
			{ waitTimeout: 20 },
		);
		expect(success.map(({ json }) => json.write_status)).toEqual(success.map(() => 'SUCCESS'));
	});

	test('leaves the rate to writes once half of it is used up', async () => {
		const requests = 20;
		propexo().settings.limit = requests;
		const notes = Array.from({ length: 12 }, (_, index) => `Call ${index}`);
		await ofItems(notes, { waitTimeout: 8 }, {}, withTiming(services, { rate: { requests } }));
		expect(posts()).toHaveLength(12);
		expect(polls()).toHaveLength(1);
	});

	test('waits as long as each item says', async () => {
		propexo().settings.jobMs = 3_500;
		const { success } = await create(
			'x',
			{ waitTimeout: '={{ $json.seconds }}' },
			{ items: [{ seconds: 1 }, { seconds: 20 }] },
			quick(),
		);
		expect(success.map(({ json }) => json.write_status)).toEqual(['PENDING', 'SUCCESS']);
	});

	test('goes on where Propexo is out of order for a while', async () => {
		propexo().faults.add({ match: { path: /write-status/ }, status: 500, times: 2 });
		expect((await create('fine')).success[0]?.json.write_status).toBe('SUCCESS');
	});

	test('goes on where a no came in passing: of a job not readable yet, of a proxy, of a sign-in page', async () => {
		const noes = [
			{ status: 404, times: 3 },
			{ status: 403 },
			{ status: 302 },
			{ status: 401 },
			{ status: 425 },
		];
		for (const no of noes) propexo().faults.add({ match: { path: /write-status/ }, ...no });
		const { success, hints } = await create('fine', { waitTimeout: 30 }, {}, quick());
		expect(success[0]?.json.write_status).toBe('SUCCESS');
		expect(hints).toEqual([]);
		expect(polls()).toHaveLength(3 + 4 + 1);
	});

	test.each([400, 401, 403])(
		'is an output that says so when Propexo does not tell the status: %i',
		async (status) => {
			propexo().faults.add({ match: { path: /write-status/ }, status, times: Infinity });
			const { success, hints, thrown } = await create('fine', { waitTimeout: 30 }, {}, quick());
			expect(thrown).toBeUndefined();
			expect(success[0]?.json).toMatchObject({ outcome: 'pending', write_status: 'PENDING' });
			expect(hints).toEqual([
				expect.objectContaining({ message: expect.stringContaining('did not say how it ended') }),
			]);
			expect(polls()).toHaveLength(2);
		},
	);

	test('does not blame the PMS when Propexo is out of order all the time', async () => {
		propexo().faults.add({ match: { path: /write-status/ }, status: 500, times: Infinity });
		const { success, hints } = await create('fine', { waitTimeout: 3 });
		expect(success[0]?.json).toMatchObject({ outcome: 'pending', write_status: 'PENDING' });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('Propexo accepted it, and did not say how it ended'),
		]);
	});

	test('says of created items that nothing is known yet when the rate ended the run for the others', async () => {
		propexo().faults.add({
			match: { method: 'POST', bodyIncludes: 'second' },
			status: 429,
			headers: { 'retry-after': '3600' },
			times: Infinity,
		});
		const settings = { onError: 'continueRegularOutput' } as const;
		const { success, hints } = await ofItems(['first', 'second'], { waitTimeout: 2 }, settings);
		expect(success[0]?.json).toMatchObject({ job_id: jobs()[0], write_status: 'PENDING' });
		expect(success[1]?.json.details).toMatchObject({ outcome: 'not sent' });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Item 1 of 2: /),
			expect.stringMatching(/^Item 2 of 2 ended with an error/),
		]);
	});

	test("takes the renter's data out of the PMS's words even if Propexo echoes none of it", async () => {
		propexo().faults.add({
			match: { method: 'POST' },
			status: 201,
			body: { meta: { job_id: 'job_1' }, result: {} },
		});
		propexo().faults.add({
			match: { path: /write-status/ },
			status: 200,
			body: {
				write_status: 'FAILURE',
				errors: ['Guest card of Marguerite Delacroix, (512) 555-0100, is locked'],
				created_record_id: null,
			},
		});
		const { thrown } = await create('Marguerite Delacroix');
		expect(thrown?.message).toBe('The PMS refused it: Guest card of […], […], is locked');
	});

	test.each([0, 3_601, 1.5])('takes no timeout of %d s', async (waitTimeout) => {
		const { thrown } = await create('x', { waitTimeout: `={{ ${waitTimeout} }}` });
		expect(thrown?.message).toContain("'Wait Timeout (Seconds)' must be a whole number from 1 to 3600");
		expect(propexo().ledger.requests).toEqual([]);
	});

	test('asks after each write less and less often', async () => {
		const stop = new AbortController();
		const running = create('[pending]', { waitTimeout: 600 }, { signal: stop.signal });
		await until(() => polls().length === 3);
		stop.abort();
		await running;
		const times = [...posts(), ...polls()].map(({ at }) => at);
		const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
		// After 1, 3 and 7 s; a timer may fire a little early by this clock.
		expect(pauses.map((ms, index) => ms > 2 ** index * 1_000 - 20)).toEqual([true, true, true]);
	});

	test('leaves the rate to writes: all executions of a token share a fifth of it for polls', async () => {
		const faster = withTiming(services, { rate: { requests: 1_500 } });
		// Half of what Propexo allows is used up before.
		propexo().settings.limit = 150;
		const before = Array.from({ length: 76 }, (_, index) => `Before ${index}`);
		await ofItems(before, { waitForResult: false }, {}, faster);
		const began = Date.now();
		await Promise.all(
			Array.from({ length: 40 }, async (_, index) =>
				create('[pending]', { waitTimeout: 4 }, { executionId: String(index) }, faster),
			),
		);
		const times = polls().map(({ at }) => at);
		const seconds = (Math.max(...times) - began) / 1_000;
		expect(times.length).toBeGreaterThan(10);
		// 1500 a minute, a fifth of it: 5 a second.
		expect(times.length).toBeLessThanOrEqual(5 * seconds + 1);
	});

	test('asks quickly in a burst while the rate is unused, though writes wait for each other', async () => {
		const faster = withTiming(services, { rate: { requests: 500 } });
		Object.assign(propexo().settings, { limit: 100_000, latencyMs: 200 });
		const runs = await Promise.all(
			Array.from({ length: 40 }, async (_, index) =>
				// Within a fifth of the rate, it would take 24 s to ask after all of them.
				create('fine', { waitTimeout: 15 }, { executionId: String(index) }, faster),
			),
		);
		const told = runs.map(({ success }) => success[0]?.json['write_status']);
		expect(told).toEqual(told.map(() => 'SUCCESS'));
	});

	const many = triesAll ? 1_000 : 250;
	test(`asks seldom enough for ${many} items`, async () => {
		const notes = Array.from({ length: many }, (_, index) => `n${index}`);
		const { success } = await ofItems(notes, { waitTimeout: 6 });
		expect(success).toHaveLength(many);
		// The published rate, 150 a minute: five in two seconds.
		expect(polls().length).toBeLessThanOrEqual(16);
		const known = success
			.filter(({ json }) => json.write_status === 'SUCCESS')
			.map(({ json }) => json.job_id);
		expect(known).toEqual(polls().map(({ path }) => path.split('/').at(-1)));
		expect(success.at(-1)?.json.write_status).toBe('PENDING');
		expect(propexo().ledger.requests.filter(({ path }) => path.includes('integrations'))).toHaveLength(1);
	});

	test('does not ask after, nor send again, what an earlier try of the execution knows', async () => {
		const at = quick();
		const first = await ofItems(['fine', '[fail]'], {}, {}, at);
		expect(first.thrown?.message).toMatch(/^Item 2 of 2: the PMS refused it/);
		const asked = polls().length;
		const again = await at.engine.retry(first);
		expect(again.thrown?.message).toMatch(/^Item 2 of 2: the PMS refused it/);
		expect(again.thrown?.description).toContain("'Retry' of the execution does not send it again");
		expect([posts().length, polls().length]).toEqual([2, asked]);
	});

	test('is not waited for by a run that an item stops; its retry waits', async () => {
		propexo().faults.add({
			match: { method: 'POST', bodyIncludes: 'no good' },
			status: 400,
			body: { message: 'No' },
			times: 1,
		});
		const at = quick();
		const notes = ['fine', 'also fine', 'no good'];
		const stopped = await ofItems(notes, { waitTimeout: 600 }, {}, at);
		expect(stopped.thrown?.description).toContain(
			'Of 3 lead events: 2 pending (items 1–2), 1 refused (item 3).',
		);
		expect(polls()).toEqual([]);
		const last = await at.engine.retry(stopped);
		expect(last.thrown).toBeUndefined();
		expect(last.success.map(({ json }) => [json.outcome, json.write_status])).toEqual(
			notes.map(() => ['created', 'SUCCESS']),
		);
		expect(jobs()).toHaveLength(3);
	});

	test('is waited for by a retry in which one item is still in doubt', async () => {
		propexo().faults.add({ match: { bodyIncludes: 'in doubt' }, close: 'after' });
		const stopped = await ofItems(['in doubt', 'fine', '[fail once]'], {}, {}, quick());
		expect(stopped.thrown?.description).toContain('1 unknown (item 1)');
		const { thrown } = await quick().engine.retry(stopped);
		expect(thrown?.message).toContain('may or may not exist');
		expect(thrown?.description).toContain('1 created (item 2), 1 refused (item 3), 1 unknown (item 1)');
		expect(posts()).toHaveLength(3);
	});

	test('waits in a retry for what was still pending', async () => {
		const at = quick();
		const first = await ofItems(['[pending]', '[fail]'], { waitTimeout: 5 }, {}, at);
		expect(first.thrown).toBeDefined();
		const asked = polls().length;
		await at.engine.retry(first);
		expect(
			new Set(
				polls()
					.slice(asked)
					.map(({ path }) => path.split('/').at(-1)),
			),
		).toEqual(new Set([jobs()[0]]));
		expect(posts()).toHaveLength(2);
	});

	test('ends with the execution', async () => {
		const stop = new AbortController();
		const running = create('[pending]', { waitTimeout: 600 }, { signal: stop.signal });
		while (polls().length === 0) await sleep(10);
		stop.abort();
		expect((await running).status).toBe('canceled');
		const asked = polls().length;
		await sleep(2_500);
		expect(polls()).toHaveLength(asked);
	});
});
