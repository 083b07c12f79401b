import { runCommand, startN8n, type N8n } from '../../demo/n8n.ts';
import { freePort } from '../../demo/ports.ts';
import { activate, signIn } from '../../demo/rest.ts';
import { pinnedVersion } from '../support/n8nVersion.ts';
import { claim } from '../support/owner.ts';
import { importCredentials, setStage, type Stage } from '../support/realN8n.ts';
import { propexoCreate, rentEngineCreate, webhookWorkflow } from '../support/workflows.ts';
import { post as postTo } from './support/instance.ts';

/** The n8n to run the package in: N8N_VERSION=2.0.0 npm run test:versions */
const version = process.env.N8N_VERSION ?? pinnedVersion();

const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';

let stage: Stage;
let n8n: N8n;

beforeAll(async () => {
	stage = await setStage({ version });
	await importCredentials(stage);
	n8n = await startN8n(stage.home, await freePort());
	await claim(n8n.url);
	const session = await signIn(n8n.url);
	const workflows = [
		webhookWorkflow(stage.emulator, 'propexo', propexoCreate({ outcomeUnknown: 'lookUp' })),
		webhookWorkflow(stage.emulator, 'rentengine', rentEngineCreate({ outcomeUnknown: 'lookUp' })),
		webhookWorkflow(
			stage.emulator,
			'continued',
			propexoCreate({}, { onError: 'continueRegularOutput', retryOnFail: true, waitBetweenTries: 100 }),
		),
	];
	// By the editor's own request: what old versions import cannot be activated.
	for (const workflow of workflows) {
		const { id } = await session.post<{ id: string }>('/workflows', { ...workflow, id: undefined });
		await activate(n8n.url, session, id, workflow.name);
	}
});

afterAll(async () => {
	await n8n?.stop();
	await stage?.close();
});

beforeEach(() => stage.emulator.reset());

const post = async (path: string, body: object) => await postTo(`${n8n.url}/webhook/${path}`, body);

const bodies = (of: 'propexo' | 'rentEngine') => stage.emulator[of].ledger.created.map(({ body }) => body);

describe(`the packed package in n8n ${version}, Node ${process.versions.node}`, () => {
	it('is the n8n that was asked for', async () => {
		const { stdout } = await runCommand(stage.home, ['--version']);
		expect(stdout).toContain(version);
	});

	it('records a lead event once, however often the webhook comes', async () => {
		const event = { event_id: 'one', lead_id: 'lead_1', notes: 'Asked for parking' };
		const first = await post('propexo', event);
		const again = await post('propexo', event);
		expect(first).toMatchObject({ status: 200, answer: { job_id: expect.any(String) } });
		expect(again).toMatchObject({ status: 200, answer: { skipped: true, deduplication_key: 'one' } });
		expect(bodies('propexo')).toEqual([
			expect.objectContaining({ lead_id: 'lead_1', notes: 'Asked for parking' }),
		]);
	});

	it('records a leasing event once, however often the webhook comes', async () => {
		const event = { event_id: 'one', prospect_id: 1001, user_id: USER, notes: 'Primary agent' };
		const first = await post('rentengine', event);
		const again = await post('rentengine', event);
		expect(first).toMatchObject({ status: 200, answer: { id: expect.any(Number) } });
		expect(again).toMatchObject({ status: 200, answer: { skipped: true } });
		expect(bodies('rentEngine')).toHaveLength(1);
	});

	it('finds by a look-up that an event whose answer was lost exists', async () => {
		stage.emulator.rentEngine.faults.add({ match: { method: 'POST' }, close: 'after' });
		const event = { event_id: 'lost', prospect_id: 1002, user_id: USER, notes: 'Lost answer' };
		expect(await post('rentengine', event)).toMatchObject({
			status: 200,
			answer: { id: expect.any(Number) },
		});
		expect(bodies('rentEngine')).toHaveLength(1);
	});

	it('reports an event whose outcome nobody knows and does not send it again, Retry On Fail or not', async () => {
		stage.emulator.propexo.faults.add({ match: { method: 'POST' }, status: 500, write: true, times: 9 });
		const { answer } = await post('continued', { event_id: 'doubt', lead_id: 'lead_1', notes: 'Doubt' });
		expect(answer).toMatchObject({ details: { outcome: 'unknown', item: 1 } });
		expect(bodies('propexo')).toHaveLength(1);
	});

	it('names the field of a value that is refused before anything is sent', async () => {
		const { answer } = await post('continued', { event_id: 'wrong', lead_id: '', notes: 'No lead' });
		expect(answer).toMatchObject({
			error: expect.stringMatching(/^'Lead' is empty and must be filled in/),
		});
		expect(stage.emulator.propexo.ledger.requests).toEqual([]);
	});
});
