import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { anotherProcess, useServices, withTiming } from '../support/services.ts';
import { accountOf } from '../support/deliver/account.ts';
import { faultFor, itemsOf, until } from '../support/deliver/driven.ts';
import { leadEvent } from './support/run.ts';
import { driven } from './support/driven.ts';

describe('Propexo: its write log', () => {
	const services = useServices({ timing: { lookUpAfterMs: [20] } });

	const run = async (on = services, settings: Settings = {}) =>
		await leadEvent(on, driven.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(1),
			onError: 'continueRegularOutput',
			...settings,
		});

	it('is looked at again while the job may be pending, since it lists finished ones alone', async () => {
		const { propexo } = services.emulator;
		propexo.settings.jobMs = 600_000;
		propexo.faults.add(faultFor(0, { close: 'after' }));
		// The job ends once the log has been read.
		const unlisten = propexo.ledger.listen(({ path, status }) => {
			if (path === driven.listPath && status === 200)
				for (const job of propexo.jobs.list) job.doneAt = Date.now();
		});
		const { success } = await run(withTiming(services, { lookUpAfterMs: [20, 100] }));
		unlisten();
		const { created, requests } = propexo.ledger;
		expect(success.map(({ json }) => json.job_id)).toEqual(created.map(({ id }) => id));
		expect(requests.filter(({ path }) => path === driven.listPath)).toHaveLength(2);
		expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('keeps no execution that is stopped waiting for what another one reads of it', async () => {
		const { ledger, faults } = services.emulator.propexo;
		faults.add(faultFor(0, { status: 502, times: 2 }));
		faults.add({ match: { method: 'GET', path: driven.listPath }, delayMs: 10_000 });
		const sent = () => ledger.requests.filter(({ method }) => method === 'POST').length;
		const read = () => ledger.requests.find(({ path }) => path === driven.listPath);
		const reading = run();
		await until(() => read() !== undefined);
		const stop = new AbortController();
		const waiting = run(services, { signal: stop.signal });
		await until(() => sent() === 2);
		await sleep(300);
		stop.abort();
		await waiting;
		expect(read()?.status).toBe('pending');
		expect((await reading).success[0]?.json.outcome).toBe('created');
	});

	it('decides nothing by a row that does not tell what was sent', async () => {
		services.emulator.propexo.faults.add(faultFor(0, { close: 'before' }));
		const logs = [{ job_id: 'job_1', created_at: new Date().toISOString(), status: 'SUCCESS' }];
		const body = { results: { logs } };
		services.emulator.propexo.faults.add({
			match: { method: 'GET' },
			status: 200,
			body,
			times: Infinity,
		});
		const { success } = await run();
		expect(success[0]?.json.details).toMatchObject({ outcome: 'unknown' });
	});

	it('decides nothing by an event of the same lead that has more fields filled in', async () => {
		services.emulator.propexo.faults.add(faultFor(0, { close: 'before' }));
		// Another workflow notes the same visit, with its unit, before this one looks.
		const listing = driven.listing([{ id: 77, index: 0, at: Date.now() + 500 }]);
		const { results } = listing as { results: { logs: Array<{ parameters: IDataObject }> } };
		for (const { parameters } of results.logs) parameters.unit_id = 'unit_1';
		services.emulator.propexo.faults.add({
			match: { method: 'GET', path: driven.listPath },
			status: 200,
			body: listing,
			times: Infinity,
		});
		const { success } = await run();
		expect(success[0]?.json.details).toMatchObject({ outcome: 'unknown' });
	});

	it.each([
		['in a part of its own', { loggedAs: 'wrapped' }, 'created'],
		['in another spelling', { loggedAs: 'camelCase' }, 'unknown'],
		['not all of them', { loggedAs: 'withoutNotes' }, 'unknown'],
	] as const)('tells the values %s: nothing is sent twice', async (_, settings, outcome) => {
		const { propexo } = services.emulator;
		Object.assign(propexo.settings, settings, { jobMs: 0 });
		propexo.faults.add(faultFor(0, { close: 'after' }));
		// The last one was not created, and the log names no write that may be it: it is sent again.
		propexo.faults.add(faultFor(3, { close: 'before' }));
		const result = await leadEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(4),
			onError: 'continueRegularOutput',
		});
		expect(accountOf(driven, result, 4).outcomes).toEqual([outcome, 'created', 'created', 'created']);
		expect(propexo.ledger.created).toHaveLength(4);
	});

	it('tells that the PMS refused a write whose reply was lost: it is refused, and no redelivery sends it', async () => {
		const { propexo } = services.emulator;
		propexo.settings.jobMs = 0;
		const marks = ['[fail once]', '[partial]', 'fine'];
		const items = itemsOf(3).map((item, index) => ({ ...item, notes: `${item.notes} ${marks[index]}` }));
		for (const index of [0, 1, 2]) propexo.faults.add(faultFor(index, { close: 'after' }));
		const parameters = driven.parameters({
			outcomeUnknown: 'lookUp',
			deduplicationKey: '={{ $json.notes }}',
		});
		const settings = { items, onError: 'continueRegularOutput' } as const;
		const result = await leadEvent(services, parameters, settings);
		expect(accountOf(driven, result, 3).outcomes).toEqual(['refused', 'created', 'created']);
		expect(result.success[0]?.json.error).toContain('the PMS refused it: The guest card is closed');
		expect(result.success[1]?.json).toMatchObject({ write_status: 'PARTIAL_SUCCESS' });
		const again = await leadEvent(services, parameters, settings);
		expect(accountOf(driven, again, 3).outcomes).toEqual(['skipped', 'skipped', 'skipped']);
		expect(propexo.ledger.created).toHaveLength(3);
	});

	it.each([
		['its integration is switched off by then', 'The integration is not active', 'unknown'],
		['its lead is gone by then', [{ code: 'custom', path: ['lead_id'], message: 'Invalid' }], 'unknown'],
		[
			'its time is taken by then',
			[{ code: 'custom', path: ['notes'], message: 'Already booked' }],
			'unknown',
		],
		['it is there by then', 'An event already exists for this lead', 'unknown'],
		['its ID is none', [{ code: 'invalid_string', path: ['lead_id'], message: 'Invalid' }], 'refused'],
		['it has a field too many', [{ code: 'unrecognized_keys', keys: ['mood'], path: [] }], 'refused'],
	])('is not there yet when the write is sent again and refused, as %s', async (_, said, outcome) => {
		const { propexo } = services.emulator;
		propexo.faults.add(faultFor(0, { close: 'after' }));
		const message = typeof said === 'string' ? said : 'invalid request';
		const details = typeof said === 'string' ? undefined : { details: { issues: said } };
		propexo.faults.add(faultFor(0, { status: 400, body: { error: { message, details } } }));
		const empty = { status: 200, body: driven.listing([]), times: Infinity };
		propexo.faults.add({ match: { method: 'GET', path: driven.listPath }, ...empty });
		const { success } = await run();
		expect(success[0]?.json.details).toMatchObject({ outcome });
	});

	describe('does not list the first of two writes yet, and the PMS refuses the second one because of it', () => {
		const options = { outcomeUnknown: 'lookUp', waitForResult: true };

		/** Each in the order in which they are sent: the PMS takes the first one long after it has refused the second one. */
		const refuseTheSecond = () => {
			const { propexo } = services.emulator;
			let sent = 0;
			propexo.settings.jobMs = 0;
			propexo.settings.jobResult = () => (++sent === 1 ? 'PENDING' : 'FAILURE');
			propexo.faults.add(faultFor(0, { close: 'after' }));
			return propexo;
		};

		const expectUnknown = (json: IDataObject = {}) => {
			expect(json.details).toMatchObject({ outcome: 'unknown', write_status: 'FAILURE' });
			const told = JSON.stringify(json);
			expect(told).toContain('The guest card is closed');
			expect(told).toContain('may or may not exist');
			expect(told).not.toContain('Nothing was written');
			expect(told).not.toMatch(/not sent again|may exist more than once/);
		};

		it.each([
			['the reply tells its job', false],
			['its reply is lost too, and the log lists it', true],
		])('so it is unknown: %s', async (_, isLost) => {
			const { faults, ledger } = refuseTheSecond();
			if (isLost) faults.add(faultFor(0, { close: 'after' }));
			const parameters = driven.parameters(options);
			const { success } = await leadEvent(services, parameters, {
				items: itemsOf(1),
				onError: 'continueRegularOutput',
			});
			expectUnknown(success[0]?.json);
			expect(ledger.created).toHaveLength(2);
		});

		it.each([
			['without an ID', {}],
			['with an ID', { deduplicationKey: '={{ $json.notes }} refused once' }],
		])('and a retry sends it no third time: %s', async (_, keyed) => {
			const { ledger } = refuseTheSecond();
			const parameters = driven.parameters({ ...options, ...keyed });
			const stopped = await leadEvent(services, parameters, { items: itemsOf(1) });
			expect(accountOf(driven, stopped, 1).outcomes).toEqual(['unknown']);
			const retried = await services.engine.retry(stopped);
			expect(accountOf(driven, retried, 1).outcomes).toEqual(['unknown']);
			expect(ledger.created).toHaveLength(2);
		});

		describe('and it is delivered again with its ID', () => {
			let count = 0;
			beforeEach(() => count++);
			const keyed = (options: IDataObject) =>
				driven.parameters({
					...options,
					deduplicationKey: `={{ $json.notes }} ${count}`,
					timeout: 1_000,
				});
			const goOn = { items: itemsOf(1), onError: 'continueRegularOutput' } as const;
			const report = { waitForResult: true };
			const lookUpOnly = { outcomeUnknown: 'lookUpOnly', waitForResult: true };
			const unwaited = { outcomeUnknown: 'lookUp' };

			/** Ends it as unknown. */
			async function leftUnknown() {
				const propexo = refuseTheSecond();
				const result = await leadEvent(services, keyed(options), goOn);
				expectUnknown(result.success[0]?.json);
				return propexo;
			}

			const here = async () => await Promise.resolve(services);
			const there = async () => await anotherProcess(services);

			it.each([
				['Report', report, here],
				['Report, in another process', report, there],
				['Look Up, Then Report', lookUpOnly, here],
				['Look Up, Then Retry', options, here],
				['Look Up, Then Retry, in another process', options, there],
				['Look Up, Then Retry, without Wait for Result', unwaited, there],
			])('it is still unknown, and is not sent: %s', async (_, given, process) => {
				const { ledger } = await leftUnknown();
				const again = await leadEvent(await process(), keyed(given), goOn);
				expect(accountOf(driven, again, 1).outcomes).toEqual(['unknown']);
				expect(JSON.stringify(again.success)).not.toMatch(/not sent again|may exist more than once/);
				expect(ledger.created).toHaveLength(2);
			});

			it('is not sent again where the log does not list it yet, and the user is told so', async () => {
				const { faults, ledger } = await leftUnknown();
				const empty = { status: 200, body: driven.listing([]), times: Infinity };
				faults.add({ match: { method: 'GET', path: driven.listPath }, ...empty });
				const other = withTiming(await there(), { lookUpAfterMs: [20], goesOnForMs: 0 });
				const again = await leadEvent(other, keyed(options), goOn);
				const told = JSON.stringify(again.success);
				expect(told).toMatch(/A look-up did not find it; it may still appear there later\. Look in/);
				expect(told).not.toContain('could not find out');
				expect(ledger.created).toHaveLength(2);
			});

			it.each([
				['that it was taken', 'SUCCESS', 'created'],
				['that it was refused too', 'FAILURE', 'refused'],
			] as const)('a look-up finds %s', async (_, status, outcome) => {
				const propexo = await leftUnknown();
				for (const job of propexo.jobs.list) if (job.result === 'PENDING') job.result = status;
				for (const process of [here, there]) {
					const again = await leadEvent(await process(), keyed(options), goOn);
					expect(accountOf(driven, again, 1).outcomes).toEqual([outcome]);
				}
				expect(propexo.ledger.created).toHaveLength(2);
			});

			it('after it was sent three times, two refusals say nothing about the first one', async () => {
				const propexo = refuseTheSecond();
				let sent = 0;
				propexo.settings.jobResult = () => (++sent < 3 ? 'PENDING' : 'FAILURE');
				propexo.faults.add(faultFor(0, { close: 'after' }));
				const [first] = (await leadEvent(services, keyed(options), goOn)).success;
				expect(JSON.stringify(first?.json)).toMatch(
					/another was carried out\. It may exist more than once\. Look/,
				);
				expect(first?.json.details).toMatchObject({ outcome: 'unknown', write_status: 'FAILURE' });
				const [, second] = propexo.jobs.list;
				if (second) second.result = 'FAILURE';
				const again = await leadEvent(services, keyed(options), goOn);
				expect(accountOf(driven, again, 1).outcomes).toEqual(['unknown']);
				expect(propexo.ledger.created).toHaveLength(3);
			});

			it('an item of the same run is no more skipped than a later one', async () => {
				const { ledger } = refuseTheSecond();
				const items = [...itemsOf(1), ...itemsOf(1)];
				const { success } = await leadEvent(services, keyed(options), { ...goOn, items });
				expect(success.map(({ json }) => (json.details as IDataObject)?.outcome)).toEqual([
					'unknown',
					'unknown',
				]);
				expect(ledger.created).toHaveLength(2);
			});

			it('a preview says so', async () => {
				await leftUnknown();
				for (const [given, words] of [
					[report, /may or may not exist/],
					[options, /it does not send it again/],
				] as const) {
					const previewed = keyed({ ...given, previewOnly: true });
					const { success } = await leadEvent(services, previewed, goOn);
					expect(success[0]?.json).toMatchObject({ preview: true, outcome: 'not_sent' });
					expect(JSON.stringify(success[0]?.json.problems)).toMatch(words);
				}
			});

			it('a retry finds out that it was taken', async () => {
				const propexo = refuseTheSecond();
				const stopped = await leadEvent(services, keyed(options), { items: itemsOf(1) });
				expect(accountOf(driven, stopped, 1).outcomes).toEqual(['unknown']);
				for (const job of propexo.jobs.list) if (job.result === 'PENDING') job.result = 'SUCCESS';
				const retried = await services.engine.retry(stopped);
				expect(accountOf(driven, retried, 1).outcomes).toEqual(['created']);
				expect(propexo.ledger.created).toHaveLength(2);
			});
		});

		it('but it is refused where the log tells that both were', async () => {
			const { propexo } = services.emulator;
			Object.assign(propexo.settings, { jobMs: 0, jobResult: 'FAILURE' });
			propexo.faults.add(faultFor(0, { close: 'after', times: 2 }));
			const empty = { status: 200, body: driven.listing([]) };
			propexo.faults.add({ match: { method: 'GET', path: driven.listPath }, ...empty });
			const { success } = await run();
			expect(success[0]?.json.details).toMatchObject({ outcome: 'refused' });
		});
	});

	it.each(['SUCCESS', 'PARTIAL_SUCCESS'] as const)(
		'lists a refusal of the second request before the first one, with %s: it is created, and not refused',
		async (status) => {
			const { propexo } = services.emulator;
			// The PMS refuses the second write, because it has taken the first one.
			const ends = ['FAILURE', status] as const;
			let left = ends.length;
			Object.assign(propexo.settings, { jobMs: 0, jobResult: () => ends[--left] });
			propexo.faults.add(faultFor(0, { close: 'after', times: 2 }));
			const empty = { status: 200, body: driven.listing([]) };
			propexo.faults.add({ match: { method: 'GET', path: driven.listPath }, ...empty });
			const { success } = await run();
			const [first] = propexo.ledger.created;
			expect(success[0]?.json).toMatchObject({ outcome: 'created', job_id: first?.id });
			expect(propexo.ledger.created).toHaveLength(2);
		},
	);

	it.each([
		['the requests got lost', 'before'],
		['the replies got lost', 'after'],
	] as const)('of a busy hour is read to its end, once for all items in doubt: %s', async (_, close) => {
		const { propexo } = services.emulator;
		propexo.settings.jobMs = 0;
		// As many writes as a back-fill makes in the hour.
		await run();
		const [job] = propexo.jobs.list;
		for (let number = 0; job && number < 2_500; number++)
			propexo.jobs.add({ ...job, body: { ...job.body, notes: `Another, ${number}` } });
		const doubtful = [1, 2, 3, 4, 5];
		for (const index of doubtful) propexo.faults.add(faultFor(index, { close }));
		const result = await leadEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
			items: itemsOf(6).slice(1),
		});
		const pages = propexo.ledger.requests.filter(({ path }) => path === driven.listPath).length;
		expect(accountOf(driven, result, 5).outcomes).toEqual(doubtful.map(() => 'created'));
		expect(propexo.ledger.created).toHaveLength(1 + doubtful.length);
		expect(pages).toBeLessThanOrEqual(close === 'before' ? 3 * 26 : 10);
	});

	it.each([
		['was created as well', 'after'],
		['was not created', 'before'],
	] as const)(
		'gives each of two items with the same content its own event; the other %s',
		async (_, close) => {
			const { propexo } = services.emulator;
			propexo.settings.jobMs = 0;
			propexo.faults.add(faultFor(0, { close: 'after' }));
			propexo.faults.add(faultFor(0, { close }));
			const [item] = itemsOf(1);
			const { success } = await leadEvent(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
				items: [item, item] as IDataObject[],
			});
			const ids = success.map(({ json }) => String(json.job_id));
			expect(ids.sort()).toEqual(propexo.ledger.created.map(({ id }) => id).sort());
			expect(new Set(ids).size).toBe(2);
		},
	);

	it('is asked for the events of the integration alone', async () => {
		services.emulator.propexo.faults.add(faultFor(0, { close: 'before' }));
		await run();
		const { requests } = services.emulator.propexo.ledger;
		expect(requests.find(({ path }) => path === driven.listPath)?.query).toMatchObject({
			integration_id: 'int_any',
			write_category: 'events',
			time_range: 'hour',
		});
	});
});
