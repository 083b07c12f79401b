import type { IDataObject } from 'n8n-workflow';

import { until } from '../../support/deliver/driven.ts';
import { anotherProcess, byId } from '../../support/services.ts';
import { run } from '../support/run.ts';
import { NEW, next, placedIn, rowsOf, stranger, timing, useUpsert } from '../support/upsert.ts';

/* A write that the PMS refused may be sent again: by Write Job: Retry, or because the item comes again. Never by both. */

const { madeLeads, propexo, services, test, upsert, writes } = useUpsert();

const whole = () => ({ ...NEW, ...placedIn(propexo(), 'int_entrata_1') });
const FAIL = { jobMs: 0, jobResult: 'FAILURE' } as const;
const TAKE = { jobMs: 20, jobResult: 'SUCCESS' } as const;
const settle = (settings: object) => Object.assign(propexo().settings, settings);

/** Has a write refused by the PMS; gives its job. */
async function refused(write: () => Promise<unknown>): Promise<string> {
	settle(FAIL);
	await write();
	settle(TAKE);
	return propexo().ledger.created.at(-1)?.id ?? '';
}
const retry = async (jobId: string, parameters: IDataObject = {}, on = services) =>
	await run(on, 'writeJob', 'retry', { jobId: byId(jobId), ...parameters });
const retries = () => propexo().ledger.created.filter(({ kind }) => kind === 'retry');

describe.each([20, 300, 60_000])(
	'A lead that the PMS refused and that is retried, with a job of %i ms',
	(jobMs) => {
		test.each(['upsert', 'create'])('is not added anew by the next execution: %s', async (operation) => {
			const items = [stranger()];
			const first = await refused(
				async () => await run(services, 'lead', operation, whole(), { items, workflowId: 'website' }),
			);
			settle({ jobMs });
			const [retried] = rowsOf(await retry(first));
			const told = rowsOf(await upsert(whole(), { items, workflowId: 'website' }));
			expect(told).toMatchObject([{ action: 'unchanged', job_id: retried?.job_id }]);
			expect(madeLeads()).toHaveLength(1);
		});
	},
);

test('A lead that was retried in vain is added anew', async () => {
	const items = [stranger()];
	const first = await refused(async () => await upsert(whole(), { items }));
	await refused(async () => await retry(first));
	expect(rowsOf(await upsert(whole(), { items }))).toMatchObject([{ action: 'created' }]);
	expect(rowsOf(await upsert(whole(), { items }))).toMatchObject([{ action: 'unchanged' }]);
});

test('A lead whose retry is in doubt is not added anew as long as nobody knows how it ended', async () => {
	const items = [stranger()];
	const first = await refused(async () => await upsert(whole(), { items }));
	settle({ jobMs: 60_000 });
	propexo().faults.add({ match: { path: /retry-write/ }, close: 'after' });
	expect((await retry(first)).thrown?.message).toContain('may or may not exist');
	const { thrown } = await upsert(whole(), { items });
	expect(thrown?.message).toContain('Propexo did not say whether an earlier write has added it');
	for (const job of propexo().jobs.list) job.doneAt = Math.min(job.doneAt, Date.now());
	expect(rowsOf(await upsert(whole(), { items }))).toMatchObject([{ action: 'unchanged' }]);
	expect(madeLeads()).toHaveLength(1);
});

