import type { IDataObject } from 'n8n-workflow';

import type { Services, Settings } from '../support/services.ts';
import { byId, useNewServices, withTiming } from '../support/services.ts';
import { jsonOf, leadEvent, run } from './support/run.ts';

const services = useNewServices();

const propexo = () => services.emulator.propexo;
const polls = () => propexo().ledger.requests.filter(({ path }) => path.includes('/write-status/'));
const jobs = () => propexo().ledger.created.map(({ id }) => id);
/** The same with a rate at which polls need not wait. */
const quick = () => withTiming(services, { rate: { requests: 100_000 } });

describe('Write Job: Wait', () => {
	const wait = async (parameters: IDataObject, settings: Settings = {}, on: Services = services) =>
		await run(on, 'writeJob', 'wait', parameters, settings);

	it('waits until the PMS has answered', async () => {
		propexo().settings.jobMs = 1_500;
		await leadEvent(services, { notes: 'fine' });
		const { success } = await wait({ jobId: byId(jobs()[0]) });
		expect(success).toEqual([
			{
				json: {
					job_id: jobs()[0],
					write_status: 'SUCCESS',
					write_errors: [],
					created_record_id: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('waits for all items together, and gives each its own result', async () => {
		const notes = ['fine', '[fail]', '[partial]', '[pending]'];
		await leadEvent(
			services,
			{ notes: '={{ $json.notes }}' },
			{ items: notes.map((text) => ({ notes: text })) },
		);
		const items = jobs().map((id) => ({ job: id }));
		const { success, error, hints } = await wait(
			{ jobId: byId('={{ $json.job }}'), waitTimeout: 6 },
			{ items: [...items, { job: 'job_gone' }], onError: 'continueErrorOutput' },
			quick(),
		);
		const statusOf = Object.fromEntries(
			propexo().ledger.created.map(({ id, body }) => [id, (body as IDataObject).notes]),
		);
		expect(success.map(({ json }) => [statusOf[String(json.job_id)], json.write_status]).sort()).toEqual([
			['[partial]', 'PARTIAL_SUCCESS'],
			['[pending]', 'PENDING'],
			['fine', 'SUCCESS'],
		]);
		expect(error.map(({ json }) => json.error)).toEqual(
			expect.arrayContaining([
				expect.stringContaining('the PMS refused it: The guest card is closed'),
				expect.stringContaining('Job not found'),
			]),
		);
		expect(hints).toHaveLength(2);
	});

	it('needs no further request for a job that has come to its end', async () => {
		propexo().settings.jobMs = 0;
		await leadEvent(services, { notes: 'fine' });
		expect(jsonOf(await wait({ jobId: jobs()[0] }))).toMatchObject([{ write_status: 'SUCCESS' }]);
		expect(polls()).toHaveLength(1);
	});

	it.each([500, 502, 503])('waits on while Propexo answers HTTP %i for a while', async (status) => {
		propexo().settings.jobMs = 0;
		await leadEvent(services, { notes: 'fine' });
		const match = { method: 'GET', path: '/write-status/' };
		propexo().faults.add({ match, status, times: 4 });
		expect(jsonOf(await wait({ jobId: jobs()[0] }))).toMatchObject([{ write_status: 'SUCCESS' }]);
	});

	it('fails with the words of the PMS', async () => {
		propexo().settings.jobMs = 0;
		await leadEvent(services, { notes: '[fail]' });
		const { thrown } = await wait({ jobId: jobs()[0] });
		expect(thrown?.message).toMatch(/^The PMS refused it: The guest card is closed/);
		expect(thrown?.context.data).toMatchObject({ job_id: jobs()[0], write_status: 'FAILURE' });
	});
});
