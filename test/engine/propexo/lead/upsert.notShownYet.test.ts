import type { IDataObject } from 'n8n-workflow';

import { until } from '../../support/deliver/driven.ts';
import { anotherProcess, byId } from '../../support/services.ts';
import { run } from '../support/run.ts';
import { NEW, next, rowsOf, stranger, timing, useUpsert } from '../support/upsert.ts';

const { bodies, madeLeads, propexo, services, test, upsert, writes } = useUpsert();

describe('A PMS that does not show a new lead before the next sync', () => {
	const whole = () => {
		const own = (rows: Iterable<IDataObject>) =>
			byId([...rows].find(({ integration_id }) => integration_id === 'int_entrata_1')?.id as string);
		const { properties, leadSources } = propexo().data;
		return {
			...NEW,
			integrationId: byId('int_entrata_1'),
			propertyId: own(properties.rows as unknown as IDataObject[]),
			leadSourceId: own(leadSources.rows as unknown as IDataObject[]),
		};
	};

	test('gets one lead of a person who comes twice; the job of the first is told', async () => {
		const items = [stranger()];
		const first = rowsOf(await upsert({ ...whole(), options: { waitForResult: true } }, { items }));
		expect(first).toMatchObject([{ action: 'created', hint: expect.stringContaining('next sync') }]);
		expect(first[0]).not.toHaveProperty('lead_id');
		for (const on of [services, anotherProcess(services, timing)]) {
			const second = rowsOf(await upsert(whole(), { items }, on));
			expect(second).toMatchObject([
				{
					action: 'unchanged',
					job_id: first[0]?.job_id,
					write_status: 'SUCCESS',
					hint: expect.stringContaining('shows it after its next sync'),
				},
			]);
		}
		expect(madeLeads()).toHaveLength(1);
	});

	test.each([20, 200])(
		'gets one lead of a person whom two workflows bring, the second while the job of the first takes %i ms',
		async (jobMs) => {
			propexo().settings.jobMs = jobMs;
			const items = [stranger()];
			const [first] = rowsOf(await upsert(whole(), { items, workflowId: 'website' }));
			const second = rowsOf(await upsert(whole(), { items, workflowId: 'calls' }));
			expect(second).toMatchObject([
				{ action: 'unchanged', job_id: first?.job_id, write_status: 'SUCCESS' },
			]);
			// Two of a family share the number.
			const phone = { phone1: `+1 303 555 ${8900 + next()}`, firstName: 'Maria' };
			await upsert({ ...whole(), ...phone }, { items: [stranger()], workflowId: 'website' });
			const other = await upsert(
				{ ...whole(), ...phone },
				{ items: [stranger()], workflowId: 'calls' },
			);
			expect(other.thrown?.message).toContain('may be a different person');
			expect(madeLeads()).toHaveLength(2);
		},
	);

	test('gets the lead of another workflow anew when it had refused it', async () => {
		propexo().settings.jobMs = 0;
		const items = [stranger()];
		const refused = { ...whole(), stateFields: { notes: '[fail]' } };
		await upsert(refused, { items, workflowId: 'website' });
		expect(rowsOf(await upsert(whole(), { items, workflowId: 'calls' }))).toMatchObject([
			{ action: 'created' },
		]);
		propexo().settings.jobMs = 20;
	});

	/** Has a lead of the person refused, by another operation than this one. */
	async function refusedElsewhere(items: IDataObject[]) {
		const { settings } = propexo();
		settings.jobMs = 0;
		const parameters = { ...whole(), stateFields: { notes: '[fail]' } };
		await run(services, 'lead', 'create', parameters, { items });
	}

	test('gets no second lead because an older job of another operation had failed', async () => {
		const items = [stranger()];
		await refusedElsewhere(items);
		propexo().settings.jobMs = 60_000;
		propexo().faults.add({
			match: { method: 'POST', bodyIncludes: items[0]?.email ?? '' },
			close: 'after',
		});
		expect((await upsert(whole(), { items })).thrown?.message).toContain('may or may not exist');
		expect((await upsert(whole(), { items })).thrown?.message).toContain('may or may not exist');
		// The same of a claim whose job is not in the log yet, in a process that does not know the job.
		const others = [stranger()];
		await refusedElsewhere(others);
		propexo().settings.jobMs = 60_000;
		await upsert(whole(), { items: others });
		const there = anotherProcess(services, timing);
		expect(rowsOf(await upsert(whole(), { items: others }, there))).toMatchObject([
			{ action: 'unchanged' },
		]);
		propexo().settings.jobMs = 20;
		expect(madeLeads()).toHaveLength(4);
	});

	test('keeps the lead that one job has made, although a later one failed', async () => {
		const items = [stranger()];
		propexo().settings.jobMs = 0;
		const first = rowsOf(await upsert(whole(), { items }));
		await refusedElsewhere(items);
		propexo().settings.jobMs = 20;
		for (const on of [services, anotherProcess(services, timing)])
			expect(rowsOf(await upsert(whole(), { items }, on))).toMatchObject([
				{ action: 'unchanged', job_id: first[0]?.job_id },
			]);
		expect(madeLeads()).toHaveLength(2);
	});

	test('gets one lead of a person who comes with other values next time, also after a refusal', async () => {
		const { email } = stranger();
		const phone1 = `+1 303 555 ${8100 + next()}`;
		const both = { ...whole(), phone1 };
		const items = [{ email }];
		propexo().settings.jobMs = 0;
		await upsert({ ...both, stateFields: { notes: '[fail]' } }, { items });
		propexo().settings.jobMs = 60_000;
		const told = [rowsOf(await upsert(both, { items }))];
		for (const on of [services, anotherProcess(services, timing)])
			told.push(rowsOf(await upsert({ ...both, email1: '' }, {}, on)));
		// Another address: it may be another person, and no lead is made or changed.
		const other = await upsert({ ...both, email1: stranger().email });
		expect(other.thrown?.message).toContain('may be a different person');
		propexo().settings.jobMs = 20;
		expect(told.flat().map(({ action }) => action)).toEqual(['created', 'unchanged', 'unchanged']);
		expect(madeLeads()).toHaveLength(2);
	});

	test('tells a retried execution of the lead that another one has made meanwhile', async () => {
		const { faults } = propexo();
		const items = [stranger()];
		const parameters = { ...whole(), options: { outcomeUnknown: 'lookUp', timeout: 1 } };
		faults.add({ match: { method: 'POST' }, close: 'before' });
		faults.add({ match: { path: '/v1/admin/logs/writes/' }, status: 400, times: Infinity });
		const first = await upsert(parameters, { items });
		expect(first.thrown?.message).toContain('may or may not exist');
		faults.clear();
		const there = anotherProcess(services, timing);
		expect(rowsOf(await upsert(parameters, { items }, there))).toMatchObject([{ action: 'created' }]);
		const told = rowsOf(await services.engine.retry(first));
		expect(told).toMatchObject([{ action: 'unchanged' }]);
		expect(JSON.stringify(told)).not.toContain('deduplication_key');
		expect(madeLeads()).toHaveLength(1);
	});

	test.each(['another process', 'the same process'])(
		'gets by a retry what an execution in %s could not write',
		async (where) => {
			const items = [stranger(), { ...stranger(), notes: 'WRONG' }];
			await upsert(whole(), { items: items.slice(0, 1) });
			propexo().faults.add({
				match: { method: 'POST', bodyIncludes: 'WRONG' },
				status: 422,
				delayMs: 1_000,
			});
			const there = where === 'the same process' ? services : anotherProcess(services, timing);
			const more = { ...whole(), stateFields: { notes: "={{ $json.notes ?? 'Has a dog' }}" } };
			const stopped = await upsert({ ...more, options: { waitForResult: true } }, { items }, there);
			expect(stopped.thrown?.message).toContain('Item 2 of 2');
			const retry = async () => rowsOf(await there.engine.retry(stopped)).map(({ action }) => action);
			expect(await retry()).toEqual(['unchanged', 'created']);
			Object.assign(propexo().settings, { leadSyncMs: {} });
			expect(await retry()).toEqual(['updated', expect.any(String)]);
			expect(bodies().at(-1)).toMatchObject({ notes: 'Has a dog' });
		},
	);

	test('is not told as unchanged where nobody can tell what became of the lead', async () => {
		const items = [stranger()];
		propexo().settings.jobMs = 0;
		await upsert({ ...whole(), stateFields: { notes: '[fail]' } }, { items });
		propexo().settings.jobMs = 20;
		const on = anotherProcess(services, timing);
		propexo().faults.add({ match: { path: '/v1/admin/logs/writes/' }, status: 403, times: Infinity });
		expect((await upsert(whole(), { items }, on)).thrown?.message).toContain(
			'The lead could not be looked up: Propexo did not say',
		);
		propexo().faults.clear();
		expect(rowsOf(await upsert(whole(), { items }, on))).toMatchObject([{ action: 'created' }]);
	});

	test('gets the values of an execution that was stopped while it waited for the lead, by its retry', async () => {
		// The job ends when the test says so, however slow the machine.
		propexo().settings.jobMs = 60_000;
		const items = [stranger()];
		await upsert(NEW, { items });
		const there = anotherProcess(services, { ...timing, lookUpAfterMs: [60_000] });
		const stop = new AbortController();
		const more = { ...NEW, stateFields: { notes: 'Has a dog' } };
		const running = upsert(more, { items, signal: stop.signal }, there);
		await until(() => propexo().ledger.requests.some(({ path }) => path === '/v1/admin/logs/writes/'));
		stop.abort();
		const stopped = await running;
		expect(stopped.status).toBe('canceled');
		// As n8n stores an execution that was stopped: what the node knew, and the node as the next one to run.
		const { contextData = {} } = stopped.saved.executionData ?? {};
		const executionData = { ...stopped.runData.executionData!, contextData };
		for (const job of propexo().jobs.list) job.doneAt = Date.now();
		const saved = { ...stopped.runData, executionData };
		expect(rowsOf(await there.engine.retry({ ...stopped, saved }))).toMatchObject([
			{ action: 'updated' },
		]);
		expect(bodies().map(({ notes }) => notes)).toEqual([undefined, 'Has a dog']);
	});

	test('gets the lead anew when it had refused it', async () => {
		const items = [stranger()];
		const refused = await upsert(
			{ ...whole(), stateFields: { notes: '[fail]' }, options: { waitForResult: true } },
			{ items },
		);
		expect(refused.thrown?.message).toMatch(/the PMS refused it/i);
		const actions = [];
		// One process knows the job, the other one learns from the store that it was the job of the claim.
		for (const on of [anotherProcess(services, timing), services, services])
			actions.push(...rowsOf(await upsert(whole(), { items }, on)).map(({ action }) => action));
		expect(actions).toEqual(['created', 'unchanged', 'unchanged']);
		expect(madeLeads()).toHaveLength(2);
	});

	test('gets one lead of a person whose number alone came first and was refused, by whichever value it comes next', async () => {
		const email1 = stranger().email;
		const phone1 = `+1 303 555 ${8300 + next()}`;
		propexo().settings.jobMs = 0;
		await upsert({ ...whole(), email1: '', phone1, stateFields: { notes: '[fail]' } });
		propexo().settings.jobMs = 60_000;
		const told = [];
		for (const [on, values] of [
			[services, { email1, phone1 }],
			[anotherProcess(services, timing), { email1 }],
			[anotherProcess(services, timing), { email1: '', phone1 }],
		] as const)
			told.push(...rowsOf(await upsert({ ...whole(), ...values }, {}, on)));
		propexo().settings.jobMs = 20;
		expect(told.map(({ action }) => action)).toEqual(['created', 'unchanged', 'unchanged']);
		expect(madeLeads()).toHaveLength(2);
	});

	test('gets the lead by a retry where nobody knew of the first request, and the PMS had refused that one', async () => {
		const { faults, settings } = propexo();
		faults.add({ match: { method: 'POST' }, close: 'after' });
		Object.assign(settings, { jobMs: 0, jobResult: 'FAILURE' });
		const first = await upsert(whole(), { items: [stranger()] });
		expect(first.thrown?.message).toContain('may or may not exist');
		Object.assign(settings, { jobMs: 20, jobResult: 'SUCCESS' });
		expect(rowsOf(await services.engine.retry(first))).toMatchObject([{ action: 'created' }]);
		expect(writes().map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	test('keeps the source that a lead has', async () => {
		const lead = propexo().data.leads.rows.find(
			({ integration_id }) => integration_id === 'int_entrata_1',
		);
		Object.assign(lead ?? {}, { lead_source_id: 'lsrc_9', first_name: 'N.', last_name: 'Smith' });
		const parameters = {
			...whole(),
			propertyId: byId(String(lead?.property_id)),
			email1: String(lead?.email_1),
		};
		await upsert(parameters);
		expect(bodies()).toMatchObject([{ first_name: 'Nathan' }]);
		expect(bodies()[0]).not.toHaveProperty('lead_source_id');
	});

	/** A lead without a source, and the parameters that name it and a source. */
	const withoutSource = () => {
		const lead = propexo().data.leads.rows.find(
			({ integration_id }) => integration_id === 'int_entrata_1',
		);
		Object.assign(lead ?? {}, { lead_source_id: null, first_name: 'Nathan', last_name: 'Smith' });
		const { property_id, email_1 } = lead ?? {};
		return {
			lead,
			named: { ...whole(), propertyId: byId(String(property_id)), email1: String(email_1) },
		};
	};
	const waiting = { options: { waitForResult: true } };

	test('gets its source from one of two who bring the person at the same moment; the other one goes on, too', async () => {
		propexo().settings.jobMs = 0;
		const { named } = withoutSource();
		const one = async (executionId: string) =>
			rowsOf(await upsert({ ...named, ...waiting }, { executionId, items: [{}] }));
		const told = (await Promise.all([one('one'), one('two')])).flat();
		expect(bodies()).toEqual([named, named].map(() => ({ lead_source_id: expect.any(String) })));
		expect(told.map(({ action }) => action).sort()).toEqual(['unchanged', 'updated']);
		expect(told.find(({ action }) => action === 'unchanged')).toMatchObject({
			...{ outcome: 'unchanged', lead_id: expect.any(String), write_status: 'FAILURE' },
			...{ write_errors: [expect.any(String)], hint: expect.stringContaining('lead source') },
		});
	});

	test('gets its source once, although Propexo does not show it yet, and what else is new', async () => {
		const { lead, named } = withoutSource();
		const on = anotherProcess(services, timing);
		const told = async (more: IDataObject = {}) =>
			rowsOf(await upsert({ ...named, ...waiting, ...more }, { items: [{}] }, on));
		expect(await told()).toMatchObject([{ action: 'updated', write_status: 'SUCCESS' }]);
		Object.assign(lead ?? {}, { lead_source_id: null });
		expect(await told()).toMatchObject([{ action: 'unchanged' }]);
		expect(await told({ wishFields: { targetMoveInDate: '2027-05-01' } })).toMatchObject([
			{ action: 'updated' },
		]);
		expect(bodies()).toMatchObject([
			{ lead_source_id: expect.any(String) },
			{ target_move_in_date: expect.any(String) },
		]);
		expect(bodies()[1]).not.toHaveProperty('lead_source_id');
	});

	test('gets its source from the next execution where the PMS has refused the change before', async () => {
		const { named } = withoutSource();
		Object.assign(propexo().settings, { jobMs: 0, jobResult: 'FAILURE' });
		await upsert({ ...named, stateFields: { notes: 'Has a dog' } });
		propexo().settings.jobResult = 'SUCCESS';
		expect(rowsOf(await upsert(named))).toMatchObject([{ action: 'updated' }]);
		expect(rowsOf(await upsert(named))).toMatchObject([{ action: 'unchanged' }]);
		const source = { lead_source_id: expect.any(String) };
		expect(bodies()).toEqual([expect.objectContaining(source), source]);
	});

	test('gets its source from the next execution where nobody knows whether the request before arrived', async () => {
		const { named } = withoutSource();
		propexo().faults.add({ match: { method: 'PUT' }, close: 'before' });
		expect((await upsert(named)).thrown?.message).toContain('may or may not exist');
		expect(rowsOf(await upsert(named))).toMatchObject([{ action: 'updated' }]);
		expect(bodies()).toEqual([1, 2].map(() => ({ lead_source_id: expect.any(String) })));
	});
});