describe('A job is not retried', () => {
	test.each([20, 60_000])('once its lead was added anew, by a job of %i ms', async (jobMs) => {
		const items = [stranger()];
		const first = await refused(async () => await upsert(whole(), { items }));
		settle({ jobMs });
		const more = { ...whole(), stateFields: { notes: 'Has a dog' } };
		const [anew] = rowsOf(await upsert(more, { items }));
		expect(anew).toMatchObject({ action: 'created' });
		const { thrown } = await retry(first);
		expect(thrown?.message).toContain(`made again by job ${String(anew?.job_id)}`);
		expect(thrown?.context.data).toMatchObject({ outcome: 'not sent', made_again_by: anew?.job_id });
		const preview = rowsOf(await retry(first, { options: { previewOnly: true } }));
		expect(preview).toMatchObject([{ outcome: 'not_sent' }]);
		expect(retries()).toEqual([]);
	});

	test('once the same was written anew by another process, as the log shows', async () => {
		const items = [stranger()];
		const first = await refused(async () => await run(services, 'lead', 'create', whole(), { items }));
		settle({ jobMs: 0 });
		const there = anotherProcess(services, timing);
		const [anew] = rowsOf(await run(there, 'lead', 'create', whole(), { items }));
		const { thrown } = await retry(first);
		expect(thrown?.message).toContain(`made again by job ${String(anew?.job_id)}`);
		expect(retries()).toEqual([]);
	});

	test('while its lead is being added anew', async () => {
		const items = [stranger()];
		const first = await refused(async () => await upsert(whole(), { items }));
		propexo().faults.add({ match: { path: '/v1/leads/', method: 'POST' }, delayMs: 1_000 });
		const adding = upsert(whole(), { items });
		await until(() => writes().length === 2);
		expect((await retry(first)).thrown?.message).toContain('made again by a request');
		expect(rowsOf(await adding)).toMatchObject([{ action: 'created' }]);
		expect(retries()).toEqual([]);
	});
});

test('A job is retried where what was made anew was refused too, the log shows another write, or it cannot be read', async () => {
	const items = [stranger()];
	const first = await refused(async () => await upsert(whole(), { items }));
	await refused(async () => await upsert(whole(), { items }));
	await run(services, 'lead', 'create', { ...whole(), lastName: 'Jones' }, { items: [stranger()] });
	expect(rowsOf(await retry(first))).toMatchObject([{ job_id: retries()[0]?.id }]);
	const second = await refused(async () => await upsert(whole(), { items: [stranger()] }));
	propexo().faults.add({ match: { path: '/v1/admin/logs/writes/' }, status: 403, times: Infinity });
	await retry(second);
	expect(retries()).toHaveLength(2);
});

test('A refused lead is told to run again, not to retry its job', async () => {
	settle(FAIL);
	const { thrown } = await upsert(
		{ ...whole(), options: { waitForResult: true } },
		{ items: [stranger()] },
	);
	expect(thrown?.description).toMatch(/then run it again.*Do not use 'Write Job: Retry' besides/);
});

test('A retry of the execution tells the result of the retried job', async () => {
	settle(FAIL);
	const parameters = { ...whole(), options: { waitForResult: true } };
	const stopped = await run(services, 'lead', 'create', parameters, { items: [stranger()] });
	expect(stopped.thrown?.message).toMatch(/the PMS refused it/i);
	settle(TAKE);
	const [retried] = rowsOf(await retry(propexo().ledger.created.at(-1)?.id ?? ''));
	const told = rowsOf(await services.engine.retry(stopped));
	expect(told).toMatchObject([{ job_id: retried?.job_id, write_status: 'SUCCESS' }]);
	expect(madeLeads()).toHaveLength(1);
});

