import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { jsonOf, leadEvent, run } from './support/run.ts';
import { addUpdatableEvent } from './support/samples.ts';

const services = useServices({ timing: { lookUpAfterMs: [100, 100] } });

const propexo = () => services.emulator.propexo;
const created = () => propexo().ledger.created;

const update = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(
		services,
		'leadEvent',
		'update',
		{
			eventId: byId('event_mri'),
			eventTypeId: byId('etype_1'),
			eventDatetime: '2026-07-15T09:30:00',
			...parameters,
		},
		{ timezone: 'America/Chicago', ...settings },
	);

const lookUp = { options: { outcomeUnknown: 'lookUp' } };

describe('Lead Event: Update', () => {
	beforeEach(() => addUpdatableEvent(services.emulator));

	it('sends what is filled in, by PUT, and gives job ID and data', async () => {
		const { success } = await update({
			additionalFields: { employeeId: byId('emp_1'), notes: 'Came again', status: 'COMPLETED' },
		});
		const body = {
			event_type_id: 'etype_1',
			event_datetime: '2026-07-15T09:30:00-05:00',
			employee_id: 'emp_1',
			notes: 'Came again',
			status: 'COMPLETED',
		};
		expect(created()).toMatchObject([{ kind: 'update', of: 'event_mri', body }]);
		expect(propexo().ledger.requests).toMatchObject([
			{ method: 'PUT', path: '/v1/events/leads/event_mri', body },
		]);
		expect(success).toEqual([
			{ json: { job_id: created()[0]?.id, data: body }, pairedItem: { item: 0 } },
		]);
	});

	it('sends several updates of an event one after the other', async () => {
		addUpdatableEvent(services.emulator, 'event_other');
		propexo().settings.latencyMs = 30;
		await update(
			{ eventId: byId('={{ $json.event }}'), additionalFields: { notes: '={{ $json.notes }}' } },
			{
				items: [
					{ event: 'event_mri', notes: '1' },
					{ event: 'event_other', notes: '2' },
					{ event: 'event_mri', notes: '3' },
					{ event: 'event_mri', notes: '4' },
				],
			},
		);
		const ofEvent = created().filter(({ of }) => of === 'event_mri');
		expect(ofEvent.map(({ body }) => (body as IDataObject).notes)).toEqual(['1', '3', '4']);
	});

	it.each<[string, IDataObject, string]>([
		['no event', { eventId: byId('={{ $json.none }}') }, "'Event' is empty and must be filled in"],
		[
			'no type',
			{ eventTypeId: byId('={{ $json.none }}') },
			"'Event Type' is empty and must be filled in",
		],
		[
			'no time',
			{ eventDatetime: '={{ $json.none }}' },
			"'Event Date and Time' is empty and must be filled in",
		],
		['a slash in the ID', { eventId: byId('a/b') }, "'Event' must be an event's Propexo ID"],
		[
			'a status of another kind',
			{ additionalFields: { status: '={{ "ACTIVE" }}' } },
			"'Status' must be one of",
		],
	])('says what is wrong with %s, and sends nothing', async (_, parameters, message) => {
		const { thrown } = await update(parameters);
		expect(thrown?.message).toContain(message);
		expect(propexo().ledger.requests).toEqual([]);
	});

	it('says when a PMS takes no updates, or the event does not exist', async () => {
		const lead = propexo().data.leads.get('lead_1');
		if (lead) propexo().data.events.add({ ...lead, id: 'event_yardi', associated_lead_ids: [lead.id] });
		expect((await update({ eventId: byId('event_yardi') })).thrown?.message).toContain(
			'does not support updating lead events',
		);
		const { thrown } = await update({ eventId: byId('event_gone') });
		expect(thrown?.message).toContain('HTTP 404');
		expect(thrown?.description).toContain('Check the IDs');
		expect(created()).toEqual([]);
	});

	it('is unknown, and not sent again, when no answer came', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, status: 500, write: true });
		const { thrown } = await update();
		expect(thrown?.message).toContain('the update may or may not exist in Propexo');
		expect(propexo().ledger.requests).toHaveLength(1);
	});

	it('is sent again when the write log shows that it did not arrive', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, status: 500 });
		const { thrown } = await update(lookUp);
		expect(thrown).toBeUndefined();
		expect(created()).toHaveLength(1);
	});

	it('is not taken for an update of another event that says the same', async () => {
		addUpdatableEvent(services.emulator, 'event_other');
		propexo().settings.jobMs = 0;
		await update({ eventId: byId('event_other') });
		propexo().faults.add({ match: { method: 'PUT' }, status: 500 });
		const { thrown } = await update(lookUp);
		expect(thrown?.message).toContain('may or may not exist');
		expect(created().map(({ of }) => of)).toEqual(['event_other']);
	});
});

