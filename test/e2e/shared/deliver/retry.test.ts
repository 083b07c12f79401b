import type { Fault } from '../../../../emulator/index.ts';
import { samples, type CrmEvent } from '../../../../demo/samples.ts';
import { executionsOf, savedDataOf, type Execution } from '../../../support/executions.ts';
import { eventually } from '../../../support/until.ts';
import { post, startInstance, type Instance } from '../../support/instance.ts';
import { batchVariant } from '../../support/variants.ts';

let instance: Instance;

beforeAll(async () => {
	instance = await startInstance();
});

afterAll(() => instance?.stop());

afterEach(() => instance.emulator.reset());

/** Three general events, told apart by their notes. */
function threeEvents(series: string): CrmEvent[] {
	const general = samples({ now: new Date('2026-03-02T18:00:00Z'), series }).find(
		({ title }) => title === 'General',
	);
	if (!general) throw new Error('There is no general sample');
	return ['first', 'second', 'third'].map((notes) => ({
		...general.body,
		event_id: `${series}-${notes}`,
		notes,
	}));
}

/** Hits the event with these notes. */
const forNotes = (notes: string, fault: Fault): Fault => ({
	match: { body: (body) => (body as { notes?: string }).notes === notes },
	...fault,
});

const refused: Fault = { status: 400, body: { error: { code: 'invalid_request', message: 'Not today' } } };

const createdNotes = (): unknown[] =>
	instance.emulator.propexo.ledger.created.map(({ body }) => (body as { notes?: string }).notes);

/** The execution of a workflow that is looked for; it is saved a moment after the webhook is answered. */
const executionOf = async (
	workflowId: string,
	wanted: (execution: Execution) => boolean,
): Promise<Execution> =>
	await eventually(async () => {
		const all = await executionsOf(instance.session, workflowId);
		const found = all.find(wanted);
		if (!found) throw new Error(`Not among the executions: ${JSON.stringify(all)}`);
		return found;
	});

/** Retries a failed execution as the editor does, and waits for the end. */
async function retry(workflowId: string, { id }: Execution): Promise<Execution> {
	await instance.session.post(`/executions/${id}/retry`, { loadWorkflow: false });
	return await executionOf(
		workflowId,
		({ retryOf, status }) => retryOf === id && ['success', 'error'].includes(status),
	);
}

const hasFailed = ({ status }: Execution): boolean => status === 'error';

test('Retry execution sends what was not recorded, and nothing again', async () => {
	const { id, webhook } = await instance.publish(batchVariant({ path: 'retry' }), 'retry');
	instance.emulator.propexo.faults.add(forNotes('second', refused));

	expect((await post(webhook, { events: threeEvents('retry') })).status).toBe(500);
	const failed = await executionOf(id, hasFailed);
	const before = createdNotes();
	expect(before).toContain('first');
	expect(before).not.toContain('second');

	expect((await retry(id, failed)).status).toBe('success');

	expect([...createdNotes()].sort()).toEqual(['first', 'second', 'third']);
});

test('Retry On Fail sends what was not recorded, and nothing again', async () => {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const { webhook } = await instance.publish(batchVariant({ path: 'tries', settings }), 'tries');
	instance.emulator.propexo.faults.add(forNotes('second', refused));

	const { status, answer } = await post(webhook, { events: threeEvents('tries') });

	expect(status).toBe(200);
	expect(answer).toHaveLength(3);
	expect([...createdNotes()].sort()).toEqual(['first', 'second', 'third']);
});

test('Continue (using error output) sends the failed item, and only that, down the error branch', async () => {
	const settings = { onError: 'continueErrorOutput' };
	const { webhook } = await instance.publish(batchVariant({ path: 'branches', settings }), 'branches');
	instance.emulator.propexo.faults.add(forNotes('second', refused));

	const { status, answer } = await post(webhook, { events: threeEvents('branches') });

	expect(status).toBe(200);
	const { created } = instance.emulator.propexo.ledger;
	expect(answer).toEqual([
		expect.objectContaining({ route: 'recorded', job_id: created[0]?.id }),
		expect.objectContaining({ route: 'recorded', job_id: created[1]?.id }),
		expect.objectContaining({ route: 'refused', error: expect.stringContaining('Not today') as string }),
	]);
	expect(createdNotes()).toEqual(['first', 'third']);
});

