import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { failedJob, jsonOf, run } from './support/run.ts';

const services = useServices({ timing: { lookUpAfterMs: [100, 100] } });

const propexo = () => services.emulator.propexo;
const created = () => propexo().ledger.created;
const lookUp = { options: { outcomeUnknown: 'lookUp' } };
const retry = async (jobId: unknown, parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'writeJob', 'retry', { jobId: byId(jobId), ...parameters }, settings);
const posts = () => propexo().ledger.requests.filter(({ path }) => path.includes('/retry-write/'));

describe('Write Job: Retry', () => {
	it('has the write sent once more and gives the new job', async () => {
		const job = await failedJob(services);
		const { success } = await retry(job);
		expect(created().at(-1)).toMatchObject({ kind: 'retry', of: job });
		expect(success).toEqual([
			{ json: { outcome: 'created', job_id: created().at(-1)?.id }, pairedItem: { item: 0 } },
		]);
		expect(success[0]?.json.job_id).not.toBe(job);
		expect(posts()).toMatchObject([{ path: `/v1/admin/retry-write/${job}`, body: {} }]);
	});

	it('can wait for the result', async () => {
		const job = await failedJob(services);
		expect(jsonOf(await retry(job, { options: { waitForResult: true } }))).toMatchObject([
			{ write_status: 'SUCCESS', created_record_id: expect.any(String) },
		]);
	});

	it('says when there is nothing to retry', async () => {
		const job = await failedJob(services, 'all is well');
		const { thrown } = await retry(job);
		expect(thrown?.message).toContain('Only failed write operations can be retried');
		expect(thrown?.description).toContain("'Write Job: Get Status'");
		const gone = await retry('job_gone');
		expect(gone.thrown?.message).toContain('Job not found');
		expect(gone.thrown?.description).toContain('Check the IDs');
		expect((await retry('jobs/../gone')).thrown?.message).toContain("'Job ID' must be a write job's ID");
	});

	it('is refused when Propexo answers that it was no success', async () => {
		const job = await failedJob(services);
		const body = { success: false, message: 'This job is being retried already' };
		propexo().faults.add({ match: { method: 'POST' }, status: 200, body });
		const { thrown } = await retry(job);
		expect(thrown?.message).toBe('Propexo refused it (HTTP 200): This job is being retried already');
		expect(thrown?.context.data).toMatchObject({ outcome: 'refused' });
	});

	it.each([200, 400, 422])('refused with HTTP %i says where to see how the write ended', async (status) => {
		const job = await failedJob(services);
		const body = { success: false, error: { message: 'Not possible' } };
		propexo().faults.add({ match: { method: 'POST' }, status, body });
		const { thrown } = await retry(job);
		expect(thrown?.context.data).toMatchObject({ outcome: 'refused' });
		expect(thrown?.description).toContain("'Write Job: Get Status' shows how this write ended");
	});

	it.each([200, 400, 422])(
		'stays unknown if it is refused with HTTP %i when it is sent again: the first one may have been carried out',
		async (status) => {
			const job = await failedJob(services);
			propexo().faults.add({ match: { method: 'POST' }, status: 502 });
			const body = {
				success: false,
				error: { message: 'Only failed write operations can be retried' },
			};
			propexo().faults.add({ match: { method: 'POST' }, status, body });
			const { thrown } = await retry(job, { options: { outcomeUnknown: 'lookUp' } });
			expect(thrown?.context.data).toMatchObject({ outcome: 'unknown' });
			expect(thrown?.description).toContain(
				`it was sent again, and that was refused (Propexo answered HTTP ${status}`,
			);
			expect(thrown?.description).not.toContain('not sent again');
			expect(posts()).toHaveLength(2);
		},
	);

	it('is not repeated when no answer came', async () => {
		const job = await failedJob(services);
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write: true });
		const { thrown } = await retry(job);
		expect(thrown?.message).toContain('the retry may or may not exist in Propexo');
		expect(posts()).toHaveLength(1);
	});

	it.each([
		['found in the write log when it arrived', true],
		['sent again when it did not', false],
	])('is %s', async (_, write) => {
		const job = await failedJob(services);
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write });
		const { success } = await retry(job, lookUp);
		const retries = created().filter(({ kind }) => kind === 'retry');
		expect(retries).toHaveLength(1);
		expect(success[0]?.json.job_id).toBe(retries[0]?.id);
		expect(posts()).toHaveLength(write ? 1 : 2);
	});

	it('stays unknown when the log does not know the write that failed', async () => {
		const job = await failedJob(services);
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write: true });
		propexo().faults.add({
			match: { path: '/v1/admin/logs/writes/' },
			status: 200,
			body: { results: { logs: [] } },
			times: Infinity,
		});
		expect((await retry(job, lookUp)).thrown?.message).toContain('may or may not exist');
	});

	it.each(['={{ $json.job }}', '=retry of {{ $json.job }}'])(
		'with the job as key (%s) is made once: neither again, nor of the job that it gave',
		async (deduplicationKey) => {
			const job = await failedJob(services, '[fail]');
			const deliver = async (id: string) =>
				jsonOf(await retry('={{ $json.job }}', { deduplicationKey }, { items: [{ job: id }] }))[0];
			const first = await deliver(job);
			expect(first?.job_id).toBe(created().at(-1)?.id);
			expect(await deliver(job)).toMatchObject({ skipped: true });
			expect(await deliver(String(first?.job_id))).toMatchObject({ skipped: true });
			expect(posts()).toHaveLength(1);
			const other = await failedJob(services, 'another [fail]');
			expect((await deliver(other))?.job_id).toBe(created().at(-1)?.id);
		},
	);

	it('is not sent a second time by a retry of the execution', async () => {
		const job = await failedJob(services);
		const other = await failedJob(services, 'another [fail]');
		const first = await retry('={{ $json.job }}', {}, { items: [{ job }, { job: 'job_gone' }] });
		expect(first.thrown?.message).toMatch(/^Item 2 of 2/);
		const before = posts().length;
		await services.engine.retry(first);
		expect(
			posts()
				.slice(before)
				.map(({ path }) => path),
		).toEqual(['/v1/admin/retry-write/job_gone']);
		expect(other).not.toBe(job);
	});
});
