import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { failedJob, run } from './support/run.ts';

const services = useServices();

const propexo = () => services.emulator.propexo;
const getStatus = async (jobId: unknown, settings: Settings = {}) =>
	await run(services, 'writeJob', 'getStatus', { jobId: byId(jobId) }, settings);

describe('Write Job: Get Status', () => {
	it.each<[string, string, IDataObject]>([
		['SUCCESS', 'fine', { write_errors: [], created_record_id: expect.any(String) }],
		['PENDING', '[pending]', { write_errors: [], created_record_id: null }],
		[
			'FAILURE',
			'[fail]',
			{
				write_errors: ['The guest card is closed and takes no more events. (PMS-1201)'],
				created_record_id: null,
			},
		],
		[
			'PARTIAL_SUCCESS',
			'[partial]',
			{
				write_errors: [
					'The event was added; its note was not. (408)',
					'Failed to write event note: the PMS did not answer in time.',
				],
				created_record_id: expect.any(String),
			},
		],
	])('gives %s as it is', async (status, notes, more) => {
		const job = await failedJob(services, notes);
		const { success, thrown } = await getStatus(job);
		expect(thrown).toBeUndefined();
		expect(success).toEqual([
			{ json: { job_id: job, write_status: status, ...more }, pairedItem: { item: 0 } },
		]);
	});

	it.each([
		['that does not exist', 'job_gone', 'Job not found'],
		['without an ID', '={{ $json.none }}', "'Job ID' is empty and must be filled in"],
	])('says so of a job %s', async (_, job, message) => {
		expect((await getStatus(job)).thrown?.message).toContain(message);
	});

	it('says when something else comes back', async () => {
		propexo().faults.add({ status: 200, body: { status: 'ok' } });
		expect((await getStatus('job_1')).thrown?.message).toContain('another form than documented');
	});
});