test('an event whose outcome is unknown is not sent again by Retry execution', async () => {
	const { id, webhook } = await instance.publish(batchVariant({ path: 'unknown' }), 'unknown');
	instance.emulator.propexo.faults.add(forNotes('second', { status: 500, body: 'lost', write: true }));

	expect((await post(webhook, { events: threeEvents('unknown') })).status).toBe(500);
	const second = await retry(id, await executionOf(id, hasFailed));

	expect(second.status).toBe('error');
	const asked = instance.emulator.propexo.ledger.requests.map(
		({ body }) => (body as { notes?: string }).notes,
	);
	expect(asked.filter((notes) => notes === 'first')).toHaveLength(1);
	expect(asked.filter((notes) => notes === 'second')).toHaveLength(1);
});

/** n8n stores nothing of what a stopped execution did. */
test('Retry execution after a stop by hand sends again what has no ID, and nothing else', async () => {
	const withKeys = batchVariant({ path: 'stop-keys', keys: true });
	// Look-ups would go on for minutes.
	for (const { parameters } of withKeys.nodes)
		if (parameters['deduplicationKey']) parameters['options'] = { outcomeUnknown: 'report' };
	const keyed = await instance.publish(withKeys, 'stop-keys');
	const keyless = await instance.publish(batchVariant({ path: 'stop' }), 'stop');
	for (const [series, { id, webhook }, timesFirst] of [
		['stop-keys', keyed, 1],
		['stop', keyless, 2],
	] as const) {
		// All are of one lead: the second follows the first.
		const { faults, ledger } = instance.emulator.propexo;
		faults.add(forNotes('second', { hang: true }));
		const answered = post(webhook, { events: threeEvents(series) });
		const notesSent = () => ledger.requests.map(({ body }) => (body as { notes?: string } | null)?.notes);
		await eventually(() => expect(notesSent()).toContain('second'));
		const going = await executionOf(id, ({ status }) => status === 'running');
		await instance.session.post(`/executions/${going.id}/stop`);
		await answered;
		faults.clear();
		await retry(id, going);
		expect([series, createdNotes().filter((notes) => notes === 'first').length]).toEqual([
			series,
			timesFirst,
		]);
		instance.emulator.reset();
	}
});

/** The editor loads the results of the execution and pins what the trigger got; what the node noted is not among them. */
test('Execute step, after Debug in editor, sends again what has no ID, and nothing else', async () => {
	for (const [path, keys, timesFirst] of [
		['debug-keys', true, 1],
		['debug', false, 2],
	] as const) {
		const events = threeEvents(path);
		// A run by its webhook takes no notice of what is pinned.
		const pinData = { 'CRM webhook': [{ json: { body: { events } } }] };
		const workflow = { ...batchVariant({ path, keys }), pinData };
		const { id, webhook } = await instance.publish(workflow, path);
		instance.emulator.propexo.faults.add(forNotes('second', refused));
		expect((await post(webhook, { events })).status).toBe(500);
		const failed = await executionOf(id, hasFailed);
		expect(createdNotes()).toContain('first');
		const { runData } = (await savedDataOf(instance.session, failed.id)).data.resultData;
		await instance.session.post(`/workflows/${id}/run`, {
			runData,
			destinationNode: { nodeName: 'Propexo', mode: 'inclusive' },
		});
		const again = await executionOf(
			id,
			({ mode, status }) => mode === 'manual' && ['success', 'error'].includes(status),
		);
		expect([again.status, createdNotes().filter((notes) => notes === 'first').length]).toEqual([
			'success',
			timesFirst,
		]);
		expect(createdNotes()).toContain('second');
		instance.emulator.reset();
	}
});