/** Has an event refused by its PMS, and gives the job that failed. */
async function failedJob(notes = 'a [fail once]'): Promise<string> {
	propexo().settings.jobMs = 0;
	await leadEvent(services, { notes });
	const id = created().at(-1)?.id;
	if (id === undefined) throw new Error('Nothing was created');
	return id;
}

const retry = async (jobId: unknown, parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'writeJob', 'retry', { jobId: byId(jobId), ...parameters }, settings);
const posts = () => propexo().ledger.requests.filter(({ path }) => path.includes('/retry-write/'));

describe('Write Job: Retry', () => {
	it('has the write sent once more and gives the new job', async () => {
		const job = await failedJob();
		const { success } = await retry(job);
		expect(created().at(-1)).toMatchObject({ kind: 'retry', of: job });
		expect(success).toEqual([{ json: { job_id: created().at(-1)?.id }, pairedItem: { item: 0 } }]);
		expect(success[0]?.json.job_id).not.toBe(job);
		expect(posts()).toMatchObject([{ path: `/v1/admin/retry-write/${job}`, body: {} }]);
	});

	it('can wait for the result', async () => {
		const job = await failedJob();
		expect(jsonOf(await retry(job, { options: { waitForResult: true } }))).toMatchObject([
			{ write_status: 'SUCCESS', created_record_id: expect.any(String) },
		]);
	});

	it('says when there is nothing to retry', async () => {
		const job = await failedJob('all is well');
		const { thrown } = await retry(job);
		expect(thrown?.message).toContain('Only failed write operations can be retried');
		expect((await retry('job_gone')).thrown?.message).toContain('Job not found');
		expect((await retry('jobs/../gone')).thrown?.message).toContain("'Job ID' must be a write job's ID");
	});

	it('is refused when Propexo answers that it was no success', async () => {
		const job = await failedJob();
		const body = { success: false, message: 'This job is being retried already' };
		propexo().faults.add({ match: { method: 'POST' }, status: 200, body });
		const { thrown } = await retry(job);
		expect(thrown?.message).toBe(
			'Item 1: Propexo refused it (HTTP 200): This job is being retried already',
		);
		expect(thrown?.context.data).toMatchObject({ outcome: 'refused' });
	});

	it('is not repeated when no answer came', async () => {
		const job = await failedJob();
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write: true });
		const { thrown } = await retry(job);
		expect(thrown?.message).toContain('the retry may or may not exist in Propexo');
		expect(posts()).toHaveLength(1);
	});

	it.each([
		['found in the write log when it arrived', true],
		['sent again when it did not', false],
	])('is %s', async (_, write) => {
		const job = await failedJob();
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write });
		const { success } = await retry(job, lookUp);
		const retries = created().filter(({ kind }) => kind === 'retry');
		expect(retries).toHaveLength(1);
		expect(success[0]?.json.job_id).toBe(retries[0]?.id);
		expect(posts()).toHaveLength(write ? 1 : 2);
	});

	it('stays unknown when the log does not know the write that failed', async () => {
		const job = await failedJob();
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write: true });
		propexo().faults.add({
			match: { path: '/v1/admin/logs/writes/' },
			status: 200,
			body: { results: { logs: [] } },
			times: Infinity,
		});
		expect((await retry(job, lookUp)).thrown?.message).toContain('may or may not exist');
	});

	it('is not sent a second time by a retry of the execution', async () => {
		const job = await failedJob();
		const other = await failedJob('another [fail]');
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
		const job = await failedJob(notes);
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