describe('A lead in doubt with two values', () => {
	const both = () => ({ ...whole(), phone1: `+1 303 555 ${7100 + next()}` });

	test('is added by a retry of the execution once the PMS has refused its job', async () => {
		propexo().faults.add({ match: { method: 'POST' }, close: 'after' });
		settle(FAIL);
		const first = await upsert(both(), { items: [stranger()] });
		expect(first.thrown?.message).toContain('may or may not exist');
		settle(TAKE);
		expect(rowsOf(await services.engine.retry(first))).toMatchObject([{ action: 'created' }]);
		expect(madeLeads()).toHaveLength(2);
	});

	test('stays unknown while its job is pending, though the same person was refused elsewhere', async () => {
		const items = [stranger()];
		const parameters = both();
		propexo().faults.add({ match: { method: 'POST' }, close: 'after' });
		settle({ jobMs: 60_000 });
		const first = await upsert(parameters, { items });
		const there = anotherProcess(services, timing);
		const elsewhere = { ...parameters, stateFields: { notes: 'From the call' } };
		await refused(async () => await run(there, 'lead', 'create', elsewhere, { items }));
		const { thrown } = await services.engine.retry(first);
		expect(thrown?.message).toContain('may or may not exist');
		expect(madeLeads()).toHaveLength(2);
		// Its own job has ended, too.
		const [own] = propexo().jobs.list;
		Object.assign(own ?? {}, { doneAt: Date.now(), result: 'FAILURE' });
		expect(rowsOf(await services.engine.retry(first))).toMatchObject([{ action: 'created' }]);
	});

	test('is added by a new execution hours later, with a look-up, if the PMS has refused its job', async () => {
		const items = [stranger()];
		const parameters = { ...both(), options: { outcomeUnknown: 'lookUp', timeout: 1 } };
		propexo().faults.add({ match: { method: 'POST' }, close: 'after' });
		settle(FAIL);
		await upsert({ ...parameters, options: { timeout: 1 } }, { items });
		settle(TAKE);
		for (const job of propexo().jobs.list) job.doneAt = Date.now() - 7_200_000;
		const there = anotherProcess(services, timing);
		expect(rowsOf(await upsert(parameters, { items }, there))).toMatchObject([{ action: 'created' }]);
		expect(rowsOf(await upsert(parameters, { items }, anotherProcess(services, timing)))).toMatchObject([
			{ action: 'unchanged' },
		]);
		expect(madeLeads()).toHaveLength(2);
	});
});

test('A lead in doubt that six values are claimed for is made again with a look-up', async () => {
	const { email } = stranger();
	const phones = ['', ...[1, 2, 3, 4, 5].map(() => `+1 303 555 ${7300 + next()}`)];
	// The first row says least, so it gets the values of all others.
	const rows = phones.map((phone) => ({ email, phone }));
	const parameters = {
		...{ ...NEW, phone1: '={{ $json.phone }}' },
		options: { timeout: 1 },
	};
	const settings = { items: rows, onError: 'continueRegularOutput' as const };
	propexo().faults.add({ match: { method: 'POST' }, close: 'before', times: Infinity });
	await upsert(parameters, settings);
	propexo().faults.clear();
	const options = { outcomeUnknown: 'lookUp', timeout: 1 };
	const told = rowsOf(await upsert({ ...parameters, options }, settings, anotherProcess(services, timing)));
	expect(told.map(({ error, action }) => error ?? action)).not.toContainEqual(
		expect.stringContaining('may or may not exist'),
	);
	expect(madeLeads()).toHaveLength(1);
	expect(writes().length).toBeGreaterThan(1);
});

test('A source that a lead has got meanwhile is told as unchanged by another process too', async () => {
	const lead = propexo().data.leads.rows.find(({ integration_id }) => integration_id === 'int_entrata_1');
	Object.assign(lead ?? {}, { lead_source_id: null, first_name: 'Nathan', last_name: 'Smith' });
	const parameters = {
		...{ ...whole(), propertyId: byId(String(lead?.property_id)), email1: String(lead?.email_1) },
		options: { waitForResult: true },
	};
	settle(FAIL);
	// It stops before the result is there.
	const items = [{}, { wrong: true }];
	propexo().faults.add({ match: { method: 'POST' }, status: 400 });
	const email1 = `={{ $json.wrong ? '${stranger().email}' : '${String(lead?.email_1)}' }}`;
	const stopped = await upsert({ ...parameters, email1 }, { items });
	expect(stopped.thrown?.message).toContain('Item 2 of 2');
	settle(TAKE);
	const told = rowsOf(await anotherProcess(services, timing).engine.retry(stopped));
	expect(told[0]).toMatchObject({ action: 'unchanged', hint: expect.stringContaining('lead source') });
});
